// From an activation's description to the operation that a layer or unit applies.
import type { Expr, Quantity, Range } from "../expression/expr.ts";
import { parseFormula } from "../expression/formula.ts";
import type { Graph } from "../expression/graph.ts";
import { type OwnOperation, ownValue } from "../expression/own.ts";
import { parseRational, type Rational } from "../expression/rational.ts";
import { didYouMean, Failure } from "../failure.ts";
import { primitives } from "../primitives/index.ts";
import type { Operation, Primitive } from "../primitives/primitive.ts";
import type { ActivationDescription } from "./description.ts";
import { readName } from "./names.ts";
import { exactNumber } from "./numbers.ts";

export interface Activation {
  readonly op: Operation;
  /** Constants after the argument: leaky-relu's alpha. */
  readonly constants: readonly Rational[];
}

const rows = primitives.filter((row) => row.activation);

/** Reads activations; an own formula or abstract function of one name is one operation throughout the network. */
export class Activations {
  readonly #graph: Graph;
  readonly #own = new Map<string, Operation>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Names of the abstract functions met so far. */
  get abstract(): readonly string[] {
    return [...this.#own.values()].filter((op) => op.kind === "abstract").map((op) => op.name);
  }

  read(description: ActivationDescription, pointer: string): Activation {
    if (typeof description === "string")
      return completed(catalogueRow(description, pointer), undefined, pointer);
    if ("abstract" in description)
      return { op: this.#abstract(readName(description.abstract, `${pointer}/abstract`)), constants: [] };
    if ("formula" in description) return { op: this.#formula(description, pointer), constants: [] };
    return completed(catalogueRow(description.name, `${pointer}/name`), description.alpha, pointer);
  }

  #abstract(name: string): Operation {
    return this.#once(name, () => ({ name, kind: "abstract", primed: true, spelling: plainSpelling(name) }));
  }

  #formula(description: { formula: string; name?: string }, pointer: string): Operation {
    const name = description.name === undefined ? "f" : readName(description.name, `${pointer}/name`);
    const key = `${name}: ${description.formula}`;
    return this.#once(key, () => {
      try {
        const own: OwnOperation = {
          name,
          kind: "scalar",
          primed: true,
          spelling: plainSpelling(name),
          formula: parseFormula(description.formula),
        };
        ownValue(this.#graph, own, this.#graph.symbol(probe));
        return own;
      } catch (error) {
        if (error instanceof Failure)
          throw new Failure(error.code, error.message, { ...error.details, pointer: `${pointer}/formula` });
        throw error;
      }
    });
  }

  #once(key: string, make: () => Operation): Operation {
    const known = this.#own.get(key);
    if (known) return known;
    const made = make();
    this.#own.set(key, made);
    return made;
  }
}

/** Stands for x while an own formula is tried. */
const probe: Quantity = { id: "x", role: "intermediate", ranges: [], formals: [] };

export function plainSpelling(name: string): Operation["spelling"] {
  return { latex: name, plain: name, speech: { en: name, de: name } };
}

function catalogueRow(name: string, pointer: string): Primitive {
  const row = rows.find((candidate) => candidate.name === name);
  if (row) return row;
  const names = rows.map((candidate) => candidate.name);
  throw new Failure(
    "unknown-name",
    `Unknown activation "${name}"; the catalogue has ${names.join(", ")}.${didYouMean(name, names)}`,
    { pointer },
  );
}

function completed(row: Primitive, alpha: string | number | undefined, pointer: string): Activation {
  const defaults = row.constants ?? [];
  if (alpha === undefined)
    return { op: row, constants: defaults.map((constant) => parseRational(constant.value)!) };
  if (!defaults.some((constant) => constant.name === "alpha")) {
    throw new Failure(
      "impossible-request",
      `The activation "${row.name}" has no constant alpha; leave "alpha" out.`,
      { pointer: `${pointer}/alpha` },
    );
  }
  return { op: row, constants: [exactNumber(alpha, `${pointer}/alpha`)] };
}

/** The activation of one unit: f(z), or z itself for the identity. */
export function activated(graph: Graph, activation: Activation, preActivation: Expr): Expr {
  if (activation.op.name === "identity") return preActivation;
  return graph.apply(activation.op, [
    preActivation,
    ...activation.constants.map((constant) => graph.number(constant)),
  ]);
}

/** The activations of a whole layer: entry `at` of f(z), or f(z_at). */
export function activatedLayer(
  graph: Graph,
  activation: Activation,
  over: Range,
  z: (at: string) => Expr,
  at: string,
): Expr {
  if (activation.op.kind !== "vector") return activated(graph, activation, z(at));
  const letter = graph.freshLetter();
  return graph.componentOver(activation.op, over, letter, z(letter), at);
}
