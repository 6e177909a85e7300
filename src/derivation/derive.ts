// Brings the parts of a derivation together: forms from `derivative`, numbers from `numeric`, nothing computed here.
import { adjoints, type Differentiated, differentiate } from "../derivative/adjoints.ts";
import { chainCost, deltaCost } from "../derivative/cost.ts";
import { countPaths, listPaths, type Path, type PathCount } from "../derivative/paths.ts";
import { type ScalarGraph, type ScalarNode, scalarGraph } from "../derivative/scalar.ts";
import { cancel, shorten, workOut } from "../derivative/workout.ts";
import { nodesOf } from "../expression/build.ts";
import {
  type Expr,
  entries,
  entryId,
  entryOffset,
  type Quantity,
  type SymbolExpr,
} from "../expression/expr.ts";
import { instantiate } from "../expression/rewrite.ts";
import { didYouMean, Failure } from "../failure.ts";
import type { Network } from "../network/network.ts";
import { Spelling } from "../numeric/chain.ts";
import type { Evaluator } from "../numeric/evaluate.ts";
import { type Binding, type DeltaLine, evaluatorAt, formsAgree, pathNumbers } from "../numeric/forms.ts";
import { type Program, program } from "../numeric/program.ts";
import { type Run, run, sampleWeight } from "../numeric/run.ts";
import { seededBindings, seededFunction, seededRun } from "../numeric/seeded.ts";
import { type UpdateRequest, update } from "../numeric/update.ts";
import { type CheckOptions, verify } from "../numeric/verify.ts";
import type {
  ChainPath,
  DeltaDerivation,
  Derived,
  Factor,
  ForwardLine,
  GradientDerivation,
  NotCompared,
} from "./derived.ts";
import { notComparedSentence } from "./sentences.ts";

export interface DeriveOptions {
  /** Ids of the parameters to derive; absent: all. */
  readonly parameters?: readonly string[];
  /** Most paths listed for one parameter. */
  readonly maxPaths: number;
  /** Most paths listed in all. */
  readonly maxPathsInAll: number;
  readonly check: false | CheckOptions;
  readonly update?: UpdateRequest;
}

/** Throws Failure for unknown parameters, numbers that have no value, and limits exceeded. */
export function derive(network: Network, options: DeriveOptions): Derived {
  const differentiated = differentiate(network);
  const scalar = scalarGraph(differentiated);
  const chosen = chosenParameters(network, scalar, options.parameters);
  const counts = countPaths(scalar);
  requireListable(chosen, counts, options);
  const { deltas, gradients } = adjoints(differentiated);
  const needed = neededDeltas(network, deltas, gradients, chosen);
  const compiled = program(differentiated, standIns(network));
  const numbers = network.values ? run(network, compiled) : undefined;
  const spelling = new Spelling(network.graph, differentiated.fold);
  const evaluators = numbers
    ? evaluatorsOf(network, needed.lines, bindingsOf(network, numbers), spelling)
    : [];

  const derivations = chosen.map((node) =>
    gradientDerivation(node, needed.gradientOf(node), {
      network,
      differentiated,
      scalar,
      counts,
      options,
      numbers,
      spelling,
      evaluators,
    }),
  );
  const comparedAt = numbers ? bindingsOf(network, numbers) : seededBindingsOf(network, compiled);
  const forms = {
    graph: scalar,
    deltas: needed.lines,
    gradients: derivations.map(({ paths, complete, delta }, position) => ({
      node: chosen[position]!,
      paths: paths.map(({ path }) => path),
      complete,
      delta,
    })),
  };
  const agreement = formsAgree(network, forms, comparedAt, spelling);
  return {
    network,
    scalar,
    forward: forwardLines(network, numbers),
    gradients: derivations,
    deltas: deltaDerivations(needed.lines, derivations, differentiated, numbers),
    agreement,
    comparedAt: { bindings: comparedAt.length, kind: numbers ? "given" : "seeded" },
    chainCost: chainCost(chosen, counts),
    deltaCost: deltaCost(scalar, chosen),
    ...(numbers && { numbers }),
    ...checkOf(network, numbers, derivations, scalar, options.check),
    ...(options.update && { update: updateOf(network, compiled, options.update) }),
  };
}

