// What each function name of a formula means: the dialect's f, the network's own functions, the catalogue.
import { isWhole, nodesOf } from "../expression/build.ts";
import type { ApplyExpr, ComponentExpr, Expr } from "../expression/expr.ts";
import { catalogue } from "../expression/functions.ts";
import type { Graph } from "../expression/graph.ts";
import { parseRational } from "../expression/rational.ts";
import type { Network } from "../network/network.ts";
import { type Dialect, isCatalogueRow } from "../notation/dialect.ts";
import { parseName } from "../notation/name.ts";
import { primitives } from "../primitives/index.ts";
import type { Operation } from "../primitives/primitive.ts";
import { keyOfName, keyText } from "./script.ts";
import type { NameKey } from "./syntax.ts";

export interface FunctionTable {
  /** The function that a name stands for when it is applied to `args`, with the constants it takes besides them. */
  readonly find: (head: NameKey, args: readonly Expr[]) => Applied | undefined;
  readonly has: (head: NameKey) => boolean;
  /** Functions that the network is made of, or that the dialect has a letter for. */
  readonly isOwn: (head: NameKey) => boolean;
  readonly known: readonly string[];
  /** Every place where the network's definitions apply a function. */
  readonly applications: readonly ApplyExpr[];
  /** Every entry of a function of a whole layer in the network's definitions. */
  readonly components: readonly ComponentExpr[];
}

export interface Applied {
  readonly op: Operation;
  readonly args: readonly Expr[];
}

/** The function table of a network in a dialect; linear in the size of its definitions. */
export function functionTable(network: Network, dialect: Dialect): FunctionTable {
  const nodes = network.quantities.flatMap(({ define }) => (define ? [...nodesOf(define)] : []));
  const applications = nodes.filter(
    (node): node is ApplyExpr => node.kind === "apply" && !arithmetic.has(node.op.kind),
  );
  const components = nodes.filter((node): node is ComponentExpr => node.kind === "component");
  const used = [...new Set([...applications, ...components].map(({ op }) => op))];
  const own = new Map<string, Operation[]>();
  for (const op of used) {
    const name = dialect.functionName(op);
    if (name) add(own, keyOfName(name), op);
  }
  for (const op of used) if (!isCatalogueRow(op)) add(own, keyOfName(parseName(op.name)), op);
  const [activation, ...otherActivations] = activationsOf(network);
  const letter = keyText(keyOfName({ letter: dialect.notation.letters.function.letter, sub: [], sup: [] }));
  // The dialect prints tanh by its name where its letter is σ; σ is the network's one nonlinearity all the same.
  if (activation && otherActivations.length === 0 && !own.has(letter)) own.set(letter, [activation]);
  const common = commonNames(used);
  const named = (head: NameKey): readonly Operation[] =>
    own.get(keyText(head)) ?? common.get(keyText(head)) ?? [];
  const table = { graph: network.graph, applications, named, uses: (op: Operation) => used.includes(op) };
  return {
    find: (head, args) => applied(table, head, args),
    has: (head) => named(head).length > 0 || named(withoutConstant(head)).length > 0,
    isOwn: (head) => own.has(keyText(head)),
    known: [...own.keys(), ...common.keys()],
    applications,
    components,
  };
}

const arithmetic: ReadonlySet<Operation["kind"]> = new Set(["sum", "product", "power"]);

/** The functions that the units apply. */
function activationsOf(network: Network): readonly Operation[] {
  const nodes = network.quantities.flatMap(({ role, define }) =>
    role === "activation" && define ? [...nodesOf(define)] : [],
  );
  const operations = nodes.flatMap((node) =>
    node.kind === "component" || (node.kind === "apply" && !arithmetic.has(node.op.kind)) ? [node.op] : [],
  );
  return [...new Set(operations)];
}

function add(names: Map<string, Operation[]>, key: NameKey, op: Operation): void {
  const text = keyText(key);
  const known = names.get(text);
  if (!known) names.set(text, [op]);
  else if (!known.includes(op)) known.push(op);
}

/** The catalogue by its printed names, then by the names of the formula language: ReLU, relu. */
function commonNames(used: readonly Operation[]): ReadonlyMap<string, Operation[]> {
  const names = new Map<string, Operation[]>();
  for (const op of [...used.filter(isCatalogueRow), ...primitives]) {
    const [base = "", sub = ""] = op.spelling.plain.split("_");
    add(names, { base, sub, sup: "" }, op);
  }
  for (const name of catalogue.names()) {
    const key = { base: name.replaceAll("_", ""), sub: "", sup: "" };
    if (!names.has(keyText(key))) add(names, key, catalogue.find(name)!);
  }
  return names;
}

interface Lookup {
  readonly graph: Graph;
  readonly applications: readonly ApplyExpr[];
  readonly named: (head: NameKey) => readonly Operation[];
  readonly uses: (op: Operation) => boolean;
}

/** The constant of a row stands as a subscript: LReLU_{0.2}(z). */
function withoutConstant(head: NameKey): NameKey {
  return parseRational(head.sub) ? { ...head, sub: "" } : head;
}

function applied(table: Lookup, head: NameKey, args: readonly Expr[]): Applied | undefined {
  const exact = table.named(head);
  const operations = exact.length > 0 ? exact : table.named(withoutConstant(head));
  const positivePart = operations.find(({ spelling }) => spelling.before);
  const general = operations.find(({ spelling }) => !spelling.before);
  const [first, ...others] = args;
  // max(0, x) is the positive part, unless the network itself takes the larger of two.
  if (positivePart && args.length === 2 && isWhole(first!, 0) && !(general && table.uses(general)))
    return { op: positivePart, args: others };
  const op = general ?? positivePart;
  return op && { op, args: [...args, ...constantsOf(table, op, head, args)] };
}

/** The constants that a row takes besides: as written, as the network has them at this argument, or its own. */
function constantsOf(
  { graph, applications }: Lookup,
  op: Operation,
  head: NameKey,
  args: readonly Expr[],
): readonly Expr[] {
  const usual = catalogue.constantsFor(op, args.length).map((constant) => graph.number(constant));
  if (usual.length === 0) return [];
  const written = parseRational(head.sub);
  if (written) return usual.with(-1, graph.number(written));
  const alike = applications.filter((application) => application.op === op && application.slot === undefined);
  const nearest = alike.find((application) => isSameQuantity(application.args[0], args[0])) ?? alike[0];
  return nearest?.args.slice(args.length) ?? usual;
}

/** A definition writes z_j in letters, a formula z_1: the constants belong to the layer. */
function isSameQuantity(one: Expr | undefined, other: Expr | undefined): boolean {
  return (
    one === other || (one?.kind === "symbol" && other?.kind === "symbol" && one.quantity === other.quantity)
  );
}
