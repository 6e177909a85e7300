// The search for the single change that makes a formula right: a sign, a number, a quantity, a factor, a term, an
// exponent, a bracket, + for ·. Each place of the formula tells which values it would need, so that a change is looked
// up instead of tried out.
import type { ScalarNode } from "../derivative/scalar.ts";
import {
  add,
  isNumber,
  isPower,
  isProduct,
  isSum,
  mul,
  negate,
  nodesOf,
  termsOf,
} from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import { type Rational, rational } from "../expression/rational.ts";
import { rewrite } from "../expression/rewrite.ts";
import { power } from "../primitives/arithmetic.ts";
import { dictionary, type Kind, termsFor, type Word } from "./dictionary.ts";
import type { FindingCode } from "./findings.ts";
import type { MisconceptionCode } from "./misconceptions/table.ts";
import { type Probe, sameValues, type Values } from "./probe.ts";
import { type Spot, spotsOf } from "./spots.ts";
import type { Task } from "./task.ts";

export interface Repair {
  readonly code: MisconceptionCode | FindingCode;
  /** The formula as it would be right. */
  readonly repaired: Expr;
  /** What was wrong, missing or too many. */
  readonly factor?: Expr;
  readonly at?: ScalarNode;
}

interface Search {
  readonly task: Task;
  readonly valuesOf: (expr: Expr) => Values;
  readonly words: readonly (Word & { readonly values: Values })[];
}

type Edit = (search: Search, spot: Spot) => Repair | undefined;

/** The plainest change that makes the formula have the wanted values; nothing where no single one does. */
export function repair(task: Task, probe: Probe, truth: Expr): Repair | undefined {
  const valuesOf = probe.values;
  const words = dictionary(task).map((word) => ({ ...word, values: valuesOf(word.expr) }));
  const search: Search = { task, valuesOf, words };
  // 0 or 1 for a whole result is no formula that a single change would mend.
  if (isNumber(task.said)) return undefined;
  const spots = spotsOf(task.graph, task.said, valuesOf, valuesOf(truth));
  for (const edit of edits)
    for (const spot of spots) {
      const found = edit(search, spot);
      if (found) return found;
    }
  return undefined;
}

// Each edit, the plainest first

const turnedSign: Edit = ({ task }, { expr, has, needs, whole }) =>
  sameValues(
    needs,
    has.map((value) => -value),
  )
    ? { code: "wrong-sign", repaired: whole(negate(task.graph, expr)) }
    : undefined;

/** (y + t)² for (y − t)²: at an even power the sign of what the bracket needs is not known. */
const turnedTerm: Edit = ({ task, valuesOf }, { expr, needs, whole }) => {
  if (!isPower(expr)) return undefined;
  const { op, args } = expr;
  const terms = termsOf(args[0]!);
  for (const [position, term] of terms.entries()) {
    const bracket = add(task.graph, terms.with(position, negate(task.graph, term)));
    const turned = task.graph.apply(op, [bracket, args[1]!]);
    if (terms.length > 1 && sameValues(valuesOf(turned), needs))
      return { code: "wrong-sign", repaired: whole(turned), factor: expr };
  }
  return undefined;
};

const otherQuantity: Edit = (search, { expr, needs, whole }) => {
  if (expr.kind !== "symbol" && expr.kind !== "derivative") return undefined;
  const right = search.words.find(({ values }) => sameValues(values, needs));
  if (!right) return undefined;
  const has = search.valuesOf(expr);
  const wrong = search.words.find((word) => word.expr === expr || sameValues(word.values, has));
  return {
    code: codeOfExchange(search, wrong, right),
    repaired: whole(right.expr),
    factor: expr,
    ...(right.node && { at: right.node }),
  };
};

