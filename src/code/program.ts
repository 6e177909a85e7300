// A network as code: its numbers, forward pass, backward pass and check, each quantity assigned after what it is made of.
//
//   delta(q) = dE/dq, from the loss backwards, as in the delta form (Bishop 2006, eq. 5.56)
import { adjoints, differentiate } from "../derivative/adjoints.ts";
import { cancel, shorten, workOut } from "../derivative/workout.ts";
import { nodesOf } from "../expression/build.ts";
import type { Expr, Quantity } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { isOwn, ownValue } from "../expression/own.ts";
import type { Network } from "../network/network.ts";
import { type Code, entriesCode, expressionCode } from "./expression.ts";
import { functions, type LanguageName } from "./functions.ts";
import { givenCode, movesCode } from "./given.ts";
import { functionDefinitions, type Language, languages } from "./languages.ts";
import { variableNames } from "./names.ts";

/** The chain products of a parameter, factor by factor. */
export interface Chain {
  readonly id: string;
  readonly paths: readonly (readonly Expr[])[];
}

/** The parts in the order in which they run. */
export interface Program {
  readonly imports: string;
  readonly given: string;
  readonly forward: string;
  /** A function of one sample, where chain products are asked for. */
  readonly chain?: string;
  readonly backward: string;
  /** 1 at each entry of a parameter that an update moves, else 0; where not all are moved. */
  readonly moves?: string;
  readonly run: string;
}

/** The code of a network that has numbers; linear in the size of its definitions and numbers. */
export function codeOf(
  network: Network,
  languageName: LanguageName,
  { chains, only }: { readonly chains?: readonly Chain[]; readonly only?: readonly string[] } = {},
): Program {
  const language = languages[languageName];
  const { graph, quantities, loss } = network;
  const { deltas, gradients } = formulas(network);
  const others = quantities.filter((quantity) => quantity !== loss);
  const names = variableNames([loss, ...others, ...deltas.map(([delta]) => delta)], functionNames);
  const nameOf = (quantity: Quantity): string => names.get(quantity)!;
  const code: Code = { graph, language, nameOf, letters: new Map() };
  const assigned = ([quantity, define]: Formula): string =>
    language.assign(nameOf(quantity), entriesCode(quantity, define, code));

  const computed = quantities.flatMap((quantity): Formula[] =>
    quantity.define ? [[quantity, quantity.define]] : [],
  );
  const fields = [...network.values!.keys(), ...network.samples.values[0]!.keys()].map(nameOf);
  const known = [...fields, ...computed.map(([quantity]) => nameOf(quantity))];
  const products = chains?.flatMap(({ paths }) => paths.flat()) ?? [];
  const expressions = [...computed, ...deltas, ...gradients].map(([, define]) => define).concat(products);

  return {
    imports: [language.imports, ...functionDefinitions(language, functionsIn(graph, expressions))].join(
      language.apart,
    ),
    given: givenCode(network, language, nameOf),
    forward: language.procedure("forward", fields, computed.map(assigned), [
      together(computed, nameOf, language),
    ]),
    ...(chains && { chain: language.procedure("chain_products", known, [], [chainCode(chains, code)]) }),
    backward: language.procedure("backward", known, deltas.map(assigned), [
      together(deltas, nameOf, language),
      language.record(
        gradients.map(([parameter, define]) => [nameOf(parameter), entriesCode(parameter, define, code)]),
      ),
    ]),
    ...(only && { moves: movesCode(network, only, language, nameOf) }),
    run: language.run.replaceAll("LOSS", nameOf(loss)),
  };
}

type Formula = readonly [quantity: Quantity, define: Expr];

/** The delta form with primes worked out and brackets as short as they get. */
function formulas(network: Network): { deltas: readonly Formula[]; gradients: readonly Formula[] } {
  const { graph, targets } = network;
  const differentiated = differentiate(network);
  const { deltas, gradients } = adjoints(differentiated);
  const worked = (expr: Expr): Expr =>
    shorten(graph, cancel(graph, workOut(graph, expr, differentiated.fold)), targets);
  return {
    deltas: deltas.map((delta) => [delta, worked(delta.define!)]),
    gradients: network.parameters.map((parameter) => [parameter, worked(gradients.get(parameter)!)]),
  };
}

/** Quantities by their names. */
function together(
  list: readonly Formula[],
  nameOf: (quantity: Quantity) => string,
  language: Language,
): string {
  return language.record(list.map(([quantity]) => [nameOf(quantity), nameOf(quantity)]));
}

/** By parameter, for each path the list of its factors. */
function chainCode(chains: readonly Chain[], code: Code): string {
  const list = (parts: readonly string[]): string => `[${parts.join(", ")}]`;
  return code.language.table(
    chains.map(({ id, paths }) => [
      id,
      list(paths.map((factors) => list(factors.map((factor) => expressionCode(factor, code))))),
    ]),
  );
}

const functionNames = Object.keys(functions).map((name) => name.replaceAll("-", "_"));

/** Names of the functions in the expressions, and in the user's own formulas. */
function functionsIn(graph: Graph, expressions: readonly Expr[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (expr: Expr): void => {
    for (const node of nodesOf(expr)) {
      if (node.kind !== "apply" && node.kind !== "component") continue;
      if (isOwn(node.op)) visit(ownValue(graph, node.op, node.args[0]!));
      else if (node.op.kind === "scalar" || node.op.kind === "vector") found.add(node.op.name);
    }
  };
  expressions.forEach(visit);
  return found;
}
