// The numbers' own engine: forward pass, adjoints and gradients of a network as compiled loops over doubles.
import { adjoints, type Differentiated, deltaOf } from "../derivative/adjoints.ts";
import { cancel, workOut } from "../derivative/workout.ts";
import { type Expr, entries, entryId, type Quantity } from "../expression/expr.ts";
import { keepSum } from "../expression/rewrite.ts";
import { Failure } from "../failure.ts";
import type { Values } from "../network/network.ts";
import { LoopWriter } from "./loops.ts";
import { Memory } from "./memory.ts";
import { stabilise } from "./stable.ts";

/** A stand-in for an abstract function: its value and its partial derivatives. */
export interface AbstractFunction {
  readonly value: (...args: number[]) => number;
  readonly partial: (slot: number) => (...args: number[]) => number;
}

/** Compiled once, run for any numbers. */
export interface Program {
  readonly memory: Memory;
  readonly deltas: readonly Quantity[];
  /** Where each parameter's gradient lies; `backward` adds to it. */
  readonly gradients: ReadonlyMap<Quantity, Quantity>;
  readonly forward: () => void;
  readonly backward: () => void;
}

/** The loops of a differentiated network; compile time is linear in the size of its definitions. */
export function program(
  differentiated: Differentiated,
  abstract: ReadonlyMap<string, AbstractFunction> = new Map(),
): Program {
  const { network } = differentiated;
  const { deltas, gradients } = adjoints(differentiated, keepSum);
  const spell = numberSpelling(differentiated);
  const gradientOf = new Map(network.parameters.map((parameter) => [parameter, deltaOf(parameter)]));
  const memory = new Memory([...network.quantities, ...deltas, ...gradientOf.values()]);
  const surroundings = {
    functions: [],
    buffers: [],
    abstract: (name: string, slot: number | undefined) => {
      const stand = abstract.get(name)!;
      return slot === undefined ? stand.value : stand.partial(slot);
    },
  };
  const writer = new LoopWriter(surroundings, (quantity) => memory.offsetOf(quantity));
  const { graph } = network;
  const forward = network.quantities
    .filter((quantity) => quantity.define)
    .map((quantity) => writer.assign(quantity, stabilise(graph, quantity.define!), "="));
  const backward = [
    ...deltas.map((delta) => writer.assign(delta, spell(delta.define!), "=")),
    ...[...gradients].map(([parameter, gradient]) =>
      writer.assign(gradientOf.get(parameter)!, spell(gradient), "+="),
    ),
  ];
  return {
    memory,
    deltas,
    gradients: gradientOf,
    forward: load(forward, surroundings, memory),
    backward: load(backward, surroundings, memory),
  };
}

/** Every Σ kept, primes worked out, denominators cancelled, differences spelled stably. */
function numberSpelling({ network: { graph }, fold }: Differentiated): (expr: Expr) => Expr {
  return (expr) => stabilise(graph, cancel(graph, workOut(graph, expr, fold, keepSum), keepSum));
}

function load(
  statements: readonly string[],
  { functions, buffers }: { functions: readonly unknown[]; buffers: readonly Float64Array[] },
  memory: Memory,
): () => void {
  const names = [
    ...functions.map((_, position) => `const F${position} = F[${position}];`),
    ...buffers.map((_, position) => `const V${position} = V[${position}];`),
  ];
  const body = `"use strict";\n${names.join("\n")}\nreturn () => {\n${statements.map((text) => `{\n${text}\n}`).join("\n")}\n};`;
  // The text is our own loops over numbered names; no user text enters it
  const make = new Function("v", "F", "V", body) as (v: Float64Array, F: unknown, V: unknown) => () => void;
  return make(memory.block, functions, buffers);
}

/** Refuses numbers at which a quantity overflows, divides by 0 or leaves a domain; `where` says in which sample. */
export function requireFinite(quantities: Iterable<Quantity>, memory: Memory, where: string): void {
  for (const quantity of quantities) requireFiniteValues(quantity, memory.of(quantity), where);
}

/** The same for values that lie elsewhere. */
export function requireFiniteValues(quantity: Quantity, values: Float64Array, where: string): void {
  const offset = values.findIndex((value) => !Number.isFinite(value));
  if (offset < 0) return;
  const indices = [...entries(quantity)][offset]!;
  const { adjointOf } = quantity;
  const what = adjointOf ? `the derivative by ${entryId(adjointOf, indices)}` : entryId(quantity, indices);
  throw new Failure(
    "not-a-number",
    `At the given numbers ${what}${where} has no finite value: it overflows, divides by 0 or leaves the domain of a function. Choose other weights, inputs or targets.`,
  );
}

/** Copies of what lies in memory for some quantities. */
export function snapshot(memory: Memory, quantities: Iterable<Quantity>): Values {
  return new Map([...quantities].map((quantity) => [quantity, memory.of(quantity).slice()]));
}
