// A notation at work on one network: everything the printer asks that is not mechanism.
import type { ApplyExpr, Expr, Quantity, Range, SymbolExpr } from "../expression/expr.ts";
import type { Operation, Primitive } from "../primitives/primitive.ts";
import { type Taken, takenLetters, withFreeLetters } from "./letters.ts";
import type { Name } from "./name.ts";
import { type Names, names } from "./names.ts";
import { letterName } from "./naming.ts";
import type { Notation } from "./notation.ts";
import { spareIndexLetters } from "./rows.ts";
import { indexText, isSamples, type Nameable, unitLayers } from "./units.ts";
import { layerName, vectorName } from "./whole-names.ts";

export interface Dialect {
  readonly notation: Notation;
  readonly nameOf: Names;
  /** The name of a layer as a whole. */
  readonly vectorOf: (symbol: SymbolExpr) => Name;
  /** The name of all entries of a quantity, samples among them. */
  readonly layerName: (quantity: Quantity) => Name;
  readonly derivativeSign: "partial" | "d";
  /** The letter of an activation that prints as f although it is a catalogue function; absent: its own spelling. */
  readonly functionName: (operation: Operation) => Name | undefined;
  /** The activation a for f(z), where a dialect writes f′(z) as ∂a/∂z. */
  readonly activationOf: (application: ApplyExpr) => SymbolExpr | undefined;
  /** Whether a quantity is called so: an abstract function of that name is the quantity's own, L = L(u, y). */
  readonly isQuantity: (name: string) => boolean;
  /** Letters for an index over `range`, best first, in a line about `here`. */
  readonly lettersFor: (range: Range | undefined, here: Range | undefined) => readonly string[];
  readonly indexText: (index: number | string, range: Range | undefined) => string;
}

/** Applies a notation to a network. Complexity: linear in the number of quantities. */
export function dialect(network: Nameable, asked: Notation): Dialect {
  const notation = withFreeLetters(network, asked);
  const nameOf = names(network, notation);
  const layers = unitLayers(network, notation);
  const activations = activationsOf(network);
  const operations = new Set([...activations.values()].flatMap(({ define }) => operationOf(define)));
  const single = notation.activationAs === "abstract" && variantsOf(activations).size === 1;
  const taken = takenLetters(network, notation);
  const functionLetter = freeFunctionLetter(notation, taken);
  const ids = new Set(network.quantities.map(({ id }) => id));
  const ofBatches = { ...notation, sampleLetterOn: [] };
  const batchNames = once(() => names(network, ofBatches));
  const unusable = new Set([
    ...taken.all.keys(),
    ...(network.samples.count > 1 ? [notation.reduction.letter] : []),
    ...network.quantities.flatMap(({ ranges }) => ranges.map(({ limit = "" }) => limit)),
  ]);
  return {
    notation,
    nameOf,
    vectorOf: (symbol) => vectorName(nameOf, symbol),
    layerName: (quantity) => layerName(batchNames(), quantity),
    derivativeSign: notation.derivativeSign === "auto" ? chainSign(network) : notation.derivativeSign,
    functionName: (operation) =>
      single && operations.has(operation) && mayBeCalled(functionLetter, operation)
        ? functionLetter
        : undefined,
    activationOf: (application) => activationOf(application, activations),
    isQuantity: (name) => ids.has(name),
    lettersFor: (range, here) => {
      if (range && isSamples(range)) return [notation.reduction.letter, ...spareIndexLetters];
      return [...unitLetters(range, here), ...spareIndexLetters].filter((letter) => !unusable.has(letter));
    },
    indexText: (index, range) => indexText(index, range, layers, notation),
  };

  function unitLetters(range: Range | undefined, here: Range | undefined): readonly string[] {
    const { indexLetters } = notation;
    if (range?.place) return indexLetters[range.place];
    const hereLayer = here && layers.get(here);
    const own = hereLayer?.isLast ? { ...indexLetters, ...indexLetters.atOutputs } : indexLetters;
    const layer = range && layers.get(range)?.layer;
    if (range?.limit !== undefined) return entryLetters(own, range === here || !here);
    if (layer === undefined || !hereLayer || layer === hereLayer.layer) return own.here;
    if (layer > hereLayer.layer) return own.after;
    return layer === 0 ? indexLetters.before : own.before;
  }
}

