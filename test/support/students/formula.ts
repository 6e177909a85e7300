// The formulas of made-up students: a small tree of its own, so that what judges them shares nothing with what made them.

/** What a symbol stands for; with their places: `z [2, 1]` is the pre-activation of unit 1 in layer 2. */
export type Role = "x" | "z" | "a" | "w" | "b" | "y" | "E" | "Ek" | "delta";

/** A number, or the letter of a free or bound index. */
export type Index = number | string;

/**
 * Places: x [unit]; z, a, delta [layer, unit]; w [layer, to, from layer, from]; b [layer, unit] or [layer] where the
 * layer shares it; y, Ek [output]; E [].
 */
export interface Variable {
  readonly kind: "symbol";
  readonly role: Role;
  readonly at: readonly Index[];
}

/** `activation` is the layer's function by its general letter: f(z), h(a). */
export type FunctionName = "activation" | "sigmoid" | "tanh" | "exp" | "log";

export type Formula =
  /** As it is written: "2", "0.5". */
  | { readonly kind: "number"; readonly text: string }
  | Variable
  | { readonly kind: "sum"; readonly terms: readonly Formula[] }
  | { readonly kind: "product"; readonly factors: readonly Formula[] }
  | { readonly kind: "negative"; readonly of: Formula }
  | { readonly kind: "quotient"; readonly over: Formula; readonly under: Formula }
  | { readonly kind: "power"; readonly base: Formula; readonly exponent: number }
  | {
      readonly kind: "call";
      readonly name: FunctionName;
      readonly primes: 0 | 1;
      readonly argument: Formula;
    }
  | { readonly kind: "derivative"; readonly of: Variable; readonly by: Variable }
  /** Σ over the units of a layer. */
  | { readonly kind: "total"; readonly letter: string; readonly layer: number; readonly body: Formula };

export const symbol = (role: Role, ...at: readonly Index[]): Variable => ({ kind: "symbol", role, at });
export const number = (value: number | string): Formula => ({ kind: "number", text: String(value) });
export const sum = (...terms: readonly Formula[]): Formula =>
  terms.length === 1
    ? terms[0]!
    : { kind: "sum", terms: terms.flatMap((term) => (term.kind === "sum" ? term.terms : [term])) };
export const product = (...factors: readonly Formula[]): Formula =>
  factors.length === 1
    ? factors[0]!
    : {
        kind: "product",
        factors: factors.flatMap((factor) => (factor.kind === "product" ? factor.factors : [factor])),
      };
export const negative = (of: Formula): Formula => ({ kind: "negative", of });
export const difference = (left: Formula, right: Formula): Formula => sum(left, negative(right));
export const quotient = (over: Formula, under: Formula): Formula => ({ kind: "quotient", over, under });
export const power = (base: Formula, exponent: number): Formula => ({ kind: "power", base, exponent });
export const call = (name: FunctionName, argument: Formula): Formula => ({
  kind: "call",
  name,
  primes: 0,
  argument,
});
export const prime = (name: FunctionName, argument: Formula): Formula => ({
  kind: "call",
  name,
  primes: 1,
  argument,
});
export const derivative = (of: Variable, by: Variable): Formula => ({ kind: "derivative", of, by });
export const total = (letter: string, layer: number, body: Formula): Formula => ({
  kind: "total",
  letter,
  layer,
  body,
});

/** The parts of a formula in order, and the same formula with other parts. */
export function partsOf(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case "number":
    case "symbol":
    case "derivative":
      return [];
    case "sum":
      return formula.terms;
    case "product":
      return formula.factors;
    case "negative":
      return [formula.of];
    case "quotient":
      return [formula.over, formula.under];
    case "power":
      return [formula.base];
    case "call":
      return [formula.argument];
    case "total":
      return [formula.body];
  }
}

export function withParts(formula: Formula, parts: readonly Formula[]): Formula {
  switch (formula.kind) {
    case "number":
    case "symbol":
    case "derivative":
      return formula;
    case "sum":
      return sum(...parts);
    case "product":
      return product(...parts);
    case "negative":
      return negative(parts[0]!);
    case "quotient":
      return quotient(parts[0]!, parts[1]!);
    case "power":
      return power(parts[0]!, formula.exponent);
    case "call":
      return { ...formula, argument: parts[0]! };
    case "total":
      return { ...formula, body: parts[0]! };
  }
}

/** A way from a formula down to one of its parts. */
export type Place = readonly number[];

/** Every place of the formula, the whole first. */
export function placesOf(formula: Formula): readonly Place[] {
  const below = partsOf(formula).flatMap((part, position) =>
    placesOf(part).map((place) => [position, ...place]),
  );
  return [[], ...below];
}

export function at(formula: Formula, [first, ...rest]: Place): Formula {
  return first === undefined ? formula : at(partsOf(formula)[first]!, rest);
}

export function replaced(formula: Formula, [first, ...rest]: Place, part: Formula): Formula {
  if (first === undefined) return part;
  return withParts(
    formula,
    partsOf(formula).map((old, position) => (position === first ? replaced(old, rest, part) : old)),
  );
}
