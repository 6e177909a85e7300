// Local derivatives of one operation, worked out from the formula text of its row.
import { add, divide, mul, negate, pow, subtract } from "../expression/build.ts";
import { callIn } from "../expression/convert.ts";
import type { Expr, Index, Quantity } from "../expression/expr.ts";
import type { Fold } from "../expression/fold.ts";
import { parsePartial } from "../expression/formula.ts";
import { catalogue } from "../expression/functions.ts";
import type { Graph } from "../expression/graph.ts";
import { isOwn, type OwnOperation, ownValue } from "../expression/own.ts";
import { open, rewrite } from "../expression/rewrite.ts";
import type { Syntax } from "../expression/syntax.ts";
import { primitive } from "../primitives/index.ts";
import type { Operation } from "../primitives/primitive.ts";
import { occurrences } from "./occurrences.ts";

/** What the names of a row's formula stand for at one place. */
interface Place {
  /** The arguments x1, x2, …. */
  readonly args: readonly Expr[];
  /** The output y, or of a vector function its entry y[k]. */
  readonly output: (index?: Index) => Expr;
  /** The positions that the letters k and m of a vector row stand for. */
  readonly indices?: ReadonlyMap<string, Index>;
}

/** d op(args) / d args[slot], as the row's text gives it; `fold` names the output where a quantity is it. */
export function workedOutPartial(
  graph: Graph,
  op: Operation,
  args: readonly Expr[],
  slot: number,
  fold: Fold = () => undefined,
): Expr {
  if (isOwn(op)) return ownPartial(graph, op, args[0]!);
  const value = graph.apply(op, args);
  return formulaAt(graph, op.partials![slot]!, args, fold(value) ?? value);
}

/** A formula text in x1, x2, … and y, as the rows of functions give their derivatives, at one place. */
export function formulaAt(graph: Graph, text: string, args: readonly Expr[], output: Expr): Expr {
  return fill(graph, parsePartial(text), { args, output: () => output });
}

/** Entry k of a vector function by its argument m; `entry` gives the outputs themselves. */
export function vectorPartial(
  graph: Graph,
  op: Operation,
  k: Index,
  m: Index,
  entry: (index: Index) => Expr,
): Expr {
  return fill(graph, parsePartial(op.partials![0]!), {
    args: [],
    output: (index) => entry(index!),
    indices: new Map([
      ["k", k],
      ["m", m],
    ]),
  });
}

/** The derivative of an own formula at its argument: differentiated once by a formal x, for which the argument is put in. */
function ownPartial(graph: Graph, op: OwnOperation, argument: Expr): Expr {
  const formal: Quantity = { id: "x", role: "intermediate", ranges: [], formals: [] };
  const x = graph.symbol(formal);
  const found = occurrences(graph, ownValue(graph, op, x), (quantity) => quantity === formal);
  const derivative = add(
    graph,
    found.map((occurrence) => occurrence.cofactor),
  );
  return rewrite(graph, derivative, (node) => (node === x ? argument : undefined));
}

function fill(graph: Graph, syntax: Syntax, place: Place): Expr {
  const visit = (node: Syntax): Expr => fill(graph, node, place);
  switch (syntax.kind) {
    case "number":
      return graph.number(syntax.value);
    case "name":
      return syntax.name === "y" ? place.output() : place.args[Number(syntax.name.slice(1)) - 1]!;
    case "negative":
      return negate(graph, visit(syntax.of));
    case "entry":
      return place.output(place.indices!.get(syntax.index)!);
    case "call": {
      if (syntax.name === "same") return kronecker(graph, syntax.args, place.indices!);
      const call = callIn(graph, new Map(), catalogue)(syntax.name, syntax.args.map(visit), syntax.position);
      return asSoftmax(graph, call) ?? call;
    }
    case "binary":
      return combine[syntax.operator](graph, visit(syntax.left), visit(syntax.right));
  }
}

const combine: Record<
  (Syntax & { kind: "binary" })["operator"],
  (graph: Graph, left: Expr, right: Expr) => Expr
> = {
  "+": (graph, left, right) => add(graph, [left, right]),
  "-": subtract,
  "*": (graph, left, right) => mul(graph, [left, right]),
  "/": divide,
  "^": pow,
};

/** e^(log-softmax(z)_k) = softmax(z)_k for all z. */
function asSoftmax(graph: Graph, call: Expr): Expr | undefined {
  if (call.kind !== "apply" || call.op !== primitive("exp")) return undefined;
  const [logarithm] = call.args;
  if (logarithm?.kind !== "component" || logarithm.op !== primitive("log-softmax")) return undefined;
  const softmax = primitive("softmax");
  if (logarithm.over === undefined) return graph.component(softmax, logarithm.args, logarithm.at);
  const { letter, body } = open(graph, logarithm.index!, logarithm.args[0]!);
  return graph.componentOver(softmax, logarithm.over, letter, body, logarithm.at);
}

function kronecker(graph: Graph, args: readonly Syntax[], indices: ReadonlyMap<string, Index>): Expr {
  const [a, b] = args.map((arg) => indices.get((arg as Syntax & { kind: "name" }).name)!);
  if (typeof a === "number" && typeof b === "number") return graph.number(a === b ? 1 : 0);
  return graph.same(a!, b!);
}
