// The quantities of a network as nodes, and what each is computed from: the computational graph.
import type { ScalarEdge, ScalarNode } from "../derivative/scalar.ts";
import { nodesOf } from "../expression/build.ts";
import type { SymbolExpr } from "../expression/expr.ts";
import { instantiate } from "../expression/rewrite.ts";
import { Failure } from "../failure.ts";
import type { Network } from "../network/network.ts";
import type { PictureNode, Tone } from "./picture.ts";
import { formulaLabel, idOf, type Scene } from "./scene.ts";

/** A quantity that is computed from others, with the local derivatives that it has. */
export interface Computed {
  readonly symbol: SymbolExpr;
  readonly node: ScalarNode;
  /** Without a parameter below them: inputs, constants and targets. */
  readonly fixed: readonly SymbolExpr[];
  readonly uses: readonly ScalarEdge[];
}

/** More nodes than this are no picture. */
const mostNodes = 120;

/** Throws Failure `impossible-request` for more quantities than a picture can show. */
export function requireDrawable(count: number): void {
  if (count <= mostNodes) return;
  throw new Failure(
    "impossible-request",
    `The picture would show ${count} quantities, and at most ${mostNodes} are drawn one by one; the view "units" draws wide layers with dots.`,
    { pointer: "/render/view" },
  );
}

/** Throws Failure `impossible-request` for a network with more quantities than a picture can show. */
export function computedOf({ network, scalar }: Scene): readonly Computed[] {
  const { nodes } = scalar();
  requireDrawable(nodes.length);
  const active = new Set<unknown>(nodes.map(({ symbol }) => symbol));
  return nodes
    .filter(({ symbol }) => symbol.quantity.define)
    .map((node) => ({
      node,
      symbol: node.symbol,
      uses: node.uses,
      fixed: sourcesOf(network, node.symbol).filter((symbol) => !active.has(symbol)),
    }));
}

/** The entries that a definition mentions, each once. */
function sourcesOf({ graph }: Network, { quantity, indices }: SymbolExpr): readonly SymbolExpr[] {
  const letters = new Map(quantity.formals.map((formal, axis) => [formal, indices[axis]!]));
  const written = instantiate(graph, quantity.define!, letters);
  const symbols = [...nodesOf(written)].filter((node): node is SymbolExpr => node.kind === "symbol");
  return [...new Set(symbols)];
}

/** Columns: behind everything that it is computed from; what is given, right before its first use. */
export function columnsOf(computed: readonly Computed[]): ReadonlyMap<SymbolExpr, number> {
  const columns = new Map<SymbolExpr, number>();
  for (const { symbol, uses } of computed)
    columns.set(symbol, 1 + Math.max(0, ...uses.map(({ by }) => columns.get(by.symbol) ?? 0)));
  const given = new Map<SymbolExpr, number>();
  for (const { symbol, uses, fixed } of computed)
    for (const source of [...uses.map(({ by }) => by.symbol), ...fixed])
      if (!columns.has(source))
        given.set(source, Math.min(given.get(source) ?? Number.POSITIVE_INFINITY, columns.get(symbol)! - 1));
  return new Map([...columns, ...given]);
}

const tones: Partial<Record<SymbolExpr["quantity"]["role"], Tone>> = {
  input: "input",
  constant: "input",
  target: "input",
  weight: "parameter",
  bias: "parameter",
  parameter: "parameter",
  outputLoss: "loss",
  sampleLoss: "loss",
  penalty: "loss",
  loss: "loss",
};

/** Boxes are what the loss is derived by, circles everything else. */
export function quantityNode(symbol: SymbolExpr, column: number, notes: PictureNode["notes"]): PictureNode {
  const tone = tones[symbol.quantity.role] ?? "plain";
  return {
    id: quantityId(symbol),
    column,
    shape: tone === "parameter" ? "box" : "circle",
    tone,
    label: formulaLabel(symbol),
    notes,
  };
}

/** The loss may share its id with the family of the outputs' losses. */
export function quantityId(symbol: SymbolExpr): string {
  return symbol.quantity.role === "loss" ? `loss ${idOf(symbol)}` : idOf(symbol);
}
