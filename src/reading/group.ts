// Flat items -> items: digits join to numbers, brackets to groups that carry the scripts of their closing bracket,
// a prime to what stands before it. Iterative, so that no number of brackets overflows the stack.
import { Failure } from "../failure.ts";
import { at, type Fence, type FlatItem, type Item, type Sign, type Span } from "./item.ts";

/** An open bracket with what has been read inside it so far. */
interface Level {
  readonly fence: Fence | undefined;
  readonly start: number;
  readonly items: Item[];
}

const closing: Readonly<Record<Fence, string>> = { "(": ")", "[": "]", "{": "}", "|": "|", "‖": "‖" };

/** Throws Failure "formula-syntax" for a bracket without its partner. */
export function grouped(flat: readonly FlatItem[]): readonly Item[] {
  const levels: Level[] = [{ fence: undefined, start: 0, items: [] }];
  for (const item of withNumbers(flat)) {
    const level = levels.at(-1)!;
    switch (item.atom.kind) {
      case "open":
        levels.push({ fence: item.atom.fence, start: item.start, items: [] });
        break;
      case "close":
        close(levels, item.atom.fence, item);
        break;
      case "bar":
        if (level.fence === item.atom.fence && level.items.length > 0 && !isOperator(level.items.at(-1)!))
          close(levels, item.atom.fence, item);
        else levels.push({ fence: item.atom.fence, start: item.start, items: [] });
        break;
      case "prime":
        prime(level.items, item);
        break;
      case "digit":
        throw unreadable(
          `The point ${at(item.start)} belongs to no number; write a number such as 0.5.`,
          item,
        );
      default:
        push(level.items, item as Item);
    }
  }
  const [whole] = levels;
  const open = levels.at(-1)!;
  if (open.fence !== undefined) throw withoutPartner(open.fence, open.start);
  return whole!.items;
}

/** Signs that make another one with an = behind them. */
const beforeEquals = new Map<Sign, Sign>([
  [":", ":="],
  ["not", "≠"],
]);

function push(items: Item[], item: Item): void {
  const before = items.at(-1);
  const joined = isSign(item, "=") && before?.atom.kind === "sign" && beforeEquals.get(before.atom.sign);
  if (joined) items.splice(-1, 1, { ...item, atom: { kind: "sign", sign: joined }, start: before.start });
  else items.push(item);
}

function isSign({ atom }: Item, sign: Sign): boolean {
  return atom.kind === "sign" && atom.sign === sign;
}

/** Scripts of a closing bracket belong to the group. */
function close(levels: Level[], fence: Fence, item: FlatItem): void {
  const level = levels.pop()!;
  if (level.fence === undefined)
    throw unreadable(
      `The bracket ${closing[fence]} ${at(item.start)} closes nothing; delete it, or open it before.`,
      item,
    );
  if (level.fence !== fence)
    throw unreadable(
      `The bracket ${level.fence} ${at(level.start)} is closed by ${closing[fence]} ${at(item.start)}; close it by ${closing[level.fence]}.`,
      item,
    );
  const { atom: _atom, ...scripts } = item;
  levels
    .at(-1)!
    .items.push({ ...scripts, atom: { kind: "group", fence, items: level.items }, start: level.start });
}

function prime(items: Item[], item: FlatItem): void {
  const before = items.pop();
  if (!before || before.atom.kind === "sign")
    throw unreadable(
      `The prime ${at(item.start)} stands at nothing; write it behind a function: f'(z).`,
      item,
    );
  const { sub = before.sub, sup = before.sup } = item;
  items.push({
    ...before,
    primes: before.primes + 1 + item.primes,
    ...(sub && { sub }),
    ...(sup && { sup }),
    end: item.end,
  });
}

function isOperator({ atom }: Item): boolean {
  return atom.kind === "sign" || atom.kind === "summation";
}

/** Digits and points side by side are one number; a point at the end of the formula is its full stop. */
function withNumbers(flat: readonly FlatItem[]): readonly FlatItem[] {
  const joined: FlatItem[] = [];
  for (const item of flat) {
    const before = joined.at(-1);
    const goesOn =
      before?.atom.kind === "digit" &&
      item.atom.kind === "digit" &&
      !before.sub &&
      !before.sup &&
      before.primes === 0;
    if (goesOn && item.atom.kind === "digit" && before.atom.kind === "digit")
      joined.splice(-1, 1, {
        ...item,
        atom: { kind: "digit", text: before.atom.text + item.atom.text },
        start: before.start,
      });
    else joined.push(item);
  }
  const commaed = joined.reduce<FlatItem[]>((items, item) => withComma(items, item), []);
  return commaed.flatMap((item, position) => numberOf(item, position === commaed.length - 1));
}

/** 0,5 without a space: the comma may be one of decimals. */
function withComma(items: FlatItem[], item: FlatItem): FlatItem[] {
  const [number, comma] = items.slice(-2);
  const isTight =
    item.atom.kind === "digit" &&
    number?.atom.kind === "digit" &&
    !number.sub &&
    !number.sup &&
    comma?.atom.kind === "sign" &&
    comma.atom.sign === "," &&
    number.end === comma.start &&
    comma.end === item.start;
  if (isTight && item.atom.kind === "digit" && number.atom.kind === "digit") {
    const text = `${number.atom.text},${item.atom.text}`;
    if (!isList(text)) items.splice(-2, 2, { ...item, atom: { kind: "digit", text }, start: number.start });
    else items.push(item);
  } else items.push(item);
  return items;
}

/** 1,2 are two numbers, 0,5 and 1,25 are one. */
function isList(text: string): boolean {
  return /,.*,/.test(text) || /^[1-9][0-9]*,[0-9]$/.test(text);
}

function numberOf(item: FlatItem, last: boolean): readonly FlatItem[] {
  const { atom } = item;
  if (atom.kind !== "digit") return [item];
  const digits = last ? atom.text.replace(/\.+$/, "") : atom.text;
  if (digits === "" && last) return [];
  if (digits === ".") return [item];
  if (/^(?:0,[0-9]+|[0-9]+,(?:[0-9]{1,2}|[0-9]{4,}))$/.test(digits))
    return [{ ...item, atom: { kind: "number", digits: digits.replace(",", ".") } }];
  if (digits.includes(","))
    throw unreadable(
      `The comma in ${digits} ${at(item.start)} can be one of decimals or of thousands; write a point, or leave it out.`,
      item,
    );
  if (!/^(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/.test(digits))
    throw unreadable(`"${atom.text}" ${at(item.start)} is no number; write one decimal point at most.`, item);
  return [{ ...item, atom: { kind: "number", digits } }];
}

function withoutPartner(fence: Fence, position: number): Failure {
  return unreadable(`The bracket ${fence} ${at(position)} is never closed; close it by ${closing[fence]}.`, {
    start: position,
    end: position,
  });
}

function unreadable(sentence: string, { start }: Span): Failure {
  return new Failure("formula-syntax", sentence, { position: start });
}
