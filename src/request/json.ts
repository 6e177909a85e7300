// Reads JSON strictly (RFC 8259) and refuses what JSON.parse lets pass: text that is not UTF-8, deep nesting,
// a key written twice, lone surrogates. One pass over the text, without recursion, before JSON.parse.
import { Failure } from "../failure.ts";
import { type Allowances, limitFailure } from "../limits.ts";

/** The value of a JSON text. Throws Failure with the place of the first mistake. Linear in the text. */
export function parseJson(body: Uint8Array | string, allowances: Allowances): unknown {
  const text = typeof body === "string" ? body : decode(body);
  if (text.trim() === "")
    throw new Failure("not-json", "The body is empty; a JSON object with a network is expected.");
  scan(text, allowances);
  return JSON.parse(text);
}

/** `token` as one step of a JSON Pointer (RFC 6901, section 3). */
export function pointerStep(token: string | number): string {
  return `/${String(token).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Failure("not-json", "The body is not UTF-8 text; save it as UTF-8 and send it again.");
  }
}

/** An object or array that is open at the place of the scan. */
interface Open {
  readonly keys?: Set<string>;
  /** The key or index that the next value belongs to. */
  step: string | number;
}

/** What may stand next, as words for the sentence. */
type Expected = "a value" | "a value or ]" | "a key or }" | "a key" | "a colon" | "a comma or the end";

const word = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const space = /[ \t\n\r]*/y;

function scan(text: string, allowances: Allowances): void {
  const open: Open[] = [];
  let expected: Expected = "a value";
  let keys = 0;
  let at = skip(space, text, 0);
  while (at < text.length) {
    const letter = text[at]!;
    const inside = open.at(-1);
    if (expected === "a comma or the end") {
      if (inside && letter === ",") {
        expected = inside.keys ? "a key" : "a value";
        if (!inside.keys) inside.step = Number(inside.step) + 1;
        at += 1;
      } else if (inside && letter === (inside.keys ? "}" : "]")) {
        open.pop();
        at += 1;
      } else throw misplaced(text, at, inside ? `a comma or ${inside.keys ? "}" : "]"}` : "the end");
    } else if (expected === "a colon") {
      if (letter !== ":") throw misplaced(text, at, expected);
      expected = "a value";
      at += 1;
    } else if (expected === "a key" || expected === "a key or }") {
      if (letter === "}" && expected === "a key or }") {
        open.pop();
        expected = "a comma or the end";
        at += 1;
      } else {
        if (letter !== '"') throw misplaced(text, at, expected);
        const end = stringEnd(text, at);
        enterKey(inside!, JSON.parse(text.slice(at, end)) as string, open);
        keys += 1;
        if (keys > allowances.keys) throw limitFailure("keys", allowances, keys);
        expected = "a colon";
        at = end;
      }
    } else if (letter === "{" || letter === "[") {
      open.push(letter === "{" ? { keys: new Set(), step: "" } : { step: 0 });
      if (open.length > allowances.nesting)
        throw limitFailure("nesting", allowances, open.length, pointerOf(open.slice(0, 8)));
      expected = letter === "{" ? "a key or }" : "a value or ]";
      at += 1;
    } else if (letter === "]" && expected === "a value or ]") {
      open.pop();
      expected = "a comma or the end";
      at += 1;
    } else {
      at = letter === '"' ? wellFormedEnd(text, at, open) : wordEnd(text, at, expected);
      expected = "a comma or the end";
    }
    at = skip(space, text, at);
  }
  if (open.length > 0 || expected !== "a comma or the end") throw unfinished(text, open);
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}

function wordEnd(text: string, at: number, expected: Expected): number {
  const end = skip(word, text, at);
  if (end === 0 || /[\w.+-]/.test(text[end] ?? "")) throw misplaced(text, at, expected);
  return end;
}

/** The position after the string that begins at `at`. */
function stringEnd(text: string, at: number): number {
  for (let index = at + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) return index + 1;
    if (code < 0x20) throw misplaced(text, index, "a character of the text (a line break is written \\n)");
    if (code === 0x5c) {
      const escaped = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;
      const end = skip(escaped, text, index + 1);
      if (end === 0) throw misplaced(text, index + 1, 'one of " \\ / b f n r t u0000, after a backslash,');
      index = end - 1;
    }
  }
  throw misplaced(text, at, "a text with a closing quotation mark");
}

function wellFormedEnd(text: string, at: number, open: readonly Open[]): number {
  const end = stringEnd(text, at);
  refuseLoneSurrogate(text.slice(at, end), pointerOf(open));
  return end;
}

function enterKey(object: Open, key: string, open: readonly Open[]): void {
  object.step = key;
  const pointer = pointerOf(open);
  refuseLoneSurrogate(JSON.stringify(key), pointer);
  if (key === "__proto__")
    throw new Failure("invalid-request", `The key "__proto__" cannot be used; choose another name.`, {
      pointer,
    });
  if (object.keys!.has(key))
    throw new Failure(
      "duplicate-key",
      `The key ${JSON.stringify(key)} stands twice in ${place(pointerOf(open.slice(0, -1)))}; remove one of the two.`,
      { pointer },
    );
  object.keys!.add(key);
}

/** Text decoded from UTF-8 can hold half a character only where an escape names it. */
function refuseLoneSurrogate(quoted: string, pointer: string): void {
  if (!quoted.includes("\\u")) return;
  if (/\p{Surrogate}/u.test(JSON.parse(quoted) as string))
    throw new Failure(
      "not-json",
      `A text in ${place(pointer)} names half a character (a lone surrogate); write the whole character.`,
      { pointer },
    );
}

function pointerOf(open: readonly Open[]): string {
  return open.map(({ step }) => pointerStep(step)).join("");
}

/** How a sentence names the place of a pointer. */
export function place(pointer: string): string {
  return pointer === "" ? "the request" : pointer;
}

function misplaced(text: string, at: number, expected: string): Failure {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  const column = at - before.lastIndexOf("\n");
  const found = [...text.slice(at, at + 2)][0];
  return new Failure(
    "not-json",
    `The body is not JSON: at line ${line}, column ${column} stands ${JSON.stringify(found)} where ${expected} is expected.`,
    { position: at },
  );
}

function unfinished(text: string, open: readonly Open[]): Failure {
  const missing = open
    .map(({ keys }) => (keys ? "}" : "]"))
    .reverse()
    .slice(0, 8)
    .join("");
  return new Failure(
    "not-json",
    `The body is not JSON: it ends too early, at character ${text.length}${missing && `, before the closing ${missing}`}.`,
    { position: text.length },
  );
}
