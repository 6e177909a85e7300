// Layer marks of equations: the `^(2)` of a name such as z_1^(2), told from a power.
import { layerMark } from "../expression/formula.ts";
import type { EquationSyntax, Syntax } from "../expression/syntax.ts";
import { Failure } from "../failure.ts";
import type { Names } from "./names.ts";

/** An equation with the text that it was read from. */
export interface Equation extends EquationSyntax {
  readonly text: string;
  readonly pointer: string;
}

/** Tells layer marks from powers: `z_1^(2)` is a name where a left-hand side is called so, else z_1 squared. */
export class LayerMarks {
  readonly #equations: readonly Equation[];
  readonly #names: Names;
  /** An equation whose left-hand side has a mark, by the name without it. */
  readonly #marked: ReadonlyMap<string, Equation>;

  constructor(equations: readonly Equation[], names: Names) {
    this.#equations = equations;
    this.#names = names;
    const marked = equations.filter(({ name }) => name.includes("^"));
    this.#marked = new Map(
      marked.map((equation) => [equation.name.slice(0, equation.name.indexOf("^")), equation]),
    );
  }

  /** The formula with its layer marks as names; a power of a name that has marks too is refused. */
  read(syntax: Syntax, where: Equation): Syntax {
    if (this.#marked.size === 0) return syntax;
    switch (syntax.kind) {
      case "number":
      case "name":
      case "entry":
        return syntax;
      case "negative":
        return { ...syntax, of: this.read(syntax.of, where) };
      case "call":
        return { ...syntax, args: syntax.args.map((arg) => this.read(arg, where)) };
      case "binary": {
        const name = this.#markedName(syntax, where);
        if (name !== undefined) return { kind: "name", name, position: syntax.position };
        return { ...syntax, left: this.read(syntax.left, where), right: this.read(syntax.right, where) };
      }
    }
  }

  /** The name that a power really is. */
  #markedName(power: Syntax & { kind: "binary" }, where: Equation): string | undefined {
    const mark = layerMark(power, where.text);
    if (mark !== undefined && this.#names.has(mark)) return mark;
    const { left: base, operator } = power;
    const other = operator === "^" && base.kind === "name" ? this.#marked.get(base.name) : undefined;
    if (base.kind !== "name" || other === undefined) return undefined;
    if (mark !== undefined && !this.#names.has(base.name)) return mark;
    const number = (equation: Equation): number =>
      this.#equations.findIndex(({ name }) => name === equation.name) + 1;
    throw new Failure(
      "clash",
      `Equation ${number(where)} takes a power of "${base.name}", while "${other.name}" is the left-hand side of equation ${number(other)}; rename one of them, or write the power as a product.`,
      { pointer: where.pointer, position: power.position },
    );
  }
}
