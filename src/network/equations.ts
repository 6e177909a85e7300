// Compiles named equations: each left-hand side is a quantity, the loss is one of them.
import type { Quantity } from "../expression/expr.ts";
import { parseEquation } from "../expression/formula.ts";
import type { Graph } from "../expression/graph.ts";
import type { EquationSyntax, Syntax } from "../expression/syntax.ts";
import { didYouMean, Failure } from "../failure.ts";
import type { Operation } from "../primitives/primitive.ts";
import { plainSpelling } from "./activations.ts";
import { finish, type Part } from "./assemble.ts";
import { definitionOf, type Known } from "./definitions.ts";
import type { EquationsDescription, NumberLike } from "./description.ts";
import { type Equation, LayerMarks } from "./layer-marks.ts";
import { Names, readName } from "./names.ts";
import type { Network } from "./network.ts";
import { NumberTable } from "./number-table.ts";
import { readNumber } from "./numbers.ts";
import { inDependencyOrder } from "./order.ts";
import { readShapes, requireKnown, type Shape, type Shapes, shapeText } from "./shapes.ts";
import { grouped } from "./vectors.ts";

export function compileEquations(description: EquationsDescription, graph: Graph): Network {
  const numbers = new NumberTable();
  const names = new Names();
  requireOneOf(description);
  const shapes = readShapes(description, names);
  const declaredParameters = declared(description.parameters, "parameter", shapes, names, numbers);
  const constants = declared(description.constants ?? [], "constant", shapes, names, numbers);
  const equations = readEquations(description.equations, names);
  requireKnown(shapes, names);
  const parameters = inOrderOfUse(declaredParameters, equations);
  const functions = abstractFunctions(description, equations);

  const parts: Part = { quantities: [...constants, ...parameters], parameters, weights: [] };
  const known: Known = {
    quantities: new Map(parts.quantities.map((each) => [each.id, each])),
    functions,
    shapes,
  };
  const loss = lossName(description, equations);
  for (const equation of sorted(equations)) {
    const { shape, ...definition } = located(equation.pointer, () =>
      definitionOf({ ...equation, number: equations.indexOf(equation) + 1 }, graph, known),
    );
    if (equation.name === loss) requireSingle(loss, shape, equation.pointer);
    const quantity = quantityOf(
      equation.name,
      equation.name === loss ? "loss" : "intermediate",
      shape,
      definition,
    );
    known.quantities.set(equation.name, quantity);
    parts.quantities.push(quantity);
  }
  const network = finish(description, graph, numbers, {
    ...parts,
    inputs: [],
    targets: [],
    constants,
    loss: known.quantities.get(loss)!,
    outputs: [],
    depth: 0,
    abstract: [...functions.keys()],
    complete: () => description,
  });
  return description.vectors
    ? { ...network, grouped: grouped(network, description.vectors, names) }
    : network;
}

function requireOneOf({ vectors, shapes }: EquationsDescription): void {
  if (!vectors || !shapes) return;
  throw new Failure(
    "impossible-request",
    `"vectors" puts single quantities together, and "shapes" makes quantities vectors from the start; a description has the one or the other.`,
    { pointer: "/vectors" },
  );
}

function requireSingle(loss: string, shape: Shape, pointer: string): void {
  if (shape.length === 0) return;
  throw new Failure(
    "wrong-shape",
    `The loss "${loss}" has the shape ${shapeText(shape)}, and a loss is a single number; add up its entries, as in ${loss} = sum(…), or leave it open, as in ${loss} = ${loss}(y).`,
    { pointer },
  );
}

/** Parameters as the equations mention them, so that the order of keys in the request decides nothing. */
function inOrderOfUse(parameters: readonly Quantity[], equations: readonly Equation[]): Quantity[] {
  const order = [...new Set(equations.flatMap(({ right }) => [...namesIn(right)]))];
  const place = ({ id }: Quantity): number => (order.includes(id) ? order.indexOf(id) : order.length);
  return parameters.toSorted((left, right) => place(left) - place(right));
}

/** Single numbers print as they are called; the entries of a vector by its name and their index. */
function quantityOf(
  name: string,
  role: Quantity["role"],
  shape: Shape,
  definition: Pick<Quantity, "define" | "whole"> = {},
): Quantity {
  const ranges = { ranges: shape, formals: shape.map((_, axis) => `$${axis}`) };
  return { id: name, role, ...ranges, ...(shape.length === 0 && { entryNames: [name] }), ...definition };
}

/** Names with numbers, or a list of names without. */
function declared(
  given: EquationsDescription["parameters"],
  role: "parameter" | "constant",
  shapes: Shapes,
  names: Names,
  numbers: NumberTable,
): Quantity[] {
  const field = `/${role}s`;
  const entries: readonly (readonly [string, Given | undefined, string])[] = Array.isArray(given)
    ? given.map((name, position) => [name, undefined, `${field}/${position}`] as const)
    : Object.entries(given).map(([name, value]) => [name, value, `${field}/${name}`] as const);
  return entries.map(([written, value, place]) => {
    const name = readName(written, place);
    names.take(name, `the ${role} ${name}`, place);
    const quantity = quantityOf(name, role, shapes.get(name) ?? []);
    if (value !== undefined) setNumbers(numbers, quantity, value, place);
    return quantity;
  });
}

type Given = NumberLike | readonly NumberLike[];

/** One number, or as many as a vector has entries. */
function setNumbers(numbers: NumberTable, quantity: Quantity, value: Given, pointer: string): void {
  const { id, ranges } = quantity;
  const isList = typeof value === "object";
  if (ranges.length === 0) {
    if (!isList) numbers.set(quantity, Float64Array.of(readNumber(value, pointer)));
    else
      refuseNumbers(
        `"${id}" has a list of numbers, and it is a single one; give one number, or declare its size under "shapes".`,
        pointer,
      );
  } else if (ranges.length > 1 || ranges.some(({ size }) => size === undefined)) {
    refuseNumbers(
      `"${id}" has the shape ${shapeText(ranges)}, and only a vector whose size is a number takes numbers; leave them out.`,
      pointer,
    );
  } else numbers.vector(quantity, isList ? value : [value], pointer);
}

function refuseNumbers(sentence: string, pointer: string): never {
  throw new Failure("wrong-shape", sentence, { pointer });
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