const constantFactor: Edit = ({ task }, { expr, has, needs, whole }) => {
  const ratio = fraction(needs[0]! / has[0]!);
  if (
    !ratio ||
    !sameValues(
      needs,
      has.map((value) => value * ratio.value),
    )
  )
    return undefined;
  const { numerator, denominator } = ratio.exact;
  const factor = task.graph.number(ratio.exact);
  const isHalving = numerator * denominator === 2n;
  const isBatch =
    task.network.samples.count > 1 && [numerator, denominator].includes(BigInt(task.network.samples.count));
  const code = isHalving ? "factor-two" : isBatch ? "wrong-batch-factor" : "wrong-number";
  return { code, repaired: whole(mul(task.graph, [factor, expr])), factor: isNumber(expr) ? expr : factor };
};

const extraFactor: Edit = ({ task, words }, { expr, needs, within, whole }) => {
  if (
    !within ||
    !isProduct(within.expr) ||
    !sameValues(
      needs,
      needs.map(() => 1),
    )
  )
    return undefined;
  const word = words.find((candidate) => candidate.expr === expr);
  const repaired = whole(task.graph.number(1));
  if (isSlope(expr) || word?.kind === "slope")
    return {
      code: "extra-activation-derivative",
      repaired,
      factor: expr,
      ...(word?.node && { at: word.node }),
    };
  return { code: "extra-factor", repaired, factor: expr };
};

const extraTerm: Edit = ({ task }, { expr, has, needs, within, whole }) => {
  const isNothing = sameValues(plus(needs, has), has);
  return within && isSum(within.expr) && isNothing
    ? { code: "extra-term", repaired: whole(task.graph.number(0)), factor: expr }
    : undefined;
};

const missingFactor: Edit = ({ task, words }, { expr, has, needs, whole }) => {
  const found = words.find(({ values }) => sameValues(needs, times(has, values)));
  return (
    found && {
      code: missingCodes[found.kind] ?? "missing-factor",
      repaired: whole(mul(task.graph, [expr, found.expr])),
      factor: found.expr,
      ...(found.node && { at: found.node }),
    }
  );
};

/** A factor that is not written as one: σ′ that stands as a (1 − a). */
const dividedFactor: Edit = ({ task, words }, { expr, has, needs, whole }) => {
  const found = words.find(({ values }) => sameValues(has, times(needs, values)));
  return (
    found && {
      code: found.kind === "slope" ? "extra-activation-derivative" : "extra-factor",
      repaired: whole(mul(task.graph, [expr, task.graph.apply(power, [found.expr, task.graph.number(-1)])])),
      factor: found.expr,
      ...(found.node && { at: found.node }),
    }
  );
};

const missingTerm: Edit = ({ task, words, valuesOf }, { expr, has, needs, whole }) => {
  const missing = needs.map((value, binding) => value - has[binding]!);
  const terms = [...termsFor(task).map((word) => ({ ...word, values: valuesOf(word.expr) })), ...words];
  const found = terms.find(
    ({ values }) =>
      sameValues(missing, values) ||
      sameValues(
        missing,
        values.map((value) => -value),
      ),
  );
  if (!found) return undefined;
  const isPlus = sameValues(missing, found.values);
  return {
    code: task.target.kind === "derivative" && found.kind === "other" ? "dropped-path" : "missing-term",
    repaired: whole(add(task.graph, [expr, isPlus ? found.expr : negate(task.graph, found.expr)])),
    factor: found.expr,
    ...(found.node && { at: found.node }),
  };
};

const otherExponent: Edit = ({ task, valuesOf }, { expr, needs, whole }) => {
  if (!isPower(expr)) return undefined;
  const base = expr.args[0]!;
  const values = valuesOf(base);
  const found = exponents.find((exponent) =>
    sameValues(
      needs,
      values.map((value) => value ** exponent),
    ),
  );
  if (found === undefined) return undefined;
  const repaired = whole(task.graph.apply(expr.op, [base, task.graph.number(found)]));
  return { code: "wrong-exponent", repaired, factor: expr };
};

const missingExponent: Edit = ({ task }, { expr, has, needs, whole }) => {
  const found = exponents.find(
    (exponent) =>
      exponent !== 1 &&
      sameValues(
        needs,
        has.map((value) => value ** exponent),
      ),
  );
  if (found === undefined) return undefined;
  return {
    code: "wrong-exponent",
    repaired: whole(task.graph.apply(power, [expr, task.graph.number(found)])),
    factor: expr,
  };
};

