// Compiles named equations: each left-hand side is a quantity, the loss is one of them.
import { callIn, type Scope, toExpr } from "../expression/convert.ts";
import type { Expr, Quantity } from "../expression/expr.ts";
import { layerMark, parseEquation } from "../expression/formula.ts";
import { catalogue } from "../expression/functions.ts";
import type { Graph } from "../expression/graph.ts";
import type { EquationSyntax, Syntax } from "../expression/syntax.ts";
import { didYouMean, Failure } from "../failure.ts";
import type { Operation } from "../primitives/primitive.ts";
import { plainSpelling } from "./activations.ts";
import { finish, type Part } from "./assemble.ts";
import type { EquationsDescription, NumberLike } from "./description.ts";
import { Names, readName } from "./names.ts";
import type { Network } from "./network.ts";
import { readNumber } from "./numbers.ts";
import { NumberTable } from "./numberTable.ts";
import { inDependencyOrder } from "./order.ts";

interface Equation extends EquationSyntax {
  readonly text: string;
  readonly pointer: string;
}

export function compileEquations(description: EquationsDescription, graph: Graph): Network {
  const numbers = new NumberTable();
  const names = new Names();
  const declaredParameters = declared(description.parameters, "parameter", "/parameters", names, numbers);
  const constants = declared(description.constants ?? [], "constant", "/constants", names, numbers);
  const equations = readEquations(description.equations, names);
  const parameters = inOrderOfUse(declaredParameters, equations);
  const functions = abstractFunctions(description, equations);

  const parts: Part = { quantities: [...constants, ...parameters], parameters, weights: [] };
  const symbols = new Map(
    parts.quantities.map((quantity): [string, Expr] => [quantity.id, graph.symbol(quantity)]),
  );
  const loss = lossName(description, equations);
  for (const equation of sorted(equations)) {
    const define = definition(equation, graph, symbols, functions);
    const quantity = quantityOf(equation.name, equation.name === loss ? "loss" : "intermediate", define);
    symbols.set(equation.name, graph.symbol(quantity));
    parts.quantities.push(quantity);
  }
  return finish(description, graph, numbers, {
    ...parts,
    inputs: [],
    targets: [],
    constants,
    loss: parts.quantities.find((quantity) => quantity.id === loss)!,
    outputs: [],
    depth: 0,
    abstract: [...functions.keys()],
    complete: () => description,
  });
}

/** Parameters as the equations mention them, so that the order of keys in the request decides nothing. */
function inOrderOfUse(parameters: readonly Quantity[], equations: readonly Equation[]): Quantity[] {
  const order = [...new Set(equations.flatMap(({ right }) => [...namesIn(right)]))];
  const place = ({ id }: Quantity): number => (order.includes(id) ? order.indexOf(id) : order.length);
  return parameters.toSorted((left, right) => place(left) - place(right));
}

function quantityOf(name: string, role: Quantity["role"], define?: Expr): Quantity {
  return { id: name, role, ranges: [], formals: [], entryNames: [name], ...(define && { define }) };
}

/** Names with numbers, or a list of names without. */
function declared(
  given: Record<string, NumberLike> | readonly string[],
  role: "parameter" | "constant",
  pointer: string,
  names: Names,
  numbers: NumberTable,
): Quantity[] {
  const entries: readonly (readonly [string, NumberLike | undefined, string])[] = Array.isArray(given)
    ? given.map((name: string, position) => [name, undefined, `${pointer}/${position}`] as const)
    : Object.entries(given as Record<string, NumberLike>).map(
        ([name, value]) => [name, value, `${pointer}/${name}`] as const,
      );
  return entries.map(([written, value, place]) => {
    const name = readName(written, place);
    names.take(name, `the ${role} ${name}`, place);
    const quantity = quantityOf(name, role);
    if (value !== undefined) numbers.set(quantity, Float64Array.of(readNumber(value, place)));
    return quantity;
  });
}

function readEquations(texts: readonly string[], names: Names): readonly Equation[] {
  const equations = texts.map((text, position) => {
    const pointer = `/equations/${position}`;
    const equation = located(pointer, () => parseEquation(text));
    names.take(equation.name, `the left-hand side of equation ${position + 1}`, pointer);
    return { ...equation, text, pointer };
  });
  const marks = new LayerMarks(equations, names);
  return equations.map((equation) => ({ ...equation, right: marks.read(equation.right, equation) }));
}

/** Tells layer marks from powers: `z_1^(2)` is a name where a left-hand side is called so, else z_1 squared. */
class LayerMarks {
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

/** Declared functions, and left-hand sides that are their own abstract function: x = x(t). */
function abstractFunctions(
  description: EquationsDescription,
  equations: readonly Equation[],
): ReadonlyMap<string, Operation> {
  const declaredNames = (description.functions ?? []).map((text, position) =>
    readName(text, `/functions/${position}`),
  );
  const own = equations.filter(isOwnFunction).map((equation) => equation.name);
  const names = [...new Set([...declaredNames, ...own])];
  return new Map(
    names.map((name) => [name, { name, kind: "abstract", primed: true, spelling: plainSpelling(name) }]),
  );
}

function isOwnFunction({ name, right }: EquationSyntax): boolean {
  return right.kind === "call" && right.name === name;
}

function lossName({ loss: text }: EquationsDescription, equations: readonly Equation[]): string {
  const loss = readName(text, "/loss");
  const names = equations.map((equation) => equation.name);
  if (names.includes(loss)) return loss;
  throw new Failure(
    "unknown-name",
    `The loss "${loss}" is not the left-hand side of any equation.${didYouMean(loss, names)}`,
    { pointer: "/loss" },
  );
}

function sorted(equations: readonly Equation[]): readonly Equation[] {
  const byName = new Map(equations.map((equation) => [equation.name, equation]));
  const needs = (name: string): readonly string[] =>
    [...namesIn(byName.get(name)!.right)].filter((used) => byName.has(used));
  const order = inDependencyOrder([...byName.keys()], needs, (cycle) => {
    throw new Failure(
      "cycle",
      `The equations form a cycle: ${cycle.map((name) => `"${name}"`).join(" is needed for ")}; define each quantity by earlier ones only.`,
      { pointer: byName.get(cycle[0]!)!.pointer },
    );
  });
  return order.map((name) => byName.get(name)!);
}

function namesIn(syntax: Syntax, found = new Set<string>()): Set<string> {
  switch (syntax.kind) {
    case "name":
      return found.add(syntax.name);
    case "negative":
      return namesIn(syntax.of, found);
    case "binary":
      return namesIn(syntax.right, namesIn(syntax.left, found));
    case "call":
      for (const arg of syntax.args) namesIn(arg, found);
      return found;
    case "number":
    case "entry":
      return found;
  }
}

function definition(
  equation: Equation,
  graph: Graph,
  symbols: ReadonlyMap<string, Expr>,
  functions: ReadonlyMap<string, Operation>,
): Expr {
  const scope: Scope = {
    value: (name) => symbols.get(name),
    names: symbols.keys(),
    call: callIn(graph, functions, catalogue),
  };
  return located(equation.pointer, () => toExpr(graph, equation.right, scope));
}

/** Failures of a formula get the pointer of the equation that it stands in. */
function located<Result>(pointer: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof Failure
      ? new Failure(error.code, error.message, { ...error.details, pointer })
      : error;
  }
}
