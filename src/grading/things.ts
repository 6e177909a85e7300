// The matrices and vectors in the text of a side, as far as transposing them needs it: names with their scripts,
// fractions, brackets, and the products between them.
export interface Thing {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The thing without its ᵀ; absent where it has none. */
  readonly without?: string;
}

/** A product between two neighbouring things; of no width where nothing is written. */
export interface Operator {
  readonly start: number;
  readonly end: number;
  readonly isElementwise: boolean;
}

const braces = String.raw`\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}`;
const script = String.raw`(?:[_^](?:${braces}|\\[A-Za-z]+|[^\s\\{}])|')`;
const operators = String.raw`\\(?:odot|circ|cdot|times|left|right|quad|qquad|[,;!: ])`;
const name = String.raw`(?:\\(?:mathbf|mathrm|boldsymbol|vec|hat|operatorname)${braces}|\\(?:frac|dfrac|tfrac)${braces}${braces}|(?!${operators})\\[A-Za-z]+|[A-Za-zδσ])`;
/** A letter behind ^ or _ belongs to the script of what stands before. */
const things = new RegExp(`(?<![_^]\\{?)${name}(?:${script})*`, "g");
const transposeMark = /\^(?:T|\\top|\\intercal|\{\s*(?:T|\\top|\\intercal|\\mathsf\{T\})\s*\})$/;

/** Names, fractions and brackets, also within brackets; functions applied to a bracket are left to the bracket. */
export function thingsIn(side: string): readonly Thing[] {
  const found = [...side.matchAll(things)].map((match) =>
    thing(side, match.index, match.index + match[0].length),
  );
  return [...found, ...bracketsIn(side)].filter(({ start, end }) => !isCalled(side, start, end));
}

function namesIn(side: string): readonly Thing[] {
  return [...side.matchAll(things)].map((match) => thing(side, match.index, match.index + match[0].length));
}

function thing(side: string, start: number, end: number): Thing {
  const text = side.slice(start, end);
  const mark = transposeMark.exec(text);
  return { start, end, text, ...(mark && { without: text.slice(0, mark.index) }) };
}

/** σ'(…): the name before the bracket is no factor. */
function isCalled(side: string, start: number, end: number): boolean {
  return /^\\?[A-Za-z]+'/.test(side.slice(start, end)) && /^\s*\(/.test(side.slice(end));
}

function bracketsIn(side: string): readonly Thing[] {
  const open: number[] = [];
  const found: Thing[] = [];
  for (const [position, character] of [...side].entries()) {
    if (character === "(") open.push(position);
    const start = character === ")" ? open.pop() : undefined;
    if (start === undefined || /[A-Za-z']$|[_^]\{?$/.test(side.slice(0, start))) continue;
    const scripts = new RegExp(`^(?:${script})*`).exec(side.slice(position + 1))![0];
    found.push(thing(side, start, position + 1 + scripts.length));
  }
  return found;
}

const written = /\\odot|⊙|\\circ|\\cdot|\\times|·/g;

/** The products that are written, and those between what stands side by side. */
export function operatorsIn(side: string): readonly Operator[] {
  const found = [...namesIn(side), ...bracketsIn(side)];
  const signs = [...side.matchAll(written)].map(({ index, 0: sign }) => ({
    start: index,
    end: index + sign.length,
    isElementwise: ["\\odot", "⊙", "\\circ"].includes(sign),
  }));
  const silent = found
    .filter((left) => !isCalled(side, left.start, left.end))
    .filter(({ end }) => found.some(({ start }) => start >= end && side.slice(end, start).trim() === ""))
    .map(({ end }) => ({ start: end, end, isElementwise: false }));
  return [...signs, ...silent];
}

/** X (A ⊙ B) as (X A) ⊙ B, at each bracket that holds an elementwise product. */
export function regrouped(side: string): readonly string[] {
  return bracketsIn(side).flatMap(({ start, end, text }) => {
    const sign = /\\odot|⊙|\\circ/.exec(text);
    const before = namesIn(side)
      .concat(bracketsIn(side))
      .find((left) => left.end <= start && /^\s*(?:\\cdot)?\s*$/.test(side.slice(left.end, start)));
    if (!sign || !before || !text.startsWith("(") || !text.endsWith(")")) return [];
    const [inner, rest] = [text.slice(1, sign.index), text.slice(sign.index, -1)];
    return [`${side.slice(0, before.start)}(${before.text} ${inner}) ${rest}${side.slice(end)}`];
  });
}
