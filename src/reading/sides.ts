// One side of a relation as a student writes it: read, and brought into the forms that have a meaning of their own.
import { readSide } from "./descent.ts";
import { Names } from "./names.ts";
import type { Side } from "./statements.ts";
import type { NameKey, NameReading, Reading } from "./syntax.ts";
import type { StudentLexicon } from "./tables.ts";
import { readingsIn, withNames } from "./walk.ts";

/** The side with its names found. Throws Failure with the position of what cannot be read. */
export function readSideOf(lexicon: StudentLexicon, { items, span }: Side): Reading {
  const reading = withNames(readSide(items, lexicon.vocabulary, span), (name) =>
    subscriptDerivative(name, lexicon),
  );
  new Names(lexicon.tables).collect(reading, new Map());
  return reading;
}

/** E_w is ∂E/∂w, where E_w is no name and w is one. */
function subscriptDerivative(reading: NameReading, { tables: { symbols, loss } }: StudentLexicon): Reading {
  const { name, start, end } = reading;
  if (name.sub === "" || symbols.find(name).length > 0) return reading;
  const of: NameKey = { base: name.base, sub: "", sup: "" };
  const isLoss = symbols.find(of).some(({ quantity }) => quantity === loss);
  const [base = "", ...rest] = [...name.sub];
  const by: NameKey = { base, sub: rest.join(""), sup: name.sup };
  if (!isLoss || symbols.find(by).length === 0) return reading;
  const place = { start, end };
  return {
    kind: "derivative",
    of: { kind: "name", name: of, ...place },
    by: { kind: "name", name: by, ...place },
    ...place,
  };
}

/** w = w − η ∂E/∂w says what w is after a step: its left side is the new w. */
export function withUpdate({ tables: { symbols } }: StudentLexicon, left: Reading, right: Reading): Reading {
  if (left.kind !== "name") return left;
  const roles = new Set(symbols.find(left.name).map(({ quantity }) => quantity.role));
  const isParameter = ["weight", "bias", "parameter"].some((role) => roles.has(role as "weight"));
  const hasRate = [...readingsIn(right)].some(
    (part) =>
      part.kind === "name" &&
      symbols.find(part.name).some(({ quantity }) => quantity.role === "learningRate"),
  );
  const { start, end } = left;
  return isParameter && hasRate ? { kind: "updated", of: left, what: "new", start, end } : left;
}