/** Entries of vectors: i of the one that a line is about, j of another and of the same once more. */
function entryLetters({ here, after }: Notation["indexLetters"], isHere: boolean): readonly string[] {
  return isHere ? [here[0]!, after[0]!] : [after[0]!, ...spareIndexLetters, here[0]!];
}

/** σ is the sigmoid in every course: no other function is called so, or softplus' = σ would read as σ' = σ. */
function mayBeCalled(letter: Name | undefined, operation: Operation): boolean {
  return isCatalogueRow(operation) && (letter?.letter !== "sigma" || operation.name === "sigmoid");
}

/** The activations in use, each with its constants: leaky ReLU with another slope is another function. */
function variantsOf(activations: ReadonlyMap<Quantity, Quantity>): ReadonlySet<string> {
  const definitions = [...activations.values()].map(({ define }) => define as ApplyExpr);
  return new Set(
    definitions.map(({ op, args }) => [op.name, ...args.slice(1).map(({ id }) => id)].join(" ")),
  );
}

/** The letter of activations; nothing where something else is called so, and the function keeps its own name. */
function freeFunctionLetter({ letters }: Notation, taken: Taken): Name | undefined {
  const name = letterName(letters.function);
  return name.sub.length === 0 && !name.accent && taken.all.has(name.letter) ? undefined : name;
}

function once<Result>(compute: () => Result): () => Result {
  let known: Result | undefined;
  return () => {
    known ??= compute();
    return known;
  };
}

/** Rows of the catalogue carry their source; operations that a user named do not. */
export function isCatalogueRow(operation: Operation): operation is Primitive {
  return "source" in operation;
}

/** Activations f(z) by their pre-activation z. */
function activationsOf(network: Nameable): ReadonlyMap<Quantity, Quantity> {
  const found = new Map<Quantity, Quantity>();
  for (const quantity of network.quantities) {
    const { define, role } = quantity;
    if (role !== "activation" && role !== "output") continue;
    if (define?.kind !== "apply" || !define.op.primed) continue;
    const argument = define.args[0];
    if (argument?.kind === "symbol" && argument.quantity.role === "preActivation") {
      found.set(argument.quantity, quantity);
    }
  }
  return found;
}

function operationOf(define: Quantity["define"]): readonly Operation[] {
  return define?.kind === "apply" && define.op.primed ? [define.op] : [];
}

function activationOf(
  application: ApplyExpr,
  activations: ReadonlyMap<Quantity, Quantity>,
): SymbolExpr | undefined {
  const argument = application.args[0];
  if (argument?.kind !== "symbol") return undefined;
  const quantity = activations.get(argument.quantity);
  if (quantity?.define?.kind !== "apply" || quantity.define.op !== application.op) return undefined;
  return { ...argument, quantity };
}

/**
 * d while the network is one chain of functions of one variable: every quantity is worked out from one other worked-out
 * quantity and no parameter beside it, the first one from parameters alone, and nothing is used twice. ∂ otherwise.
 */
function chainSign(network: Nameable): "partial" | "d" {
  const used = new Set<Quantity>();
  for (const { define, ranges } of network.quantities) {
    if (ranges.some(({ size }) => size !== 1)) return "partial";
    const inner = new Set<Quantity>();
    if (define) collectUsed(define, inner);
    const varying = [...inner].filter(
      (quantity) => quantity.define !== undefined || quantity.role !== "constant",
    );
    if (varying.some((quantity) => used.has(quantity))) return "partial";
    if (varying.length > 1 && varying.some((quantity) => quantity.define !== undefined)) return "partial";
    for (const quantity of varying) used.add(quantity);
  }
  return "d";
}

function collectUsed(expr: Expr, into: Set<Quantity>): void {
  switch (expr.kind) {
    case "symbol":
      into.add(expr.quantity);
      return;
    case "apply":
    case "component":
      for (const argument of expr.args) collectUsed(argument, into);
      return;
    case "sum":
      collectUsed(expr.body, into);
      return;
    case "number":
    case "same":
    case "size":
    case "derivative":
      return;
  }
}
