// One side of a relation as a student writes it: read, and brought into the forms that have a meaning of their own.
import { parseRational } from "../expression/rational.ts";
import { hasLetters } from "./counted-names.ts";
import { readSide } from "./descent.ts";
import { isOfLayers } from "./matrices.ts";
import { Names } from "./names.ts";
import { keyOfName, keyText } from "./script.ts";
import { withSpelledFunctions } from "./spelled-functions.ts";
import type { Side } from "./statements.ts";
import type { NameKey, NameReading, Reading } from "./syntax.ts";
import type { StudentLexicon } from "./tables.ts";
import { readingsIn, withCalls, withNames } from "./walk.ts";

/** The side with its names found. Throws Failure with the position of what cannot be read. */
export function readSideOf(lexicon: StudentLexicon, { items, span }: Side): Reading {
  const side = withCalls(
    withSpelledFunctions(readSide(items, lexicon.vocabulary, span)),
    productWithFunction,
  );
  // The σ of dσ/dt is the function.
  const derived = new Set(readingsIn(side).flatMap((part) => (part.kind === "derivative" ? [part.of] : [])));
  const reading = withNames(
    side,
    (name) =>
      constantOf(name, lexicon) ??
      kroneckerDelta(name, lexicon) ??
      (derived.has(name) ? undefined : onlyApplication(name, lexicon)) ??
      subscriptDerivative(name, lexicon),
  );
  const isLater = hasLetters(reading, lexicon) || isOfLayers(reading, lexicon);
  // Names in letters for layers, and names of whole layers, are looked up when the relation is complete.
  if (!isLater) new Names(lexicon.tables).collect(reading, new Map());
  return reading;
}

/** π to more digits than any comparison sees (DLMF 3.12.1). */
const pi = "3.14159265358979323846264338327950288419716939937510";

/** π, e and the number of samples, where nothing in the network is called so. */
function constantOf({ name, start, end }: NameReading, lexicon: StudentLexicon): Reading | undefined {
  const { symbols, dialect } = lexicon.tables;
  if (name.sub !== "" || name.sup !== "" || symbols.find(name).length > 0) return undefined;
  const number = (text: string): Reading => ({ kind: "number", value: parseRational(text)!, start, end });
  if (name.base === "π") return number(pi);
  if (name.base === "e") return { kind: "exponential", exponent: number("1"), start, end };
  return name.base === dialect.notation.reduction.count ? number(String(lexicon.samples)) : undefined;
}

/** δ_{ij} with two letters, where no error is called so. */
function kroneckerDelta(reading: NameReading, lexicon: StudentLexicon): Reading | undefined {
  const { name, start, end } = reading;
  const { base, sub, sup } = name;
  const [left, right, ...more] = sub.replace(",", "");
  if (base !== "δ" || sup !== "" || !left || !right || left === right || more.length > 0) return undefined;
  const areLetters = /^[a-z]{2}$/.test(left + right);
  const isError = lexicon.tables.symbols.find(name).length > 0 || hasLetters(reading, lexicon);
  return areLetters && !isError ? { kind: "same", left, right, start, end } : undefined;
}

/** In σ(1 − σ) both σ's are values: the brackets are a factor. */
function productWithFunction(call: Extract<Reading, { readonly kind: "call" }>): Reading {
  const { head, args, order, entry, start, end } = call;
  const isInside = args.some((arg) =>
    readingsIn(arg).some((part) => part.kind === "name" && keyText(part.name) === keyText(head)),
  );
  if (!isInside || order > 0 || entry !== undefined || args.length > 1) return call;
  return {
    kind: "product",
    factors: [{ kind: "name", name: head, start, end: start + 1 }, ...args],
    start,
    end,
  };
}

/** σ alone is σ(z), where the network applies σ to z and to nothing else. */
function onlyApplication({ name, start, end }: NameReading, { tables }: StudentLexicon): Reading | undefined {
  const { symbols, functions, dialect } = tables;
  if (symbols.find(name).length > 0 || !functions.has(name)) return undefined;
  const [only, ...others] = functions.applications.filter(
    ({ op, args, slot }) => slot === undefined && functions.find(name, args)?.op === op,
  );
  const [argument] = only?.args ?? [];
  if (others.length > 0 || argument?.kind !== "symbol" || argument.indices.length > 0) return undefined;
  const place = { start, end };
  const inner: Reading = { kind: "name", name: keyOfName(dialect.nameOf(argument)), ...place };
  return { kind: "call", head: name, args: [inner], order: 0, ...place };
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
export function withUpdate(
  { tables: { symbols }, vectors }: StudentLexicon,
  left: Reading,
  right: Reading,
): Reading {
  if (left.kind !== "name") return left;
  const single = symbols.find(left.name).map(({ quantity }) => quantity);
  const roles = new Set([...single, ...vectors.find(left.name)].map(({ role }) => role));
  const isParameter = ["weight", "bias", "parameter"].some((role) => roles.has(role as "weight"));
  const hasRate = readingsIn(right).some(
    (part) =>
      part.kind === "name" &&
      symbols.find(part.name).some(({ quantity }) => quantity.role === "learningRate"),
  );
  const { start, end } = left;
  return isParameter && hasRate ? { kind: "updated", of: left, what: "new", start, end } : left;
}
