// Compiles a description of single units: any directed acyclic graph, every z and a a quantity without indices.

import { add } from "../expression/build.ts";
import type { Expr, Quantity, SymbolExpr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { fromNumber } from "../expression/rational.ts";
import { didYouMean, Failure } from "../failure.ts";
import { multiply, add as sumOperation } from "../primitives/arithmetic.ts";
import { type Activation, Activations, activated } from "./activations.ts";
import { addsUpToOne, finish, lossQuantity, type Part, penaltyParts, takeLossIds } from "./assemble.ts";
import type { NumberLike, UnitDescription, UnitsDescription } from "./description.ts";
import { lossArgumentAmong, lossOfOutput, outputFactor, readLoss } from "./loss.ts";
import type { LossRow } from "./losses.ts";
import { Names, readName } from "./names.ts";
import type { Network } from "./network.ts";
import { readNumber } from "./numbers.ts";
import { NumberTable } from "./numberTable.ts";
import { inDependencyOrder } from "./order.ts";

/** One connection of a unit: the unit or input that sends, and its weight. */
interface Connection {
  readonly from: string;
  readonly weight: string | number;
  readonly pointer: string;
}

interface ReadUnit {
  readonly name: string;
  readonly description: UnitDescription;
  readonly activation: Activation;
  readonly connections: readonly Connection[];
  readonly pointer: string;
}

export function compileUnits(description: UnitsDescription, graph: Graph): Network {
  const numbers = new NumberTable();
  const activations = new Activations(graph);
  const names = new Names();
  takeLossIds(names, description);
  const inputs = description.inputs.map((text, position) => inputOf(text, `/inputs/${position}`, names));
  const order = [...description.inputs, ...description.units.map(({ name }) => name)];
  const units = description.units.map((unit, position) =>
    readUnit(unit, `/units/${position}`, activations, names, order),
  );
  const parameters = new ParameterNames(names);
  for (const unit of units) parameters.collect(unit);

  const parts: Part = {
    quantities: [...inputs],
    parameters: parameters.quantities,
    weights: parameters.weights,
  };
  parts.quantities.push(...parameters.quantities);
  const outputsOf = compileInOrder(units, inputs, parameters, graph, parts, names);
  const outputs = description.outputs.map((name, position) =>
    outputOf(name, `/outputs/${position}`, units, outputsOf),
  );
  const targets = outputs.map(({ quantity }) => targetOf(quantity, description));
  parts.quantities.push(...targets);
  const { loss, targetKind } = unitsLoss(description, units, outputs, targets, graph, parts, numbers);

  readParameters(description, parameters, numbers);
  readSamples(description, inputs, targets, numbers);
  return finish(description, graph, numbers, {
    ...parts,
    inputs,
    targets,
    loss,
    outputs,
    depth: 0,
    abstract: activations.abstract,
    fans: fansOf(units),
    targetKind,
    complete: (table) => completeUnits(description, table, parameters.quantities, inputs, targets),
  });
}

function inputOf(text: string, pointer: string, names: Names): Quantity {
  const name = readName(text, pointer);
  names.take(name, `the input ${name}`, pointer);
  return { id: name, role: "input", ranges: [], formals: [], entryNames: [name] };
}

function readUnit(
  description: UnitDescription,
  pointer: string,
  activations: Activations,
  names: Names,
  order: readonly string[],
): ReadUnit {
  const name = readName(description.name, `${pointer}/name`);
  names.take(name, `the unit ${name}`, `${pointer}/name`);
  const activation = activations.read(description.activation, `${pointer}/activation`);
  if (description.group !== undefined && activation.op.kind !== "vector") {
    throw new Failure(
      "impossible-request",
      `The unit "${name}" is in the group "${description.group}", but only softmax units form groups; leave "group" out.`,
      {
        pointer: `${pointer}/group`,
      },
    );
  }
  return { name, description, activation, connections: connectionsOf(description, pointer, order), pointer };
}

/** As listed; or, where they are the keys of an object, in the order in which the senders are declared. */
function connectionsOf(
  { from }: UnitDescription,
  pointer: string,
  order: readonly string[],
): readonly Connection[] {
  if (Array.isArray(from)) {
    return from.map(({ unit, weight }, position) => ({
      from: readName(unit, `${pointer}/from/${position}/unit`),
      weight: weightOf(weight, `${pointer}/from/${position}/weight`),
      pointer: `${pointer}/from/${position}`,
    }));
  }
  const connections = Object.entries(from).map(([unit, weight]) => {
    const place = `${pointer}/from/${escapePointer(unit)}`;
    return { from: readName(unit, place), weight: weightOf(weight, place), pointer: place };
  });
  return connections.toSorted((left, right) => order.indexOf(left.from) - order.indexOf(right.from));
}

function weightOf(weight: string | number, pointer: string): string | number {
  return typeof weight === "number" ? weight : readName(weight, pointer);
}

function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Parameters in the order in which the units name them; one name used twice is one parameter. */
class ParameterNames {
  readonly quantities: Quantity[] = [];
  readonly weights: Quantity[] = [];
  readonly #byName = new Map<string, Quantity>();
  readonly #names: Names;

  constructor(names: Names) {
    this.#names = names;
  }

  collect(unit: ReadUnit): void {
    for (const { weight, pointer } of unit.connections) this.#add(weight, "weight", pointer);
    if (unit.description.bias !== undefined) {
      this.#add(weightOf(unit.description.bias, `${unit.pointer}/bias`), "bias", `${unit.pointer}/bias`);
    }
  }

  get(name: string): Quantity {
    return this.#byName.get(name)!;
  }

  find(name: string): Quantity | undefined {
    return this.#byName.get(name);
  }

  #add(name: string | number, role: "weight" | "bias", pointer: string): void {
    if (typeof name === "number" || this.#byName.has(name)) return;
    this.#names.take(name, `the ${role} ${name}`, pointer);
    const quantity: Quantity = { id: name, role, ranges: [], formals: [], entryNames: [name] };
    this.#byName.set(name, quantity);
    this.quantities.push(quantity);
    if (role === "weight") this.weights.push(quantity);
  }
}

/** Compiles every unit after those that feed it; softmax units of a group come together. */
function compileInOrder(
  units: readonly ReadUnit[],
  inputs: readonly Quantity[],
  parameters: ParameterNames,
  graph: Graph,
  parts: Part,
  names: Names,
): ReadonlyMap<string, SymbolExpr> {
  const activationOf = new Map(inputs.map((quantity) => [quantity.id, graph.symbol(quantity)]));
  const preActivations = new Map<string, Quantity>();
  const byName = new Map(units.map((unit) => [unit.name, unit]));
  const sources = (unit: ReadUnit): readonly string[] => unit.connections.map(({ from }) => from);
  checkSources(units, names, byName, inputs);

  const groups = softmaxGroups(units);
  const needs = (name: string): readonly string[] => {
    const unit = byName.get(name);
    const group = unit && groups.get(unit);
    return (group ?? (unit ? [unit] : [])).flatMap(sources).filter((source) => byName.has(source));
  };
  for (const name of inDependencyOrder([...byName.keys()], needs, cycleOfUnits(byName))) {
    const unit = byName.get(name)!;
    for (const member of groups.get(unit) ?? [unit]) {
      if (preActivations.has(member.name)) continue;
      const z = preActivationOf(member, activationOf, parameters, graph);
      preActivations.set(member.name, z);
      parts.quantities.push(z);
    }
    const a: Quantity = {
      id: `a(${name})`,
      role: "activation",
      unit: name,
      ranges: [],
      formals: [],
      define: activationExpr(unit, groups.get(unit), preActivations, graph),
    };
    parts.quantities.push(a);
    activationOf.set(name, graph.symbol(a));
  }
  return activationOf;
}

function checkSources(
  units: readonly ReadUnit[],
  names: Names,
  byName: ReadonlyMap<string, ReadUnit>,
  inputs: readonly Quantity[],
): void {
  const senders = new Set([...byName.keys(), ...inputs.map((quantity) => quantity.id)]);
  for (const unit of units) {
    for (const { from, pointer } of unit.connections) {
      if (senders.has(from)) continue;
      const what = names.has(from) ? "a parameter, not a unit or input" : "neither a unit nor an input";
      throw new Failure(
        "unknown-name",
        `The unit "${unit.name}" has a connection from "${from}", which is ${what}.${didYouMean(from, senders)}`,
        { pointer },
      );
    }
  }
}

function cycleOfUnits(byName: ReadonlyMap<string, ReadUnit>): (cycle: readonly string[]) => never {
  return (cycle) => {
    throw new Failure(
      "cycle",
      `The units form a cycle: ${cycle.map((name) => `"${name}"`).join(" feeds ")}; a network must be acyclic, so remove one of these connections.`,
      { pointer: byName.get(cycle[0]!)!.pointer },
    );
  };
}

/** Softmax units by group: all in one, or by the name in `group`. */
function softmaxGroups(units: readonly ReadUnit[]): ReadonlyMap<ReadUnit, readonly ReadUnit[]> {
  const groups = new Map<string, ReadUnit[]>();
  for (const unit of units) {
    if (unit.activation.op.kind !== "vector") continue;
    const key = `${unit.activation.op.name} ${unit.description.group ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), unit]);
  }
  return new Map([...groups.values()].flatMap((members) => members.map((unit) => [unit, members] as const)));
}

/** z = Σ w·a + b, term by term as listed. */
function preActivationOf(
  unit: ReadUnit,
  activationOf: ReadonlyMap<string, SymbolExpr>,
  parameters: ParameterNames,
  graph: Graph,
): Quantity {
  const weighted = unit.connections.map(({ from, weight }) =>
    weightedTerm(graph, weight, activationOf.get(from)!, parameters),
  );
  const { bias } = unit.description;
  const terms = bias === undefined ? weighted : [...weighted, parameterExpr(graph, bias, parameters)];
  const define = terms.length > 1 ? graph.apply(sumOperation, terms) : (terms[0] ?? graph.number(0));
  return { id: `z(${unit.name})`, role: "preActivation", unit: unit.name, ranges: [], formals: [], define };
}

function weightedTerm(
  graph: Graph,
  weight: string | number,
  source: SymbolExpr,
  parameters: ParameterNames,
): Expr {
  return weight === 1 ? source : graph.apply(multiply, [parameterExpr(graph, weight, parameters), source]);
}

function parameterExpr(graph: Graph, written: string | number, parameters: ParameterNames): Expr {
  return typeof written === "number"
    ? graph.number(fromNumber(written))
    : graph.symbol(parameters.get(readName(written, "")));
}

function activationExpr(
  unit: ReadUnit,
  group: readonly ReadUnit[] | undefined,
  preActivations: ReadonlyMap<string, Quantity>,
  graph: Graph,
): Expr {
  const z = (member: ReadUnit): Expr => graph.symbol(preActivations.get(member.name)!);
  if (!group) return activated(graph, unit.activation, z(unit));
  return graph.component(unit.activation.op, group.map(z), group.indexOf(unit) + 1);
}

function outputOf(
  written: string,
  pointer: string,
  units: readonly ReadUnit[],
  outputs: ReadonlyMap<string, SymbolExpr>,
): SymbolExpr {
  const name = readName(written, pointer);
  const names = units.map((unit) => unit.name);
  if (names.includes(name)) return outputs.get(name)!;
  throw new Failure(
    "unknown-name",
    `The output "${name}" is not one of the units.${didYouMean(name, names)}`,
    { pointer },
  );
}

function targetOf(output: Quantity, { outputs, samples, targets }: UnitsDescription): Quantity {
  const one = outputs.length > 1 && (targets === "distribution" || samplesAddUp(samples));
  return {
    id: `y(${output.unit})`,
    role: "target",
    unit: output.unit!,
    ranges: [],
    formals: [],
    ...(one && { sumsToOne: true }),
  };
}

function samplesAddUp(samples: UnitsDescription["samples"]): boolean {
  return (
    Array.isArray(samples) &&
    samples.every(
      ({ targets }, sample) =>
        targets !== undefined && addsUpToOne(Object.values(targets), `/samples/${sample}/targets`),
    )
  );
}

function unitsLoss(
  description: UnitsDescription,
  units: readonly ReadUnit[],
  outputs: readonly SymbolExpr[],
  targets: readonly Quantity[],
  graph: Graph,
  parts: Part,
  numbers: NumberTable,
): { loss: Quantity; targetKind: LossRow["target"] } {
  const last = units.find((unit) => unit.name === outputs[0]!.quantity.unit)!.activation.op.name;
  const loss = readLoss(description.loss, last, "/loss");
  const each = outputs.map((_, position) =>
    lossOfOutput(
      graph,
      loss,
      lossArgumentAmong(graph, loss, outputs, position + 1),
      graph.symbol(targets[position]!),
      "/loss",
    ),
  );
  const rest = penaltyParts(description, graph, parts, numbers);
  const targetKind = loss.row?.target ?? "real";
  if (outputs.length === 1 || loss.aggregate === "mean") {
    return {
      targetKind,
      loss: lossQuantity(rest.join(outputFactor(graph, loss, outputs.length), add(graph, each))),
    };
  }
  const quantities = each.map(
    (define, position): Quantity => ({
      id: `E[${position + 1}]`,
      role: "outputLoss",
      unit: outputs[position]!.quantity.unit!,
      ranges: [],
      formals: [],
      define,
    }),
  );
  parts.quantities.push(...quantities);
  const total = graph.apply(
    sumOperation,
    quantities.map((quantity) => graph.symbol(quantity)),
  );
  return { targetKind, loss: lossQuantity(rest.join(graph.number(1), total)) };
}

function readParameters(
  description: UnitsDescription,
  parameters: ParameterNames,
  numbers: NumberTable,
): void {
  for (const [written, value] of Object.entries(description.parameters ?? {})) {
    const pointer = `/parameters/${escapePointer(written)}`;
    const quantity = parameters.find(readName(written, pointer));
    if (!quantity) {
      const known = parameters.quantities.map(({ id }) => id);
      throw new Failure(
        "unknown-name",
        `The parameter "${written}" is not used by any unit.${didYouMean(written, known)}`,
        { pointer },
      );
    }
    numbers.set(quantity, Float64Array.of(readNumber(value, pointer)));
  }
}

function readSamples(
  description: UnitsDescription,
  inputs: readonly Quantity[],
  targets: readonly Quantity[],
  numbers: NumberTable,
): void {
  if (!Array.isArray(description.samples)) return;
  const inputByName = new Map(inputs.map((quantity) => [quantity.id, quantity]));
  const targetByName = new Map(targets.map((quantity) => [quantity.unit!, quantity]));
  for (const [sample, given] of description.samples.entries()) {
    const read = (
      values: Record<string, NumberLike>,
      known: ReadonlyMap<string, Quantity>,
      field: string,
    ): void => {
      for (const [written, value] of Object.entries(values)) {
        const pointer = `/samples/${sample}/${field}/${escapePointer(written)}`;
        const quantity = known.get(readName(written, pointer));
        if (!quantity) {
          throw new Failure(
            "unknown-name",
            `Sample ${sample + 1} gives ${field} for "${written}", which the network does not have.${didYouMean(written, known.keys())}`,
            { pointer },
          );
        }
        numbers.setSample(sample, quantity, Float64Array.of(readNumber(value, pointer)));
      }
    };
    read(given.inputs ?? {}, inputByName, "inputs");
    read(given.targets ?? {}, targetByName, "targets");
  }
}

/** A weight's fans are those of the unit that first uses it. */
function fansOf(units: readonly ReadUnit[]): (quantity: Quantity) => { fanIn: number; fanOut: number } {
  const fanOut = new Map<string, number>();
  const userOf = new Map<string | number, ReadUnit>();
  for (const unit of units) {
    for (const { from, weight } of unit.connections) {
      fanOut.set(from, (fanOut.get(from) ?? 0) + 1);
      if (!userOf.has(weight)) userOf.set(weight, unit);
    }
  }
  return ({ id }) => {
    const unit = userOf.get(id);
    return {
      fanIn: unit?.connections.length ?? 1,
      fanOut: unit ? Math.max(1, fanOut.get(unit.name) ?? 1) : 1,
    };
  };
}

function completeUnits(
  description: UnitsDescription,
  numbers: NumberTable,
  parameters: readonly Quantity[],
  inputs: readonly Quantity[],
  targets: readonly Quantity[],
): UnitsDescription {
  const reduction = description.reduction ?? "mean";
  if (!description.initialise) return { ...description, reduction };
  const drawn = Object.fromEntries(parameters.map((quantity) => [quantity.id, numbers.get(quantity)![0]!]));
  const given = Array.isArray(description.samples) ? description.samples : [];
  const samples = numbers.samples.map((values, position) => ({
    inputs: {
      ...Object.fromEntries(inputs.map((quantity) => [quantity.id, values.get(quantity)![0]!])),
      ...given[position]?.inputs,
    },
    targets: {
      ...Object.fromEntries(targets.map((quantity) => [quantity.unit!, values.get(quantity)![0]!])),
      ...given[position]?.targets,
    },
  }));
  return { ...description, reduction, parameters: { ...drawn, ...description.parameters }, samples };
}
