// The δ form: each error once, where it comes from and where it goes, and the gradients that are short with them.
import { nodesOf } from "../expression/build.ts";
import { type Expr, entryId, type SymbolExpr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import type { DeltaDerivation, Derived, GradientDerivation } from "./derived.ts";
import type { Block, EquationLine } from "./document.ts";
import { inputsAsActivations, showsLayers } from "./forward-section.ts";
import { waysToStored } from "./growth.ts";
import { deltaLine, deltaResultLine, equalitySides, gradientLine, gradientResultLine } from "./lines.ts";
import { enumerated, equations, fill, formula, paragraph, type SectionBlock, section } from "./prose.ts";
import { overall } from "./samples.ts";
import type { Telling } from "./telling.ts";

/** A gradient with more components is not written as one vector. */
const longestVector = 12;

export function deltaSection(telling: Telling): SectionBlock {
  const { derived, words, detail } = telling;
  const { deltas } = derived;
  if (deltas.length === 0) return section("deltas", words.deltas, []);
  const scripts = showsLayers(telling) && detail !== "brief" ? [paragraph(words.deltaScripts)] : [];
  const ways = waysOf(telling);
  const users = derivativesById(derived);
  return section("deltas", words.deltas, [
    paragraph(words.deltasIntro),
    ...(detail === "brief" ? [] : telling.pictures.messages()),
    ...scripts,
    ...deltas.flatMap((delta) => deltaBlocks(delta, telling, ways, users)),
  ]);
}

function deltaBlocks(
  delta: DeltaDerivation,
  { words, lines, detail }: Telling,
  ways: Ways,
  derivatives: ReadonlyMap<string, Expr>,
): readonly Block[] {
  if (detail === "brief") return [equations([deltaResultLine(delta, lines)])];
  const line = deltaLine(delta, lines, ways(delta.meaning.by));
  const reused = deltasIn(delta.define);
  const because = fill(words.deltaFrom(reused.length), {
    deltas: enumerated(reused.map(formula), words.and),
  });
  const users = delta.usedBy.map((id) => formula(derivatives.get(id)!));
  return [
    equations([reused.length === 0 ? line : { ...line, because }]),
    paragraph(fill(words.usedBy(users.length), { users: enumerated(users, words.and) })),
  ];
}

/** The inert chain from a quantity to the stored δ's, where it is one that a reader follows. */
type Ways = (symbol: SymbolExpr) => Expr | undefined;

function waysOf({ derived, lines }: Telling): Ways {
  const { scalar, deltas } = derived;
  const stored = new Set<Expr>(deltas.map(({ meaning }) => meaning.by));
  return ({ quantity, indices }) =>
    waysToStored(lines.graph, scalar, scalar.byId.get(entryId(quantity, indices))!, stored);
}

/** ∂E/∂w for a parameter's id, δ for a δ's. */
function derivativesById({ gradients, deltas }: Derived): ReadonlyMap<string, Expr> {
  return new Map<string, Expr>([
    ...deltas.map(({ id, symbol }) => [id, symbol] as const),
    ...gradients.map(({ id, derivative }) => [id, derivative] as const),
  ]);
}

function deltasIn(expr: Expr): readonly SymbolExpr[] {
  return [...nodesOf(expr)].filter(
    (node): node is SymbolExpr => node.kind === "symbol" && node.quantity.role === "delta",
  );
}

export function gradientSection(telling: Telling): SectionBlock {
  const { derived, words } = telling;
  const aids: Aids = { ways: waysOf(telling), twins: inputsAsActivations(telling), named: new Set() };
  return section("gradients", words.gradients, [
    paragraph(words.gradientsIntro),
    equations(derived.gradients.map((gradient) => lineOf(gradient, telling, aids))),
    ...overSamples(telling),
    ...gradientVector(telling),
  ]);
}

/** What the lines of the gradients share. */
interface Aids {
  readonly ways: Ways;
  /** Each input with the activation that it also is. */
  readonly twins: ReadonlyMap<Expr, Expr>;
  /** The δ's that were said to be stored above. */
  readonly named: Set<Expr>;
}

function lineOf(
  gradient: GradientDerivation,
  { words, lines, detail }: Telling,
  { ways, twins, named }: Aids,
): EquationLine {
  if (detail === "brief") return gradientResultLine(gradient, lines);
  const renamed = detail === "full" ? withInputsAsActivations(gradient.delta, lines.graph, twins) : undefined;
  const line = gradientLine(gradient, lines, { way: ways(gradient.symbol), renamed });
  const reused = deltasIn(gradient.delta).filter((delta) => !named.has(delta));
  for (const delta of reused) named.add(delta);
  if (reused.length === 0) return line;
  const deltas = enumerated(reused.map(formula), words.and);
  return { ...line, because: fill(words.gradientFrom(reused.length), { deltas }) };
}

/** δ_1 a_1^(1) for δ_1 x_1, in dialects that mark layers. */
function withInputsAsActivations(
  delta: Expr,
  graph: Graph,
  twins: ReadonlyMap<Expr, Expr>,
): Expr | undefined {
  if (delta.kind !== "apply" || !delta.args.some((factor) => twins.has(factor))) return undefined;
  return graph.apply(
    delta.op,
    delta.args.map((factor) => twins.get(factor) ?? factor),
  );
}

/** ∂E/∂w = (1/N) Σ_n ∂E_n/∂w = result, for a batch. */
function overSamples({ derived, words }: Telling): readonly Block[] {
  const { network, gradients } = derived;
  const whole = overall(network);
  if (!whole) return [];
  const { reduction, count } = network.samples;
  const lines = gradients.map(({ id, symbol, value }) => {
    const derivative = whole.derivative(symbol);
    const sides = [derivative.symbol, ...derivative.definitions].map((expr) => ({
      kind: "expr" as const,
      expr,
    }));
    const result = value === undefined ? [] : [{ kind: "value" as const, value }];
    return equalitySides([...sides, ...result], { rule: "samples", id: `samples-${id}` });
  });
  return [paragraph(words.perSample(reduction, count)), equations(lines)];
}

/** ∇E as the vector of all derivatives. */
function gradientVector({ derived, words, detail, lines: { graph } }: Telling): readonly Block[] {
  const { network, gradients } = derived;
  if (detail === "brief" || gradients.length < 2 || gradients.length > longestVector) return [];
  const whole = overall(network);
  const loss = whole?.loss ?? graph.symbol(network.loss);
  const row = gradients.map(({ symbol }) => graph.derivative(loss, symbol));
  return [
    paragraph(words.gradientVector(row.length)),
    equations([
      equalitySides(
        [
          { kind: "gradient", of: loss },
          { kind: "entries", rows: [row], transposed: true },
        ],
        { rule: "gradient-vector" },
      ),
    ]),
  ];
}
