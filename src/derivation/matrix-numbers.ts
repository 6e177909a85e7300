// The numbers of matrix lines: worked out with real matrices, and compared with the loops' numbers entry by entry.
import type { Adjoints, Differentiated } from "../derivative/adjoints.ts";
import { workedOutPartial } from "../derivative/partial.ts";
import { type Expr, entryOffset, type Quantity, type SymbolExpr } from "../expression/expr.ts";
import { isOwn, ownValue } from "../expression/own.ts";
import type { Matrix } from "../matrix/matrix.ts";
import type { Network } from "../network/network.ts";
import { Evaluator } from "../numeric/evaluate.ts";
import { type MatrixBindings, matrixNumbers, type Numbers } from "../numeric/matrices.ts";
import { type Program, program, requireFinite } from "../numeric/program.ts";
import { stabilise } from "../numeric/stable.ts";
import type { Primitive } from "../primitives/primitive.ts";
import type { MatrixLine } from "./matrix-form.ts";

export interface ValuedLine extends MatrixLine {
  /** The line's right side worked out by matrix arithmetic; absent without numbers. */
  readonly numbers?: Numbers;
  /** Whether it equals the numbers of the compiled loops, entry by entry. */
  readonly agrees?: boolean;
}

/** Entries may differ by rounding only: both sides add up the same products in another order. */
const tolerance = 1e-9;

/** The lines with their numbers: by matrix arithmetic, beside those of the compiled loops. */
export function valued(
  given: Network,
  differentiated: Differentiated,
  walked: Adjoints,
  lines: readonly MatrixLine[],
): readonly ValuedLine[] {
  const compiled = program(differentiated);
  loadSamples(given, differentiated.network, compiled);
  compiled.forward();
  requireFinite(differentiated.network.quantities, compiled.memory, "");
  compiled.backward();
  const places = placesOf(compiled, walked);
  const bindings = bindingsOf(differentiated.network, compiled, places);
  return lines.map((line) => checked(line, bindings, ownNumbers(line, compiled, places)));
}

/** The line worked out by matrix arithmetic, and whether that gives the same as was found entry by entry. */
export function checked(line: MatrixLine, bindings: MatrixBindings, own: Numbers): ValuedLine {
  const numbers = matrixNumbers(line.matrices.at(-1)!, bindings);
  return { ...line, numbers, agrees: equalNumbers(numbers, own) };
}

/** Parameters and constants as given; inputs and targets sample by sample into their batch. */
function loadSamples(given: Network, whole: Network, { memory }: Program): void {
  memory.load(given.values!);
  const sampled = [...given.inputs, ...given.targets];
  const batch = [...whole.inputs, ...whole.targets];
  for (const [position, quantity] of sampled.entries()) {
    const into = batch[position]!;
    const samplesFirst = into.ranges[0]?.name === "samples";
    const count = given.samples.values.length;
    for (const [sample, values] of given.samples.values.entries()) {
      const own = values.get(quantity)!;
      const place = (entry: number): number =>
        into === quantity ? entry : samplesFirst ? sample * own.length + entry : entry * count + sample;
      for (const [entry, value] of own.entries()) memory.of(into)[place(entry)] = value;
    }
  }
}

/** Where the numbers of a quantity lie: δ's of the walk that was printed are those of the compiled walk. */
function placesOf(
  { memory, deltas, gradients }: Program,
  walked: Adjoints,
): (quantity: Quantity) => Float64Array {
  const byId = new Map(deltas.map((delta) => [delta.id, delta]));
  const printed = new Map(walked.deltas.map((delta) => [delta, byId.get(delta.id)!]));
  return (quantity) => memory.of(printed.get(quantity) ?? gradients.get(quantity) ?? quantity);
}

function bindingsOf(
  { graph }: Network,
  compiled: Program,
  places: (quantity: Quantity) => Float64Array,
): MatrixBindings {
  const isParameter = (quantity: Quantity): boolean => compiled.gradients.has(quantity);
  const valuesOf = (quantity: Quantity): Float64Array =>
    isParameter(quantity) ? compiled.memory.of(quantity) : places(quantity);
  const symbol = ({ quantity, indices }: SymbolExpr): number =>
    valuesOf(quantity)[entryOffset(quantity, indices)]!;
  const evaluator = new Evaluator({
    graph,
    symbol,
    abstract: () => {
      throw new Error("A network with numbers has no abstract functions.");
    },
  });
  const slots = new Map<Matrix, (args: readonly number[]) => number>();
  return {
    quantity: valuesOf,
    derivative: () => {
      throw new Error("Only wholes of equations have derivatives that are not worked out.");
    },
    scalar: (expr: Expr) => evaluator.value(stabilise(graph, expr)),
    apply: (matrix, args) => {
      let work = slots.get(matrix);
      if (!work) {
        work = functionOf(matrix, graph);
        slots.set(matrix, work);
      }
      return work(args);
    },
    vector: ({ op }, args, into) => (op as Primitive).values!(args, into),
  };
}

/** f, or f' from its row's formula, as a function of numbers. */
function functionOf(
  matrix: Matrix & { kind: "map" },
  graph: Network["graph"],
): (args: readonly number[]) => number {
  const { op, slot } = matrix;
  const value = op.value;
  if (slot === undefined && value) return (args) => value(...args);
  const places = matrix.args.map(
    (_, position): Quantity => ({ id: `x${position + 1}`, role: "intermediate", ranges: [], formals: [] }),
  );
  const symbols = places.map((place) => graph.symbol(place));
  const formula =
    slot === undefined
      ? isOwn(op)
        ? ownValue(graph, op, symbols[0]!)
        : graph.apply(op, symbols)
      : workedOutPartial(graph, op, symbols, slot);
  const spelled = stabilise(graph, formula);
  return (args) => {
    const evaluator = new Evaluator({
      graph,
      symbol: ({ quantity }) => args[places.indexOf(quantity)]!,
      abstract: () => ({ value: () => Number.NaN, partial: () => () => Number.NaN }),
    });
    return evaluator.value(spelled);
  };
}

/** The loops' numbers of a line's left side, turned as the line is. */
function ownNumbers(
  { box, quantity, matrices }: MatrixLine,
  { memory, gradients }: Program,
  places: (quantity: Quantity) => Float64Array,
): Numbers {
  const values = box === "derivative" ? memory.of(gradients.get(quantity)!) : places(quantity);
  const last = matrices.at(-1)!;
  const rows = last.rows === "one" ? 1 : last.rows.size!;
  const columns = last.columns === "one" ? 1 : last.columns.size!;
  const isTurned = quantity.ranges.length === 2 && last.rows !== quantity.ranges[0];
  if (!isTurned) return { rows, columns, values };
  return {
    rows,
    columns,
    values: Float64Array.from(
      values,
      (_, place) => values[(place % columns) * rows + Math.floor(place / columns)]!,
    ),
  };
}

function equalNumbers(one: Numbers, other: Numbers): boolean {
  const scale = one.values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return one.values.every((value, place) => Math.abs(value - other.values[place]!) <= tolerance * scale);
}
