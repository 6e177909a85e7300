// What one equation defines: the expression of its left-hand side, entry by entry where it is a vector, or the whole
// quantities that an abstract function takes.
import { freeLetters, nodesOf } from "../expression/build.ts";
import { callIn, type Scope, toExpr } from "../expression/convert.ts";
import {
  type Expr,
  entries,
  type Quantity,
  type Range,
  type SymbolExpr,
  type Whole,
} from "../expression/expr.ts";
import { catalogue } from "../expression/functions.ts";
import type { Graph } from "../expression/graph.ts";
import { Failure } from "../failure.ts";
import type { Operation } from "../primitives/primitive.ts";
import type { Equation } from "./layer-marks.ts";
import {
  isWholeCall,
  type Shape,
  type ShapeScope,
  type Shapes,
  sameShape,
  shapeOfFormula,
  shapeText,
} from "./shapes.ts";

/** What the names of an equation are. */
export interface Known {
  readonly quantities: Map<string, Quantity>;
  readonly functions: ReadonlyMap<string, Operation>;
  readonly shapes: Shapes;
}

interface Definition {
  readonly shape: Shape;
  readonly define?: Expr;
  readonly whole?: Whole;
}

/** `number` counts the equations from 1. Throws Failure with the position in the equation. */
export function definitionOf(
  equation: Equation & { number: number },
  graph: Graph,
  known: Known,
): Definition {
  const scope: ShapeScope = {
    shapeOf: (name) => known.quantities.get(name)?.ranges ?? [],
    isAbstract: (name) => known.functions.has(name),
    equation: `Equation ${equation.number}`,
  };
  const { name, right } = equation;
  const declared = known.shapes.get(name);
  if (isWholeCall(right, scope)) return wholeDefinition(right, declared ?? [], graph, known);
  const shape = known.shapes.size === 0 ? [] : shapeOfFormula(right, scope);
  if (declared && !sameShape(declared, shape)) throw otherShape(name, declared, shape, scope);
  return { shape, define: toExpr(graph, right, entrywise(graph, known)) };
}

function otherShape(name: string, declared: Shape, found: Shape, { equation }: ShapeScope): Failure {
  return new Failure(
    "wrong-shape",
    `${equation} defines "${name}", which has the shape ${shapeText(declared)} under "shapes", by a formula of the shape ${shapeText(found)}; correct the one or the other.`,
  );
}

/** y = f(x): y depends on all of x; where x has as many entries as are written, L = f(x) is a function of each of them. */
function wholeDefinition(
  { name, args }: Extract<Equation["right"], { kind: "call" }>,
  shape: Shape,
  graph: Graph,
  known: Known,
): Definition {
  const scope = entrywise(graph, known);
  const op = known.functions.get(name)!;
  const on = args.map((arg) => (toExpr(graph, arg, scope) as SymbolExpr).quantity);
  const isListed = shape.length === 0 && on.every(isSized);
  const symbols = on.flatMap((each) => [...entries(each)].map((indices) => graph.symbol(each, indices)));
  return { shape, whole: { op, on }, ...(isListed && { define: graph.apply(op, symbols) }) };
}

function isSized({ ranges }: Quantity): boolean {
  return ranges.every(({ size }) => size !== undefined);
}

/** Every name of a vector is its entry at the indices of the left-hand side; `sum` adds up over them. */
function entrywise(graph: Graph, { quantities, functions, shapes }: Known): Scope {
  const call = callIn(graph, functions, catalogue);
  return {
    value: (name) => {
      const quantity = quantities.get(name);
      return quantity && graph.symbol(quantity, quantity.formals);
    },
    names: quantities.keys(),
    call: (name, args, position) =>
      name === "sum" && shapes.size > 0 && !functions.has(name)
        ? summed(graph, args[0]!)
        : call(name, args, position),
  };
}

/** Σ over every index that the body leaves open, written as it stands. */
function summed(graph: Graph, body: Expr): Expr {
  return [...openIndices(body)].reduceRight(
    (inner, [letter, range]) => graph.sum(range, letter, inner),
    body,
  );
}

function openIndices(body: Expr): ReadonlyMap<string, Range> {
  const open = freeLetters(body);
  const ranges = new Map<string, Range>();
  for (const node of nodesOf(body)) {
    if (node.kind !== "symbol") continue;
    for (const [axis, index] of node.indices.entries()) {
      if (typeof index === "string" && open.has(index)) ranges.set(index, node.quantity.ranges[axis]!);
    }
  }
  return new Map([...ranges].sort());
}
