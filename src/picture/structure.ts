// The units of a network and what connects them, read from the definitions: dz/da of a connection is its weight.
import { type Occurrence, occurrences } from "../derivative/occurrences.ts";
import { isWhole } from "../expression/build.ts";
import {
  type Expr,
  entryCount,
  entryId,
  type Index,
  type Quantity,
  type SymbolExpr,
} from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { instantiate } from "../expression/rewrite.ts";
import { didYouMean, Failure } from "../failure.ts";
import type { Network } from "../network/network.ts";

/** A connection into a unit; `weight` is 1 where it has none. */
export interface Connection {
  readonly from: SymbolExpr;
  readonly weight: Expr;
}

export interface Unit {
  readonly activation: SymbolExpr;
  readonly preActivation: SymbolExpr;
  /** From 1: the longest way from an input. */
  readonly column: number;
  readonly connections: readonly Connection[];
  readonly bias?: SymbolExpr;
}

interface Input {
  readonly symbol: SymbolExpr;
  readonly column: number;
}

/** A layer of which only some units are shown: where the dots stand. */
interface Gap {
  readonly column: number;
  /** The shown units or inputs above and below the dots, and how many the dots stand for. */
  readonly after: SymbolExpr;
  readonly before: SymbolExpr;
  readonly count: number;
}

export interface Structure {
  readonly inputs: readonly Input[];
  readonly units: readonly Unit[];
  readonly gaps: readonly Gap[];
  readonly outputs: readonly SymbolExpr[];
  /** Column of the last units. */
  readonly depth: number;
}

/** Layers up to this width are shown whole; of wider ones the first `shownFirst` units and the last. */
export const widestWhole = 6;
export const shownFirst = 3;

/** The units that are shown. Linear in their connections, whatever the width of the layers. */
export function structureOf(network: Network): Structure {
  const columns = new Map<Quantity, number>();
  for (const quantity of network.inputs) columns.set(quantity, 0);
  const units: Unit[] = [];
  for (const quantity of network.quantities) {
    if (quantity.role !== "preActivation") continue;
    const activation = activationOf(network, quantity);
    const found = sourcesOf(network, quantity);
    const column = 1 + Math.max(0, ...found.map(({ symbol }) => columns.get(symbol.quantity) ?? 0));
    columns.set(activation, column);
    for (const preActivation of entriesShown(network.graph, quantity))
      units.push({
        preActivation,
        activation: network.graph.symbol(activation, preActivation.indices),
        column,
        connections: found
          .filter(({ symbol }) => symbol.quantity.role !== "bias")
          .flatMap((occurrence) => connectionsOf(network.graph, preActivation, occurrence)),
        ...biasOf(network.graph, preActivation, found),
      });
  }
  const inputs = network.inputs.flatMap((quantity) =>
    entriesShown(network.graph, quantity).map((symbol) => ({ symbol, column: columnBefore(symbol, units) })),
  );
  const gaps = [...columns].flatMap(([quantity, column]) => gapOf(network.graph, quantity, column));
  const outputs = network.outputs.filter((symbol) => units.some(({ activation }) => activation === symbol));
  return { inputs, units, gaps, outputs, depth: Math.max(0, ...units.map(({ column }) => column)) };
}

/** Inputs stand right before the first unit that they enter. */
function columnBefore(input: SymbolExpr, units: readonly Unit[]): number {
  const users = units.filter(({ connections }) => connections.some(({ from }) => from === input));
  return users.length === 0 ? 0 : Math.min(...users.map(({ column }) => column)) - 1;
}

/** The positions shown of a quantity with one index. */
function positionsShown(quantity: Quantity): readonly number[] {
  const count = entryCount(quantity);
  const all = Array.from({ length: Math.min(count, widestWhole) }, (_, position) => position + 1);
  return count > widestWhole ? [...all.slice(0, shownFirst), count] : all;
}

function entriesShown(graph: Graph, quantity: Quantity): readonly SymbolExpr[] {
  if (quantity.ranges.length === 0) return [graph.symbol(quantity)];
  return positionsShown(quantity).map((position) => graph.symbol(quantity, [position]));
}

