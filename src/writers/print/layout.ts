// The presentation tree: what stands where, before any markup. The printer decides brackets, signs and fractions once;
// each output language spells the same tree by a table of its own.
import type { RelationSign } from "../../derivation/document.ts";
import type { Name } from "../../notation/name.ts";
import type { Spelling } from "../../primitives/primitive.ts";
import type { NumberText } from "./number.ts";

/** The sign between two factors; `none` sets them side by side. */
export type FactorSign = "none" | "dot" | "asterisk" | "times" | "odot";

/** What may open a row that goes on where the one before broke. */
export type Operator = "plus" | "minus" | FactorSign;

export type Layout =
  | { readonly kind: "name"; readonly name: Name }
  /** A box to be filled in, by its letter. */
  | { readonly kind: "blank"; readonly letter: string }
  /** An index or a count as a script is written: `k`, `12`, `N`. */
  | { readonly kind: "index"; readonly text: string }
  /** Never negative: signs belong to `sum`. */
  | { readonly kind: "number"; readonly number: NumberText }
  /** 1/2 in one line, as in an exponent. */
  | { readonly kind: "slash"; readonly top: string; readonly bottom: string }
  | { readonly kind: "sum"; readonly terms: readonly Term[] }
  /** `signs[n]` stands between factors n and n + 1. */
  | { readonly kind: "product"; readonly factors: readonly Layout[]; readonly signs: readonly FactorSign[] }
  /** Sides of a relation that share a row: b = c = d. */
  | { readonly kind: "chain"; readonly sides: readonly Layout[]; readonly signs: readonly RelationSign[] }
  | { readonly kind: "fraction"; readonly top: Layout; readonly bottom: Layout }
  | {
      readonly kind: "fenced";
      readonly fence: "parentheses" | "bars" | "brackets";
      readonly body: Layout;
      /** One bracket alone, where the other stands on another row; absent: both. */
      readonly half?: "opening" | "closing";
    }
  | { readonly kind: "power"; readonly base: Layout; readonly exponent: Layout }
  /** e^x */
  | { readonly kind: "exponential"; readonly exponent: Layout }
  | { readonly kind: "root"; readonly body: Layout }
  /** A function of the catalogue, by its trusted spelling; an operator stands before its operand without brackets. */
  | { readonly kind: "function"; readonly spelling: Spelling; readonly operator?: true }
  | { readonly kind: "primed"; readonly head: Layout }
  | { readonly kind: "subscripted"; readonly head: Layout; readonly sub: Layout }
  | {
      readonly kind: "call";
      readonly head: Layout;
      readonly before?: string;
      readonly args: readonly Layout[];
    }
  | {
      readonly kind: "summation";
      readonly under: string;
      readonly from?: string;
      readonly to?: string;
      readonly body: Layout;
    }
  | { readonly kind: "transposed"; readonly of: Layout }
  /** A matrix written out, row by row. */
  | { readonly kind: "array"; readonly rows: readonly (readonly Layout[])[] }
  /** ∂E or dE */
  | { readonly kind: "differential"; readonly sign: "partial" | "d"; readonly of: Layout }
  /** [j = k], 1 where both agree, else 0. */
  | { readonly kind: "same"; readonly left: string; readonly right: string }
  | {
      readonly kind: "cases";
      readonly cases: readonly { readonly value: Layout; readonly when: Condition }[];
    };

type Fenced = Layout & { kind: "fenced" };

/** The brackets of a layout in some spelling; nothing in place of one that stands on another row. */
export function bracketsOf(
  { fence, half }: Fenced,
  spellings: Readonly<Record<Fenced["fence"], readonly [open: string, close: string]>>,
): readonly [open: string, close: string] {
  const [open, close] = spellings[fence];
  return [half === "closing" ? "" : open, half === "opening" ? "" : close];
}

export interface Term {
  readonly minus: boolean;
  readonly body: Layout;
}

/** `of` compared with 0. */
interface Condition {
  readonly of: Layout;
  readonly relation: ">" | "≤";
}

const tall: ReadonlySet<Layout["kind"]> = new Set(["fraction", "summation", "cases", "array", "root"]);

/** Whether a layout is taller than a line, so that its brackets must grow. */
export const isTall = (layout: Layout): boolean => hasOnLine(layout, ({ kind }) => tall.has(kind));

/** Whether a name in it has scripts above and below. */
export const isScripted = (layout: Layout): boolean =>
  hasOnLine(layout, (part) => part.kind === "name" && part.name.sub.length > 0 && part.name.sup.length > 0);

/** Whether it holds of a layout, or of a part that is as large as the whole: not of scripts. */
function hasOnLine(layout: Layout, holds: (part: Layout) => boolean): boolean {
  const has = (part: Layout): boolean => hasOnLine(part, holds);
  if (holds(layout)) return true;
  switch (layout.kind) {
    case "transposed":
      return has(layout.of);
    case "sum":
      return layout.terms.some(({ body }) => has(body));
    case "product":
      return layout.factors.some(has);
    case "fenced":
      return has(layout.body);
    case "power":
      return has(layout.base);
    case "call":
      return layout.args.some(has);
    default:
      return false;
  }
}
