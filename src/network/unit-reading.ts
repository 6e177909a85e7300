// Reads the parts of a description of single units: connections, parameters by name, activations.
import type { Quantity } from "../expression/expr.ts";
import { Failure } from "../failure.ts";
import type { Activation, Activations } from "./activations.ts";
import type { UnitDescription } from "./description.ts";
import { type Names, readName } from "./names.ts";

/** One connection of a unit: the unit or input that sends, and its weight. */
interface Connection {
  readonly from: string;
  readonly weight: string | number;
  readonly pointer: string;
}

export interface ReadUnit {
  readonly name: string;
  readonly description: UnitDescription;
  readonly activation: Activation;
  readonly connections: readonly Connection[];
  readonly pointer: string;
}

export function readUnit(
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

export function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Parameters in the order in which the units name them; one name used twice is one parameter. */
export class ParameterNames {
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