function chosenParameters(
  network: Network,
  scalar: ScalarGraph,
  ids: readonly string[] | undefined,
): readonly ScalarNode[] {
  const all = network.parameters.flatMap((parameter) =>
    inOrderOfNames(parameter).map((indices) => entryId(parameter, indices)),
  );
  for (const [position, id] of (ids ?? []).entries()) {
    if (all.includes(id)) continue;
    throw new Failure("unknown-name", `"${id}" is not a parameter of the network.${didYouMean(id, all)}`, {
      pointer: `/parameters/${position}`,
    });
  }
  return [...new Set(ids ?? all)].map((id) => scalar.byId.get(id)!);
}

/** The entries of a parameter as a reader lists them: w_1, w_2, w_3 where the user's naming numbers them so. */
export function inOrderOfNames(parameter: Quantity): readonly (readonly number[])[] {
  const indices = [...entries(parameter)];
  const { entryNames } = parameter;
  if (!entryNames) return indices;
  const nameOf = (at: readonly number[]): string => entryNames[entryOffset(parameter, at)]!;
  return indices.sort((left, right) => nameOf(left).localeCompare(nameOf(right), "en", { numeric: true }));
}

function requireListable(
  chosen: readonly ScalarNode[],
  counts: ReadonlyMap<ScalarNode, PathCount>,
  options: DeriveOptions,
): void {
  const listed = chosen.reduce((total, node) => {
    const { paths } = counts.get(node)!;
    return total + (paths > BigInt(options.maxPaths) ? options.maxPaths : Number(paths));
  }, 0);
  if (listed <= options.maxPathsInAll) return;
  throw new Failure(
    "limit-exceeded",
    `The answer would list ${listed} chain products, and at most ${options.maxPathsInAll} are listed; lower "maxPaths" or name fewer "parameters".`,
    { limit: "pathsPerAnswer", allowed: options.maxPathsInAll, measured: listed, pointer: "/maxPaths" },
  );
}

interface NeededDeltas {
  /** The δ's that the chosen parameters need, from the loss backwards, at concrete indices. */
  readonly lines: readonly DeltaLine[];
  readonly gradientOf: (node: ScalarNode) => Expr;
}

/** Only what the chosen parameters use is written out. */
function neededDeltas(
  network: Network,
  deltas: readonly Quantity[],
  gradients: ReadonlyMap<Quantity, Expr>,
  chosen: readonly ScalarNode[],
): NeededDeltas {
  const { graph } = network;
  const at = (quantity: Quantity, define: Expr, symbol: SymbolExpr): Expr =>
    instantiate(
      graph,
      define,
      new Map(quantity.formals.map((formal, axis) => [formal, symbol.indices[axis]!])),
    );
  const written = new Map(
    chosen.map((node) => [node, at(node.symbol.quantity, gradients.get(node.symbol.quantity)!, node.symbol)]),
  );
  const needed = new Map<SymbolExpr, Expr>();
  const waiting = [...written.values()].flatMap(deltasIn);
  for (let symbol = waiting.pop(); symbol; symbol = waiting.pop()) {
    if (needed.has(symbol)) continue;
    const define = at(symbol.quantity, symbol.quantity.define!, symbol);
    needed.set(symbol, define);
    waiting.push(...deltasIn(define));
  }
  const lines = deltas.flatMap((delta) =>
    [...entries(delta)].flatMap((indices) => {
      const symbol = graph.symbol(delta, indices);
      const define = needed.get(symbol);
      return define ? [{ symbol, define }] : [];
    }),
  );
  return { lines, gradientOf: (node) => written.get(node)! };
}

