// The referee's own reading of equations: one step for each left-hand side, or for each entry of one that is a vector.
import { parseEquation } from "../../expression/formula.ts";
import type { EquationSyntax, Syntax } from "../../expression/syntax.ts";
import type { EquationsDescription } from "../../network/description.ts";
import type { Given } from "./field.ts";
import { exact, plainName } from "./given.ts";
import { type OperandOf, treeOf } from "./tree.ts";
import type { Reading, Step } from "./walk.ts";

type Equation = EquationSyntax & { readonly text: string };

export function equationsReading(description: EquationsDescription): Reading {
  const equations = description.equations.map((text): Equation => ({ text, ...parseEquation(text) }));
  const sizes = new Sizes(description, equations);
  const numbersOf = (given: EquationsDescription["parameters"] = {}): [string, Given][] => {
    if (Array.isArray(given)) throw new Error("The referee needs numbers, not names alone.");
    return Object.entries(given).flatMap(([written, value]) => {
      const name = plainName(written);
      const size = sizes.of(name);
      const values = typeof value === "object" ? value : [value];
      return idsOf(name, size).map((id, at): [string, Given] => [id, exact(values[at]!)]);
    });
  };
  const parameters = numbersOf(description.parameters);
  const given = new Map([...parameters, ...numbersOf(description.constants)]);
  const known = new Set([...given.keys(), ...equations.flatMap(({ name }) => idsOf(name, sizes.of(name)))]);
  return {
    steps: equations.flatMap((equation) => stepsOf(equation, sizes, known)),
    given,
    samples: [new Map()],
    reduction: "mean",
    loss: plainName(description.loss),
    parameters: parameters.map(([name]) => name),
  };
}

function stepsOf({ name, right, text }: Equation, sizes: Sizes, known: ReadonlySet<string>): readonly Step[] {
  const operandAt =
    (entry: number): OperandOf =>
    (id) => {
      const at = sizes.of(id) === undefined ? id : `${id}[${entry}]`;
      return known.has(at) ? at : undefined;
    };
  const size = sizes.of(name);
  return idsOf(name, size).map((id, position): Step => {
    // Positions count from the start of the equation, so its whole text tells layer marks from powers.
    const tree = treeOf(right, text, operandAt(position + 1), ({ name: called, args }) => {
      const over = called === "sum" ? sizes.ofFormula(args[0]!) : undefined;
      return over === undefined ? undefined : numbersTo(over).map(operandAt);
    });
    return { kind: "formula", ids: [id], tree };
  });
}

/** How many entries each name has; nothing for a single number. */
class Sizes {
  readonly #declared: ReadonlyMap<string, number>;
  readonly #equations: ReadonlyMap<string, Syntax>;
  readonly #found = new Map<string, number | undefined>();

  constructor({ shapes = {} }: EquationsDescription, equations: readonly Equation[]) {
    this.#declared = new Map(Object.entries(shapes).map(([name, [size]]) => [plainName(name), Number(size)]));
    this.#equations = new Map(equations.map(({ name, right }) => [name, right]));
  }

  of(name: string): number | undefined {
    if (this.#declared.size === 0) return undefined;
    if (!this.#found.has(name)) {
      const formula = this.#equations.get(name);
      this.#found.set(name, this.#declared.get(name) ?? (formula && this.ofFormula(formula)));
    }
    return this.#found.get(name);
  }

  ofFormula(syntax: Syntax): number | undefined {
    switch (syntax.kind) {
      case "number":
      case "entry":
        return undefined;
      case "name":
        return this.of(syntax.name);
      case "negative":
        return this.ofFormula(syntax.of);
      case "binary":
        return this.ofFormula(syntax.left) ?? this.ofFormula(syntax.right);
      case "call":
        if (syntax.name === "sum") return undefined;
        return syntax.args.map((arg) => this.ofFormula(arg)).find((size) => size !== undefined);
    }
  }
}

function idsOf(name: string, size: number | undefined): readonly string[] {
  return size === undefined ? [name] : numbersTo(size).map((entry) => `${name}[${entry}]`);
}

function numbersTo(size: number): readonly number[] {
  return Array.from({ length: size }, (_, position) => position + 1);
}
