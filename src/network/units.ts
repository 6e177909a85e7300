// Compiles a description of single units: any directed acyclic graph, every z and a a quantity without indices.
import { add } from "../expression/build.ts";
import type { Expr, Quantity, SymbolExpr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { fromNumber } from "../expression/rational.ts";
import { didYouMean, Failure } from "../failure.ts";
import { multiply, add as sumOperation } from "../primitives/arithmetic.ts";
import { Activations, activated } from "./activations.ts";
import { addsUpToOne, finish, lossQuantity, type Part, penaltyParts, takeLossIds } from "./assemble.ts";
import type { UnitsDescription } from "./description.ts";
import { lossArgumentAmong, lossOfOutput, outputFactor, readLoss } from "./loss.ts";
import type { LossRow } from "./losses.ts";
import { Names, readName } from "./names.ts";
import type { Network } from "./network.ts";
import { NumberTable } from "./number-table.ts";
import { inDependencyOrder } from "./order.ts";
import { completeUnits, readParameters, readSamples } from "./unit-numbers.ts";
import { ParameterNames, type ReadUnit, readUnit } from "./unit-reading.ts";

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
