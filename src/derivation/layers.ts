// Both forms of whole layers, indexed and matrix, with the numbers of every matrix line checked against the loops'.
import { type Adjoints, adjoints, type Differentiated, differentiate } from "../derivative/adjoints.ts";
import { workedOutPartial } from "../derivative/partial.ts";
import { type Expr, entryOffset, type Quantity, type SymbolExpr } from "../expression/expr.ts";
import { isOwn, ownValue } from "../expression/own.ts";
import { Failure } from "../failure.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { overSamples } from "../network/batch.ts";
import type { Network } from "../network/network.ts";
import { Evaluator } from "../numeric/evaluate.ts";
import { type MatrixBindings, matrixNumbers, type Numbers } from "../numeric/matrices.ts";
import { type Program, program, requireFinite } from "../numeric/program.ts";
import { stabilise } from "../numeric/stable.ts";
import type { Primitive } from "../primitives/primitive.ts";
import { type GeneralForm, generalForm } from "./general.ts";
import { type IndexedLine, indexedLines, passedOn, sampleLines } from "./indexed.ts";
import { type Jacobian, jacobians, type MatrixLine, type MatrixOptions, matrixLines } from "./matrix-form.ts";

export interface IndexedForm {
  readonly lines: readonly IndexedLine[];
  /** How the losses and gradients of the samples are put together; empty for a single sample. */
  readonly samples: readonly IndexedLine[];
  /** Present where the rules are about any unit rather than about the units of a layer. */
  readonly pivot?: GeneralForm["pivot"];
  /** What a layer's activations pass on: the error at them, summed over all units that use them. */
  readonly passedOn: readonly IndexedLine[];
}

export interface LayerForms {
  readonly indexed?: IndexedForm;
  readonly matrix?: {
    /** The network that the lines are about: with an index for samples where there are several. */
    readonly network: Network;
    readonly samples: number;
    readonly options: MatrixOptions;
    readonly lines: readonly ValuedLine[];
    readonly jacobians: readonly Jacobian[];
  };
}

export interface ValuedLine extends MatrixLine {
  /** The line's right side worked out by matrix arithmetic; absent without numbers. */
  readonly numbers?: Numbers;
  /** Whether it equals the numbers of the compiled loops, entry by entry. */
  readonly agrees?: boolean;
}

/** Throws Failure for descriptions that have no layers, or, for the indexed form, no units. */
export function layerForms(network: Network, forms: ReadonlySet<string>, options: MatrixOptions): LayerForms {
  if (forms.has("indexed")) requireKind(network, "indexed", ["layers", "units"]);
  if (forms.has("matrix")) requireKind(network, "matrix", ["layers"]);
  return {
    ...(forms.has("indexed") && { indexed: indexedForm(network) }),
    ...(forms.has("matrix") && { matrix: matrixForm(network, options) }),
  };
}

function requireKind({ kind }: Network, form: string, kinds: readonly Network["kind"][]): void {
  if (kinds.includes(kind)) return;
  throw new Failure(
    "impossible-request",
    `The ${form} form states the rules of whole layers, and a network of ${kind} has none; describe it as "layers", or ask for the forms chain and delta.`,
    { pointer: "/forms" },
  );
}

function indexedForm(network: Network): IndexedForm {
  if (network.kind === "units") return { ...generalForm(network), passedOn: [] };
  const differentiated = differentiate(network);
  return {
    lines: indexedLines(differentiated, adjoints(differentiated)),
    samples: sampleLines(network),
    passedOn: passedOn(differentiated),
  };
}

function matrixForm(network: Network, options: MatrixOptions): NonNullable<LayerForms["matrix"]> {
  const whole = network.samples.count > 1 ? overSamples(network, options.vectorsAre) : network;
  const differentiated = differentiate(whole);
  const walked = adjoints(differentiated);
  const lines = matrixLines(differentiated, walked, options);
  return {
    network: whole,
    samples: network.samples.count,
    options,
    lines: network.values ? valued(network, differentiated, walked, lines) : lines,
    jacobians: network.samples.count > 1 ? [] : jacobians(differentiated, options),
  };
}

/** Entries may differ by rounding only: both sides add up the same products in another order. */
const tolerance = 1e-9;

function valued(
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
  return lines.map((line) => {
    const last = line.matrices.at(-1)!;
    const numbers = matrixNumbers(last, bindings);
    return { ...line, numbers, agrees: equalNumbers(numbers, ownNumbers(line, compiled, places)) };
  });
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