function deltasIn(expr: Expr): SymbolExpr[] {
  return [...nodesOf(expr)].filter(
    (node): node is SymbolExpr => node.kind === "symbol" && node.quantity.role === "delta",
  );
}

function standIns(network: Network): ReadonlyMap<string, ReturnType<typeof seededFunction>> {
  return new Map(network.abstract.map((name) => [name, seededFunction(name, 1)]));
}

function bindingsOf(network: Network, numbers: Run): readonly Binding[] {
  const abstract = standIns(network);
  return numbers.samples.map(({ values }) => ({ values, abstract }));
}

function seededBindingsOf(network: Network, compiled: Program): readonly Binding[] {
  const runs = Array.from({ length: seededBindings }, (_, position) =>
    seededRun(network, compiled, position + 1),
  );
  return runs.flatMap((seeded) => (seeded ? bindingsOf(network, seeded) : []));
}

function evaluatorsOf(
  network: Network,
  lines: readonly DeltaLine[],
  bindings: readonly Binding[],
  spelling: Spelling,
): readonly Evaluator[] {
  return bindings.map((binding) => evaluatorAt(network, lines, binding, spelling));
}

interface GradientContext {
  readonly network: Network;
  readonly differentiated: Differentiated;
  readonly scalar: ScalarGraph;
  readonly counts: ReadonlyMap<ScalarNode, PathCount>;
  readonly options: DeriveOptions;
  readonly numbers: Run | undefined;
  readonly spelling: Spelling;
  readonly evaluators: readonly Evaluator[];
}

function gradientDerivation(node: ScalarNode, delta: Expr, context: GradientContext): GradientDerivation {
  const { network, scalar, counts, options, numbers } = context;
  const { paths: pathCount } = counts.get(node)!;
  const paths = listPaths(scalar, node, counts, options.maxPaths).map((path) => chainPath(path, context));
  const { quantity, indices } = node.symbol;
  const offset = entryOffset(quantity, indices);
  return {
    id: node.id,
    symbol: node.symbol,
    derivative: network.graph.derivative(scalar.loss.symbol, node.symbol),
    pathCount,
    complete: BigInt(paths.length) === pathCount,
    paths,
    delta,
    uses: deltasIn(delta).map(({ quantity: used, indices: at }) => entryId(used, at)),
    ...(numbers && { value: numbers.gradients.get(quantity)![offset]! }),
    values: numbers?.samples.map(({ gradients }) => gradients.get(quantity)![offset]!) ?? [],
  };
}

function chainPath(path: Path, context: GradientContext): ChainPath {
  const { network, differentiated, spelling, evaluators, numbers } = context;
  const { graph } = network;
  const evaluated = evaluators.map((evaluator) => pathNumbers(path, spelling, evaluator));
  const factors = path.toReversed().map(({ of, by, factor, rule }, position): Factor => {
    const worked = workOut(graph, factor, differentiated.fold);
    return {
      of,
      by,
      derivative: graph.derivative(of.symbol, by.symbol),
      result: factor,
      ...(worked !== factor && { worked }),
      rule,
      values: evaluated.map(({ factors: values }) => values[position]),
    };
  });
  const values = evaluated.map(({ product }) => requireProduct(product, path));
  const weight = sampleWeight(network);
  return {
    path,
    nodes: [path[0]!.by.id, ...path.map((edge) => edge.of.id)],
    factors,
    values,
    ...(numbers && { value: weight * values.reduce((total, value) => total + value, 0) }),
  };
}

function requireProduct(product: number, path: Path): number {
  if (Number.isFinite(product)) return product;
  throw new Failure(
    "not-a-number",
    `At the given numbers the chain product over ${path.map((edge) => edge.of.id).join(", ")} has no finite value; choose other weights, inputs or targets.`,
  );
}

