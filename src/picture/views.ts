// The views of a network, one row each, and the numbers that a picture shows.
import { requireSizes } from "../derivation/possible-forms.ts";
import type { Language } from "../derivation/wording/wordings.ts";
import { type Adjoints, adjoints, type Differentiated, differentiate } from "../derivative/adjoints.ts";
import { type ScalarEdge, type ScalarGraph, scalarGraph } from "../derivative/scalar.ts";
import { type Expr, entryOffset, type SymbolExpr } from "../expression/expr.ts";
import { instantiate } from "../expression/rewrite.ts";
import { Failure } from "../failure.ts";
import type { Network } from "../network/network.ts";
import { adjointNumbers } from "../numeric/adjoint-numbers.ts";
import { Spelling } from "../numeric/chain.ts";
import { evaluatorAt } from "../numeric/forms.ts";
import { program } from "../numeric/program.ts";
import { run } from "../numeric/run.ts";
import { detailedPicture } from "./detailed.ts";
import type { GeneralName } from "./general.ts";
import { graphPicture } from "./graph.ts";
import { messagesPicture } from "./messages.ts";
import { pathPicture } from "./path.ts";
import type { Picture } from "./picture.ts";
import type { Numbers, Scene } from "./scene.ts";
import { stepsPicture } from "./steps.ts";
import { unitsPicture } from "./units.ts";

interface View {
  /** The kinds of network that can be seen so. */
  readonly of: readonly Network["kind"][];
  readonly draw: (scene: Scene) => Picture;
}

const views = {
  units: { of: ["layers", "units"], draw: unitsPicture },
  detailed: { of: ["layers", "units"], draw: detailedPicture },
  path: { of: ["layers", "units", "equations"], draw: pathPicture },
  messages: { of: ["layers", "units"], draw: messagesPicture },
  graph: { of: ["equations", "layers", "units"], draw: graphPicture },
  steps: { of: ["layers", "units", "equations"], draw: stepsPicture },
} as const satisfies Record<string, View>;

export type ViewName = keyof typeof views;

export const viewNames = Object.keys(views) as readonly ViewName[];

export interface SceneOptions {
  readonly values: boolean;
  readonly parameter?: string;
  /** Which path stands out, from 1; absent: the only one. */
  readonly path?: number;
  /** A diagram of a unit in general; only of the view messages. */
  readonly general?: GeneralName;
  readonly language: Language;
}

/** Units, of equations the graph. */
export function usualView({ kind }: Network): ViewName {
  return kind === "equations" ? "graph" : "units";
}

/** Throws Failure `impossible-request` for a view that the kind of network does not have, for sizes that are no numbers,
 *  and as the views do. */
export function drawView(name: ViewName, scene: Scene): Picture {
  const { kind } = scene.network;
  const known = viewNames.filter((own) => (views[own].of as readonly string[]).includes(kind));
  if (known.includes(name)) {
    requireGeneralShown(name, scene);
    requireSizes(scene.network, "A picture shows");
    return views[name].draw(scene);
  }
  throw new Failure(
    "impossible-request",
    `A network of ${kind} has no view "${name}"; its views are ${known.map((own) => `"${own}"`).join(", ")}.`,
    { pointer: "/render/view" },
  );
}

/** A unit in general belongs to one view, and has neither numbers nor a parameter of the network. */
function requireGeneralShown(name: ViewName, { general, parameter, numbers }: Scene): void {
  if (general === undefined) return;
  const refuse = (sentence: string): never => {
    throw new Failure("impossible-request", sentence, { pointer: "/render/general" });
  };
  if (name !== "messages")
    refuse(`Only the view "messages" has pictures of a unit in general; the view "${name}" was asked for.`);
  if (parameter !== undefined)
    refuse(`A unit in general has no parameter "${parameter}"; leave out "parameter" or "general".`);
  if (numbers) refuse('A unit in general has no numbers; leave out "values" or "general".');
}

/** What all views of a network are drawn from; each part is computed when a view first asks for it. */
export function sceneOf(network: Network, { values, ...rest }: SceneOptions): Scene {
  const differentiated = differentiate(network);
  const scalar = once(() => scalarGraph(differentiated));
  const numbers = values ? numbersOf(network, differentiated, scalar) : undefined;
  const backward = once(() => adjoints(differentiated));
  const delta = (symbol: SymbolExpr) => deltaOf(symbol, network, backward());
  const definition = (symbol: SymbolExpr) => definitionOf(symbol, network, backward());
  return { network, scalar, delta, definition, ...rest, ...(numbers && { numbers }) };
}

/** The δ of an entry of a quantity whose adjoint is stored. */
function deltaOf(
  { quantity, indices }: SymbolExpr,
  { graph }: Network,
  { deltas }: Adjoints,
): SymbolExpr | undefined {
  const delta = deltas.find(({ adjointOf }) => adjointOf === quantity);
  return delta && graph.symbol(delta, indices);
}

/** The definition of a δ, or a parameter's gradient, with the entry's indices put in. */
function definitionOf({ quantity, indices }: SymbolExpr, { graph }: Network, { gradients }: Adjoints): Expr {
  const letters = new Map(quantity.formals.map((formal, axis) => [formal, indices[axis]!]));
  return instantiate(graph, quantity.define ?? gradients.get(quantity)!, letters);
}

/** The numbers of the first sample; nothing for a network without numbers. */
function numbersOf(
  network: Network,
  differentiated: Differentiated,
  scalar: () => ScalarGraph,
): Numbers | undefined {
  if (!network.values) return undefined;
  const { values } = run(network, program(differentiated)).samples[0]!;
  const stored = new Map([...values].map(([quantity, numbers]) => [quantity.id + quantity.role, numbers]));
  const spelling = new Spelling(network.graph, differentiated.fold);
  const evaluator = evaluatorAt(network, [], { values, abstract: new Map() }, spelling);
  const factor = ({ factor: own }: ScalarEdge): number | undefined => {
    const value = evaluator.value(spelling.of(own));
    return Number.isFinite(value) ? value : undefined;
  };
  const adjoints = once(() => adjointNumbers(scalar(), factor));
  return {
    symbol: ({ quantity, indices }) =>
      stored.get(quantity.id + quantity.role)?.[entryOffset(quantity, indices)],
    factor,
    adjoint: (node) => adjoints().get(node),
  };
}

/** The value of `compute`, computed when it is first asked for. */
function once<Value>(compute: () => Value): () => Value {
  let known: { readonly value: Value } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