const sumForProduct: Edit = ({ task, valuesOf }, { expr, needs, whole }) => {
  if (!isSum(expr) && !isProduct(expr)) return undefined;
  const { op, args } = expr;
  const isAdded = op.kind === "sum";
  const parts = args.map(valuesOf);
  if (!sameValues(needs, parts.reduce(isAdded ? times : plus))) return undefined;
  const repaired = isAdded ? mul(task.graph, args) : add(task.graph, args);
  const isChain = task.target.kind === "derivative";
  const code = !isChain ? "sum-for-product" : isAdded ? "added-factors" : "multiplied-paths";
  return { code, repaired: whole(repaired), factor: expr };
};

/** (a + b) c for a + b c: the last factors of a term belong to the whole sum. */
const wideBracket: Edit = ({ task, valuesOf }, { expr, needs, whole }) => {
  if (!isSum(expr)) return undefined;
  const { graph } = task;
  for (const [position, term] of expr.args.entries()) {
    const others = expr.args.toSpliced(position, 1);
    const factors = isProduct(term) ? term.args : [];
    for (const [first, second] of divisionsOf(factors)) {
      const [rest, factor] = [mul(graph, first), mul(graph, second)];
      const bracket = [...others, rest].map(valuesOf).reduce(plus);
      if (sameValues(needs, times(bracket, valuesOf(factor)))) {
        const repaired = whole(mul(graph, [add(graph, [...others, rest]), factor]));
        return { code: "misplaced-bracket", repaired, factor };
      }
    }
  }
  return undefined;
};

/** A product cut in two, at each place and around each single factor. */
function divisionsOf(factors: readonly Expr[]): readonly (readonly [readonly Expr[], readonly Expr[]])[] {
  const cuts = factors
    .slice(1)
    .map((_, place) => [factors.slice(0, place + 1), factors.slice(place + 1)] as const);
  return [...cuts, ...factors.map((factor, place) => [factors.toSpliced(place, 1), [factor]] as const)];
}

/** a + b c for (a + b) c. */
const narrowBracket: Edit = ({ task, valuesOf }, { expr, needs, whole }) => {
  if (!isProduct(expr)) return undefined;
  for (const [position, factor] of expr.args.entries()) {
    if (!isSum(factor)) continue;
    const rest = mul(task.graph, expr.args.toSpliced(position, 1));
    for (const [place, term] of factor.args.entries()) {
      const others = factor.args.toSpliced(place, 1);
      const left = [...others.map(valuesOf), times(valuesOf(term), valuesOf(rest))].reduce(plus);
      if (sameValues(needs, left)) {
        const repaired = whole(add(task.graph, [...others, mul(task.graph, [term, rest])]));
        return { code: "misplaced-bracket", repaired, factor: rest };
      }
    }
  }
  return undefined;
};

/** Another quantity inside a function, where no needed value is known: each is put in. */
const otherArgument: Edit = (search, { expr, needs, whole }) => {
  if (expr.kind !== "apply" || arithmetic.has(expr.op.kind)) return undefined;
  const leaves = expr.args.flatMap((arg) => [...nodesOf(arg)].filter((node) => node.kind === "symbol"));
  for (const leaf of leaves.slice(0, mostLeaves)) {
    const kind = search.words.find((word) => word.expr === leaf)?.kind;
    for (const word of search.words
      .filter((candidate) => isExchangeable(kind, candidate.kind))
      .slice(0, mostArguments)) {
      const put = rewrite(search.task.graph, expr, (node) => (node === leaf ? word.expr : undefined));
      if (!sameValues(search.valuesOf(put), needs)) continue;
      const code =
        expr.slot !== undefined && kind === "signal" ? "derivative-at-activation" : "wrong-quantity";
      const isOtherUnit = expr.slot !== undefined && kind === "preActivation";
      return {
        code: isOtherUnit ? "derivative-at-wrong-unit" : code,
        repaired: whole(put),
        factor: leaf,
        ...(word.node && { at: word.node }),
      };
    }
  }
  return undefined;
};

