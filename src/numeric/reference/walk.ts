// The referee's own reading of a network description: a plain list of steps, each computing entries from entries.
// Nothing here knows the compiled network; a mistake in one reading cannot hide in the other.
import { parseFormula } from "../../expression/formula.ts";
import { rational, times } from "../../expression/rational.ts";
import type {
  ActivationDescription,
  LayersDescription,
  LossDescription,
  NetworkDescription,
  NumberLike,
  UnitDescription,
  UnitsDescription,
} from "../../network/description.ts";
import { losses } from "../../network/losses.ts";
import { equationsReading } from "./equations.ts";
import type { Given } from "./field.ts";
import { functionKey } from "./functions.ts";
import { exact, exactRational, namedNumbers, plainName } from "./given.ts";
import { callTree, type Operand, type Tree, treeOf } from "./tree.ts";

export type Step =
  /** entry = Σ of products of operands */
  | {
      readonly kind: "sum";
      readonly ids: readonly [string];
      readonly products: readonly (readonly Operand[])[];
    }
  /** entry = formula */
  | { readonly kind: "formula"; readonly ids: readonly [string]; readonly tree: Tree }
  /** entries = vector function of `args` */
  | {
      readonly kind: "vector";
      readonly ids: readonly string[];
      readonly key: string;
      readonly args: readonly string[];
    };

export interface Program {
  /** In an order in which every step follows those it needs. */
  readonly steps: readonly Step[];
  /** Positions of the steps that read each id, once for every time they read it. */
  readonly readers: ReadonlyMap<string, readonly number[]>;
  /** Numbers that are the same for all samples. */
  readonly given: ReadonlyMap<string, Given>;
  /** Inputs and targets of each sample. */
  readonly samples: readonly ReadonlyMap<string, Given>[];
  readonly reduction: "mean" | "sum";
  /** Id of the loss of one sample, which contains its share of the penalty. */
  readonly loss: string;
  readonly parameters: readonly string[];
}

/** Reads a completed description; every number is there, and everything in it has been found valid. */
export function programOf(description: NetworkDescription): Program {
  const reading = readingOf(description);
  const steps = ordered(reading.steps);
  return { ...reading, steps, readers: readersOf(steps) };
}

/** A program whose steps stand in the order of the description. */
export type Reading = Omit<Program, "readers">;

function readingOf(description: NetworkDescription): Reading {
  switch (description.kind) {
    case "layers":
      return layersReading(description);
    case "units":
      return unitsReading(description);
    case "equations":
      return equationsReading(description);
  }
}

function layersReading(description: LayersDescription): Reading {
  const inputs =
    typeof description.inputs === "number"
      ? Array.from({ length: description.inputs }, (_, index) => `a0[${index + 1}]`)
      : description.inputs.map(plainName);
  const names = layerNames(description, inputs.length);
  const steps: Step[] = [];
  const given = new Map<string, Given>();
  let previous: readonly string[] = inputs;
  for (const [index, layer] of description.layers.entries()) {
    const { weights, biases } = names[index]!;
    const preActivations = entriesOf(`z${index + 1}`, layer.units);
    const activations = entriesOf(`a${index + 1}`, layer.units);
    weights.forEach((row, to) => {
      for (const [from, id] of row.entries()) given.set(id, exact(layer.weights![to]![from]!));
      const products: Operand[][] = row.map((id, from) => [id, previous[from]!]);
      const bias = biases[to];
      steps.push({
        kind: "sum",
        ids: [preActivations[to]!],
        products: bias === undefined ? products : [...products, [bias]],
      });
    });
    for (const id of new Set(biases)) given.set(id, exact(layer.biases![biases.indexOf(id)]!));
    steps.push(...activationSteps(layer.activation, preActivations, activations));
    previous = activations;
  }
  const targets = entriesOf("y", previous.length);
  const loss = lossSteps(
    description,
    previous,
    targets,
    names.flatMap(({ weights }) => weights.flat()),
  );
  return {
    ...loss,
    steps: [...steps, ...loss.steps],
    given,
    samples: sampleList(description.samples).map(
      (sample) => new Map([...zip(inputs, sample.inputs ?? []), ...zip(targets, sample.targets ?? [])]),
    ),
    parameters: [...given.keys()],
  };
}

interface LayerNames {
  /** [to][from] */
  readonly weights: readonly (readonly string[])[];
  /** One per unit, all alike when shared; empty without biases. */
  readonly biases: readonly string[];
}

