// Shapes of equations: which quantities are vectors or matrices, and what the shape of a formula of them is. Functions
// of the catalogue act entry by entry, `sum` adds up all entries, abstract functions take whole quantities.
import type { Range } from "../expression/expr.ts";
import type { Syntax } from "../expression/syntax.ts";
import { didYouMean, Failure } from "../failure.ts";
import type { EquationsDescription } from "./description.ts";
import { type Names, readName } from "./names.ts";

/** What each index counts; none for a single number. */
export type Shape = readonly Range[];

export type Shapes = ReadonlyMap<string, Shape>;

const single: Shape = [];

/** The declared shapes by name. Equal sizes are one range. Throws Failure for a size that is called like a quantity. */
export function readShapes({ shapes = {} }: EquationsDescription, names: Names): Shapes {
  const ranges = new Map<number | string, Range>();
  const rangeOf = (size: number | string, pointer: string): Range => {
    const known = ranges.get(size);
    if (known) return known;
    if (typeof size === "string") names.take(size, `the size ${size}`, pointer);
    const range =
      typeof size === "number" ? { name: `${size}`, size, limit: `${size}` } : { name: size, limit: size };
    ranges.set(size, range);
    return range;
  };
  return new Map(
    Object.entries(shapes).map(([written, sizes]) => [
      readName(written, `/shapes/${written}`),
      sizes.map((size, axis) => rangeOf(size, `/shapes/${written}/${axis}`)),
    ]),
  );
}

/** Refuses shapes of what is nothing in the description, and names that would print like an entry of a vector. */
export function requireKnown(shapes: Shapes, names: Names): void {
  for (const name of shapes.keys()) {
    if (!names.has(name)) {
      throw new Failure(
        "unknown-name",
        `"shapes" names "${name}", which is no parameter, no constant and no left-hand side of an equation.${didYouMean(name, names.all())}`,
        { pointer: `/shapes/${name}` },
      );
    }
    requireNoEntries(name, `/shapes/${name}`, names);
  }
}

/** Refuses names that would print like an entry of the vector `name`, except `members`. Throws Failure `clash`. */
export function requireNoEntries(
  name: string,
  pointer: string,
  names: Names,
  members: readonly string[] = [],
): void {
  const alike = [...names.all()].find(
    (other) =>
      /^_([0-9]+|[a-z])$/i.test(other.slice(name.length)) &&
      other.startsWith(name) &&
      !members.includes(other),
  );
  if (alike === undefined) return;
  throw new Failure(
    "clash",
    `"${alike}" would print like an entry of the vector "${name}"; rename one of them.`,
    { pointer },
  );
}

/** "n", "N × p", "a single number". */
export function shapeText(shape: Shape): string {
  return shape.length === 0 ? "a single number" : shape.map(({ limit }) => limit).join(" × ");
}

/** What a formula's names and functions are, as far as shapes go. */
export interface ShapeScope {
  readonly shapeOf: (name: string) => Shape;
  readonly isAbstract: (functionName: string) => boolean;
  /** How the equation is called in a sentence: "Equation 2". */
  readonly equation: string;
}

/** A call of an abstract function on whole quantities: y = f(x). */
export function isWholeCall(
  syntax: Syntax,
  { shapeOf, isAbstract }: ShapeScope,
): syntax is Syntax & { kind: "call" } {
  if (syntax.kind !== "call" || !isAbstract(syntax.name)) return false;
  return (
    syntax.args.every(({ kind }) => kind === "name") &&
    syntax.args.some((arg) => shapeOf(nameOf(arg)).length > 0)
  );
}

function nameOf(syntax: Syntax): string {
  return syntax.kind === "name" ? syntax.name : "";
}

/** The shape of a formula entry by entry. Throws Failure where shapes do not fit, with the position in the formula. */
export function shapeOfFormula(syntax: Syntax, scope: ShapeScope): Shape {
  const visit = (node: Syntax): Shape => shapeOfFormula(node, scope);
  switch (syntax.kind) {
    case "number":
    case "entry":
      return single;
    case "name":
      return scope.shapeOf(syntax.name);
    case "negative":
      return visit(syntax.of);
    case "binary":
      return together([syntax.left, syntax.right], scope);
    case "call":
      if (scope.isAbstract(syntax.name)) return ofAbstractCall(syntax, scope);
      if (syntax.name !== "sum") return together(syntax.args, scope);
      return summed(syntax, scope);
  }
}

/** Numbers go with any shape; two shapes must be the same. */
function together(parts: readonly Syntax[], scope: ShapeScope): Shape {
  let known: Shape = single;
  for (const part of parts) {
    const shape = shapeOfFormula(part, scope);
    if (shape.length === 0) continue;
    if (known.length > 0 && !sameShape(known, shape)) {
      throw new Failure(
        "wrong-shape",
        `${scope.equation} puts a part of the shape ${shapeText(known)} and a part of the shape ${shapeText(shape)} together at character ${part.position + 1}; functions act entry by entry, so both need the same shape.`,
        { position: part.position },
      );
    }
    known = shape;
  }
  return known;
}

export function sameShape(one: Shape, other: Shape): boolean {
  return one.length === other.length && one.every((range, axis) => range === other[axis]);
}

function ofAbstractCall(syntax: Syntax & { kind: "call" }, scope: ShapeScope): Shape {
  if (together(syntax.args, scope).length === 0) return single;
  throw new Failure(
    "wrong-shape",
    `${scope.equation} calls the abstract function "${syntax.name}" of a vector within a formula at character ${syntax.position + 1}; give it an equation of its own, such as u = ${syntax.name}(x), with names alone as arguments.`,
    { position: syntax.position },
  );
}

function summed(syntax: Syntax & { kind: "call" }, scope: ShapeScope): Shape {
  const [only, ...others] = syntax.args;
  if (only && others.length === 0 && shapeOfFormula(only, scope).length > 0) return single;
  throw new Failure(
    "wrong-shape",
    `${scope.equation} calls "sum" at character ${syntax.position + 1} with what is no vector; it adds up the entries of one quantity of "shapes".`,
    { position: syntax.position },
  );
}