const arithmetic: ReadonlySet<string> = new Set(["sum", "product", "power"]);
const mostLeaves = 8;
const mostArguments = 40;

function isExchangeable(kind: Kind | undefined, other: Kind): boolean {
  return kind === other || (kind === "signal" && other === "preActivation") || kind === undefined;
}

/** A whole part that should be one quantity. */
const otherPart: Edit = (search, { expr, needs, whole, within }) => {
  if (!within || expr.kind === "symbol") return undefined;
  const right = search.words.find(
    ({ kind, values }) => (kind === "constant" || !isNumber(expr)) && sameValues(values, needs),
  );
  return (
    right && {
      code: isNumber(expr) ? "wrong-number" : "wrong-quantity",
      repaired: whole(right.expr),
      factor: expr,
      ...(right.node && { at: right.node }),
    }
  );
};

const edits: readonly Edit[] = [
  turnedSign,
  turnedTerm,
  otherQuantity,
  extraFactor,
  constantFactor,
  extraTerm,
  otherExponent,
  otherArgument,
  wideBracket,
  narrowBracket,
  missingFactor,
  dividedFactor,
  missingTerm,
  sumForProduct,
  missingExponent,
  otherPart,
];

/** What an exchange of two quantities is called. */
function codeOfExchange({ task }: Search, wrong: Word | undefined, right: Word): Repair["code"] {
  if (!wrong || task.target.kind === "update") return "wrong-quantity";
  const [from, to] = [wrong.kind, right.kind];
  const layers = [layerOf(wrong.expr), layerOf(right.expr)];
  const isOff = layers[0] !== undefined && layers[1] !== undefined && layers[0] !== layers[1];
  if (from === "weight" && to === "weight")
    return isOff ? "layer-off-by-one" : siblingOrTransposed(wrong.expr, right.expr);
  if (from === "signal" && to === "signal") return isOff ? "layer-off-by-one" : "wrong-local-input";
  if (from === "error" && to === "error") return isOff ? "layer-off-by-one" : "confused-delta";
  if ([from, to].every((kind) => kind === "weight" || kind === "signal") && task.target.kind === "derivative")
    return "wrong-local-input";
  return "wrong-quantity";
}

function siblingOrTransposed(wrong: Expr, right: Expr): MisconceptionCode {
  const isTurned =
    wrong.kind === "symbol" &&
    right.kind === "symbol" &&
    wrong.quantity === right.quantity &&
    wrong.indices.length === 2 &&
    wrong.indices.join() === right.indices.toReversed().join();
  return isTurned ? "transposed-weight" : "sibling-weight";
}

function layerOf(expr: Expr): number | undefined {
  if (expr.kind === "derivative") return layerOf(expr.by);
  return expr.kind === "symbol" ? expr.quantity.layer : undefined;
}

const missingCodes: Partial<Readonly<Record<Kind, MisconceptionCode>>> = {
  slope: "missing-activation-derivative",
  weight: "missing-weight",
};

function isSlope(expr: Expr): boolean {
  return expr.kind === "apply" && expr.slot !== undefined;
}

const exponents = [-2, -1, 0.5, 1, 2, 3, 4] as const;

function times(left: Values, right: Values): Values {
  return left.map((value, binding) => value * right[binding]!);
}

function plus(left: Values, right: Values): Values {
  return left.map((value, binding) => value + right[binding]!);
}

/** Small fractions: what constants in front are mistaken for. */
const largestPart = 12;

function fraction(value: number): { readonly exact: Rational; readonly value: number } | undefined {
  for (let denominator = 1; denominator <= largestPart; denominator += 1) {
    const numerator = Math.round(value * denominator);
    if (numerator === 0 || Math.abs(numerator) > largestPart) continue;
    if (Math.abs(value * denominator - numerator) < 1e-7)
      return { exact: rational(numerator, denominator), value: numerator / denominator };
  }
  return undefined;
}