function gapOf(graph: Graph, quantity: Quantity, column: number): readonly Gap[] {
  const width = quantity.ranges.length === 0 ? 1 : entryCount(quantity);
  if (width <= widestWhole) return [];
  const [after, before] = [shownFirst, width].map((position) => graph.symbol(quantity, [position]));
  return [{ column, after: after!, before: before!, count: width - shownFirst - 1 }];
}

/** The activation that a pre-activation leads to: of the same layer, or of the same unit. */
function activationOf({ quantities }: Network, { layer, unit }: Quantity): Quantity {
  return quantities.find(
    (other) =>
      (other.role === "activation" || other.role === "output") &&
      other.layer === layer &&
      other.unit === unit,
  )!;
}

/** What a weighted sum is made of: inputs and activations, and the bias. */
function sourcesOf({ graph }: Network, { define }: Quantity): readonly Occurrence[] {
  const roles = ["input", "activation", "output", "bias"];
  return occurrences(graph, define!, ({ role }) => roles.includes(role));
}

function connectionsOf(graph: Graph, unit: SymbolExpr, occurrence: Occurrence): readonly Connection[] {
  const { symbol, cofactor, binders } = occurrence;
  let all: ReadonlyMap<string, Index>[] = [lettersOf(unit)];
  for (const { letter } of binders)
    all = all.flatMap((letters) =>
      positionsShown(symbol.quantity).map((position) => new Map(letters).set(letter, position)),
    );
  return all.map((letters) => ({
    from: entryAt(graph, symbol, letters),
    weight: instantiate(graph, cofactor, letters),
  }));
}

function biasOf(
  graph: Graph,
  unit: SymbolExpr,
  found: readonly Occurrence[],
): { readonly bias?: SymbolExpr } {
  const occurrence = found.find(({ symbol }) => symbol.quantity.role === "bias");
  return occurrence ? { bias: entryAt(graph, occurrence.symbol, lettersOf(unit)) } : {};
}

function entryAt(
  graph: Graph,
  { quantity, indices }: SymbolExpr,
  letters: ReadonlyMap<string, Index>,
): SymbolExpr {
  return graph.symbol(
    quantity,
    indices.map((index) => (typeof index === "string" ? letters.get(index)! : index)),
  );
}

/** The indices that a unit's definition is written in. */
function lettersOf({ quantity, indices }: SymbolExpr): ReadonlyMap<string, Index> {
  return new Map(quantity.formals.map((formal, axis) => [formal, indices[axis]!]));
}

/** The units that a loss is computed from, by their activations or, where it takes logits, their pre-activations. */
export function unitsBelow(network: Network, { units }: Structure, loss: SymbolExpr): readonly Unit[] {
  const own = ["activation", "output", "preActivation"];
  const found = occurrences(network.graph, loss.quantity.define!, ({ role }) => own.includes(role));
  const symbols = new Set(
    found.flatMap((occurrence) =>
      connectionsOf(network.graph, loss, { ...occurrence, cofactor: network.graph.number(1) }).map(
        ({ from }) => from,
      ),
    ),
  );
  return units.filter(
    ({ activation, preActivation }) => symbols.has(activation) || symbols.has(preActivation),
  );
}

/** The unit that a weight or bias enters. Throws Failure `unknown-name` for any other id. */
export function unitOf({ units }: Structure, parameter: string): Unit {
  const own = ({ connections, bias }: Unit): readonly string[] =>
    [...connections.map(({ weight }) => weight), bias].flatMap((expr) =>
      expr?.kind === "symbol" ? [entryId(expr.quantity, expr.indices as readonly number[])] : [],
    );
  const unit = units.find((candidate) => own(candidate).includes(parameter));
  if (unit) return unit;
  throw new Failure(
    "unknown-name",
    `"${parameter}" is not a weight or bias that the picture shows.${didYouMean(parameter, units.flatMap(own))}`,
    { pointer: "/render/parameter" },
  );
}

/** The losses of single outputs that are shown; none where the loss is no sum over outputs. */
export function outputLosses({ graph, quantities }: Network): readonly SymbolExpr[] {
  return quantities
    .filter(({ role }) => role === "outputLoss")
    .flatMap((quantity) => entriesShown(graph, quantity));
}

/** Whether a connection multiplies by something. */
export const isWeighted = ({ weight }: Connection) => !isWhole(weight, 1);