function forwardLines(network: Network, numbers: Run | undefined): readonly ForwardLine[] {
  const { graph } = network;
  return network.quantities.flatMap((quantity) =>
    quantity.define
      ? [...entries(quantity)].map((indices): ForwardLine => {
          const letters = new Map(quantity.formals.map((formal, axis) => [formal, indices[axis]!]));
          return {
            symbol: graph.symbol(quantity, indices),
            define:
              quantity.ranges.length === 0 && quantity.define!.height === 0
                ? quantity.define!
                : instantiate(graph, quantity.define!, letters),
            values: valuesOf(quantity, indices, numbers),
          };
        })
      : [],
  );
}

function valuesOf(
  quantity: Quantity,
  indices: readonly number[],
  numbers: Run | undefined,
): readonly number[] {
  const offset = entryOffset(quantity, indices);
  return numbers?.samples.map(({ values }) => values.get(quantity)![offset]!) ?? [];
}

function deltaDerivations(
  lines: readonly DeltaLine[],
  gradients: readonly GradientDerivation[],
  { network, fold }: Differentiated,
  numbers: Run | undefined,
): readonly DeltaDerivation[] {
  const { graph, loss, targets } = network;
  const users = usersOfDeltas(lines, gradients);
  const stored = new Map(
    numbers ? [...numbers.samples[0]!.values.keys()].map((quantity) => [quantity.id, quantity]) : [],
  );
  return lines.map(({ symbol, define }) => {
    const { quantity } = symbol;
    const indices = symbol.indices as readonly number[];
    const worked = shorten(graph, cancel(graph, workOut(graph, define, fold)), targets);
    const computed = stored.get(quantity.id);
    return {
      id: entryId(quantity, indices),
      symbol,
      meaning: graph.derivative(graph.symbol(loss), graph.symbol(quantity.adjointOf!, indices)),
      define,
      ...(worked !== define && { worked }),
      usedBy: users.get(symbol) ?? [],
      values: computed ? valuesOf(computed, indices, numbers) : [],
    };
  });
}

/** Parameters first, in their order, then δ's, as they are listed. */
function usersOfDeltas(
  lines: readonly DeltaLine[],
  gradients: readonly GradientDerivation[],
): ReadonlyMap<Expr, readonly string[]> {
  const users = new Map<Expr, string[]>();
  const note = (expr: Expr, user: string): void => {
    for (const symbol of deltasIn(expr)) users.set(symbol, [...(users.get(symbol) ?? []), user]);
  };
  for (const { delta, id } of gradients) note(delta, id);
  for (const { symbol, define } of lines) note(define, entryId(symbol.quantity, symbol.indices));
  return users;
}

function checkOf(
  network: Network,
  numbers: Run | undefined,
  gradients: readonly GradientDerivation[],
  scalar: ScalarGraph,
  check: false | CheckOptions,
): Pick<Derived, "verification" | "notCompared"> {
  if (check === false) return { notCompared: { reason: "not-asked" } };
  if (!numbers) return { notCompared: whyNoNumbers(network) };
  return {
    verification: verify(
      network,
      numbers,
      gradients.map(({ id }) => id),
      scalar,
      check,
      largestProduct(gradients),
    ),
  };
}

/** The size of the largest chain product over all samples. */
function largestProduct(gradients: readonly GradientDerivation[]): number {
  let largest = 0;
  for (const { paths } of gradients)
    for (const { values } of paths) for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}

/** Why a network has no numbers. */
export function whyNoNumbers({ abstract, missing }: Network): NotCompared {
  if (abstract.length > 0) return { reason: "abstract", names: abstract };
  return missing.length > 0 ? { reason: "missing", names: missing } : { reason: "no-numbers" };
}

function updateOf(
  network: Network,
  compiled: Program,
  request: UpdateRequest,
): NonNullable<Derived["update"]> {
  if (!network.values) {
    throw new Failure(
      "impossible-request",
      `An update needs numbers. ${notComparedSentence(whyNoNumbers(network))}`,
      {
        pointer: "/update",
      },
    );
  }
  return { ...update(network, compiled, request), request, before: network.values };
}