/** Ids of all parameters: `W1[2,1]`, `b1[2]`, shared `b1`, or `w_1, …` and `b_1, …` where `naming` numbers them. */
function layerNames(description: LayersDescription, inputs: number): readonly LayerNames[] {
  const { naming } = description;
  let [weightCount, biasCount, width] = [0, 0, inputs];
  return description.layers.map(({ units, bias }, index) => {
    const layer = index + 1;
    const [before, from] = [weightCount, width];
    weightCount += units * from;
    width = units;
    const number = (to: number, source: number) =>
      before + (naming === "by-source" ? source * units + to : to * from + source) + 1;
    const weights = counted(units, (to) =>
      counted(from, (source) => (naming ? `w_${number(to, source)}` : `W${layer}[${to + 1},${source + 1}]`)),
    );
    if (bias === "none") return { weights, biases: [] };
    const first = biasCount;
    biasCount += bias === "shared" ? 1 : units;
    const own = (to: number) => (naming ? `b_${first + to + 1}` : `b${layer}[${to + 1}]`);
    const shared = naming ? `b_${first + 1}` : `b${layer}`;
    return { weights, biases: counted(units, bias === "shared" ? () => shared : own) };
  });
}

function unitsReading(description: UnitsDescription): Reading {
  const inputs = description.inputs.map(plainName);
  const outputs = description.outputs.map(plainName);
  const activationOf = (name: string) => (inputs.includes(name) ? name : `a(${name})`);
  const given = new Map(namedNumbers(description.parameters));
  const targets = outputs.map((name) => `y(${name})`);
  const sums = description.units.map((unit): Step => {
    const bias: Operand[][] = unit.bias === undefined ? [] : [[parameter(unit.bias)]];
    const products = edgesOf(unit).map(({ from, weight }): Operand[] => [weight, activationOf(from)]);
    return { kind: "sum", ids: [`z(${plainName(unit.name)})`], products: [...products, ...bias] };
  });
  const weights = description.units.flatMap((unit) => edgesOf(unit).map(({ weight }) => weight));
  const names = new Set(weights.filter((weight) => typeof weight === "string"));
  const loss = lossSteps(description, outputs.map(activationOf), targets, [...names]);
  return {
    ...loss,
    steps: [...sums, ...groupedActivations(description.units), ...loss.steps],
    given,
    samples: sampleList(description.samples).map(
      (sample) =>
        new Map([
          ...namedNumbers(sample.inputs),
          ...namedNumbers(sample.targets).map(([name, value]): [string, Given] => [`y(${name})`, value]),
        ]),
    ),
    parameters: [...given.keys()],
  };
}

function edgesOf(unit: UnitDescription): readonly { readonly from: string; readonly weight: Operand }[] {
  const edges = Array.isArray(unit.from)
    ? unit.from
    : Object.entries(unit.from).map(([name, weight]) => ({ unit: name, weight }));
  return edges.map((edge) => ({ from: plainName(edge.unit), weight: parameter(edge.weight) }));
}

function parameter(weight: string | number): Operand {
  return typeof weight === "string" ? plainName(weight) : weight;
}

/** Units of one vector activation and group are worked out together, all others one by one. */
function groupedActivations(units: readonly UnitDescription[]): readonly Step[] {
  const groups = new Map<string, { activation: ActivationDescription; names: string[] }>();
  for (const { name, activation, group } of units) {
    const vector = vectorKey(activation);
    const key = vector ? `${vector} of group ${group ?? ""}` : `unit ${name}`;
    const known = groups.get(key) ?? { activation, names: [] };
    groups.set(key, known);
    known.names.push(plainName(name));
  }
  return [...groups.values()].flatMap(({ activation, names }) =>
    activationSteps(
      activation,
      names.map((name) => `z(${name})`),
      names.map((name) => `a(${name})`),
    ),
  );
}

/** The key of an activation that joins several units, nothing for one of single units. */
function vectorKey(activation: ActivationDescription): string | undefined {
  const key = functionKey(catalogueName(activation) ?? "");
  return key === "softmax" || key === "logsoftmax" ? key : undefined;
}

/** The catalogue name of an activation; own formulas and abstract functions have none. */
function catalogueName(activation: ActivationDescription): string | undefined {
  if (typeof activation === "string") return activation;
  return "formula" in activation || "abstract" in activation ? undefined : activation.name;
}

function activationSteps(
  activation: ActivationDescription,
  from: readonly string[],
  to: readonly string[],
): readonly Step[] {
  const key = vectorKey(activation);
  if (key !== undefined) return [{ kind: "vector", ids: to, key, args: from }];
  return to.map((id, index) => ({
    kind: "formula",
    ids: [id],
    tree: activationTree(activation, from[index]!),
  }));
}

function activationTree(activation: ActivationDescription, argument: string): Tree {
  if (typeof activation === "object" && "formula" in activation) {
    return treeOf(parseFormula(activation.formula), activation.formula, (name) =>
      name === "x" ? argument : undefined,
    );
  }
  const name = catalogueName(activation);
  if (name === undefined) throw new Error("An abstract function has no numbers for the referee.");
  const alpha = typeof activation === "object" && "alpha" in activation ? activation.alpha : undefined;
  return callTree(name, alpha === undefined ? [argument] : [argument, exact(alpha)]);
}

interface LossSteps {
  readonly steps: readonly Step[];
  readonly reduction: "mean" | "sum";
  readonly loss: string;
}

