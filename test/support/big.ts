// Values in 64 digits, by the referee's functions and a plain walk over expressions: what a ball has to hold.
import { all, type BigNumber, create } from "mathjs";
import type { Expr } from "../../src/expression/expr.ts";
import { isOwn, ownValue } from "../../src/expression/own.ts";
import type { World } from "../../src/grading/world.ts";
import type { Ball } from "../../src/numeric/balls/ball.ts";
import { bigField } from "../../src/numeric/reference/field.ts";
import { functionKey, functionsOf } from "../../src/numeric/reference/functions.ts";

/** Digits enough for differences of doubles that agree in all their bits. */
export const math = create(all, { number: "BigNumber", precision: 200 });

/** The double itself: mathjs would take the shortest decimal that prints it. */
export function big(value: number): BigNumber {
  const exponent = Math.max(-1022, Math.floor(Math.log2(Math.abs(value) || 1))) - 52;
  return math.bignumber(value / 2 ** exponent).times(math.bignumber(2).pow(exponent));
}

/** The referee's functions have 64 digits, of which a few are lost where terms cancel. */
const rounding = "1e-60";

function middleOf({ hi, lo }: Ball): BigNumber {
  return big(hi).plus(big(lo));
}

/** How far the exact number lies outside of the ball; at most 0 where it lies inside. */
export function outside(found: Ball, expected: BigNumber): number {
  const middle = middleOf(found);
  const size = middle.abs().plus(expected.abs());
  return middle.minus(expected).abs().minus(big(found.radius)).minus(size.times(rounding)).toNumber();
}

const referee = functionsOf(bigField);

/** The rows' own number for √(2/π) has 16 digits, and is what their derivative is true of. */
function geluTanh(x: BigNumber): BigNumber {
  const inner = x.plus(x.pow(3).times("0.044715")).times("0.7978845608028654");
  return x.dividedBy(inner.times(-2).exp().plus(1));
}

const scalar = new Map(referee.scalar).set("gelutanh", geluTanh as (...args: BigNumber[]) => BigNumber);

/** A function of the catalogue of one or more numbers. */
export function exactFunction(name: string, args: readonly BigNumber[]): BigNumber {
  return scalar.get(functionKey(name))!(...args);
}

/** All outputs of a function of a whole layer. */
export function exactOutputs(name: string, args: readonly BigNumber[]): readonly BigNumber[] {
  return referee.vector.get(functionKey(name))!(args);
}

/** The expression's value where the world's free quantities have their numbers; derivatives are not evaluated. */
export function bigValue(
  { wiring, binding, graph }: Pick<World, "wiring" | "binding" | "graph">,
  expr: Expr,
): BigNumber {
  const known = new Map<Expr, BigNumber>();
  const visit = (node: Expr): BigNumber => {
    const value = known.get(node) ?? compute(node);
    known.set(node, value);
    return value;
  };
  const compute = (node: Expr): BigNumber => {
    switch (node.kind) {
      case "number":
        return bigField.number(node.value);
      case "symbol": {
        const definition = wiring.definition(node);
        return definition ? visit(definition) : middleOf(binding.free(node));
      }
      case "apply":
        return apply(node);
      case "component":
        return exactOutputs(node.op.name, node.args.map(visit))[(node.at as number) - 1]!;
      default:
        throw new Error(`The plain walk meets no ${node.kind} in definitions.`);
    }
  };
  const apply = ({ op, args }: Expr & { kind: "apply" }): BigNumber => {
    if (isOwn(op)) return visit(ownValue(graph, op, args[0]!));
    const [first, ...others] = args.map(visit) as [BigNumber, ...BigNumber[]];
    switch (op.kind) {
      case "sum":
        return others.reduce(bigField.add, first);
      case "product":
        return others.reduce(bigField.multiply, first);
      case "power":
        return exactFunction("power", [first, others[0]!]);
      default:
        return exactFunction(op.name, [first, ...others]);
    }
  };
  return visit(expr);
}