/**
 * E = Σ_k E[k] or (1/K) Σ_k E[k], and R = (λ/2n) Σ w² added to it where there is an `l2`; over a sum of n samples each
 * gets R/n, so that the samples add up to a total with one R.
 */
function lossSteps(
  description: LayersDescription | UnitsDescription,
  outputs: readonly string[],
  targets: readonly string[],
  weights: readonly string[],
): LossSteps {
  const { aggregate, logits, treeFor } = lossReading(description.loss);
  const { l2, reduction = "mean" } = description;
  const arguments_ = logits === undefined ? outputs : outputs.map((id) => `${logits}(${id})`);
  const steps: Step[] =
    logits === undefined
      ? []
      : [{ kind: "vector", ids: arguments_, key: functionKey(logits), args: outputs }];
  const alone = l2 === undefined ? "E" : "E(1)";
  const parts = outputs.length === 1 ? [alone] : entriesOf("E", outputs.length);
  parts.forEach((id, index) => {
    steps.push({ kind: "formula", ids: [id], tree: treeFor(arguments_[index]!, targets[index]!) });
  });
  const share = rational(1, aggregate === "mean" ? parts.length : 1);
  const products: Operand[][] = parts.map((id) => [share, id]);
  if (l2 === undefined)
    return { steps: [...steps, { kind: "sum", ids: ["E"], products }], reduction, loss: "E" };
  const samples = sampleList<unknown>(description.samples).length;
  const factor = times(exactRational(l2), rational(1, 2 * samples));
  const squares = weights.map((id): Operand[] => [factor, id, id]);
  steps.push({ kind: "sum", ids: ["R"], products: squares });
  const penalty: Operand[] = [rational(1, reduction === "sum" ? samples : 1), "R"];
  steps.push({ kind: "sum", ids: ["E"], products: [...products, penalty] });
  return { steps, reduction, loss: "E" };
}

interface LossReading {
  readonly aggregate: "sum" | "mean";
  readonly logits?: string;
  readonly treeFor: (yhat: string, y: string) => Tree;
}

function lossReading(loss: LossDescription): LossReading {
  const own = typeof loss === "object" && "formula" in loss ? loss.formula : undefined;
  const name = typeof loss === "string" ? loss : "name" in loss ? loss.name : undefined;
  const row = losses.find((candidate) => candidate.name === name);
  const text = own ?? row?.formula;
  if (text === undefined) throw new Error(`The referee knows no loss "${name}".`);
  const constants = new Map<string, Given>(
    row?.constants?.map(({ name: key, value }) => [key, exact(value)]),
  );
  if (typeof loss === "object" && "delta" in loss && loss.delta !== undefined)
    constants.set("delta", exact(loss.delta));
  const syntax = parseFormula(text);
  return {
    aggregate: row?.aggregate ?? "sum",
    ...(row?.logits && { logits: row.logits }),
    treeFor: (yhat, y) => {
      const operands = new Map<string, Operand>([...constants, ["yhat", yhat], ["y", y]]);
      return treeOf(syntax, text, (id) => operands.get(id));
    },
  };
}

/** The ids that a step reads. */
function needs(step: Step): readonly string[] {
  const isId = (operand: Operand): operand is string => typeof operand === "string";
  switch (step.kind) {
    case "sum":
      return step.products.flat().filter(isId);
    case "formula":
      return step.tree.operands.filter(isId);
    case "vector":
      return step.args;
  }
}

/** The steps in an order in which each follows those it needs (Kahn 1962); linear in steps and operands. */
function ordered(steps: readonly Step[]): readonly Step[] {
  const made = new Set(steps.flatMap((step) => step.ids));
  const readers = readersOf(steps);
  const waitsFor = steps.map((step) => needs(step).filter((id) => made.has(id)).length);
  const ready = steps.filter((_, position) => waitsFor[position] === 0);
  for (const step of ready) {
    for (const position of step.ids.flatMap((id) => readers.get(id) ?? [])) {
      waitsFor[position]! -= 1;
      if (waitsFor[position] === 0) ready.push(steps[position]!);
    }
  }
  return ready;
}

function readersOf(steps: readonly Step[]): ReadonlyMap<string, readonly number[]> {
  const readers = new Map<string, number[]>();
  for (const [position, step] of steps.entries()) {
    for (const id of needs(step)) {
      const known = readers.get(id);
      if (known) known.push(position);
      else readers.set(id, [position]);
    }
  }
  return readers;
}

function sampleList<Sample>(samples: readonly Sample[] | number | undefined): readonly Sample[] {
  if (!Array.isArray(samples)) throw new Error("The referee needs the numbers of the samples.");
  return samples;
}

function entriesOf(name: string, count: number): readonly string[] {
  return counted(count, (index) => `${name}[${index + 1}]`);
}

function counted<Item>(count: number, item: (index: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

function zip(ids: readonly string[], values: readonly NumberLike[]): [string, Given][] {
  return ids.map((id, index) => [id, exact(values[index]!)]);
}
