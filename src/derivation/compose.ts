// Composes the derivation document from what was derived; sections follow the order in which one would teach them.
import { entryId, type SymbolExpr } from "../expression/expr.ts";
import type { ChainPath, Derived, Factor, GradientDerivation } from "./derived.ts";
import type { Block, Column, DerivationDocument, EquationLine, Inline } from "./document.ts";
import { indexedSection, matrixSection } from "./layer-sections.ts";
import type { LayerForms } from "./layers.ts";
import {
  chainLine,
  deltaLine,
  factorLine,
  forwardLine,
  gradientLine,
  type LineContext,
  lineContext,
  pathLines,
} from "./lines.ts";
import { wording } from "./wording.ts";

export type Form = "chain" | "delta" | "indexed" | "matrix";

export type Detail = "brief" | "standard" | "full";

export interface ComposeOptions {
  readonly detail: Detail;
  readonly forms: ReadonlySet<Form>;
  readonly engine: string;
  readonly title?: string;
  readonly author?: string;
  readonly course?: string;
  readonly date?: string;
  readonly permalink?: string;
}

/** How many samples still get a column of their own. */
const widestTable = 12;

/** `derived` is absent where only the forms of whole layers are asked for. */
export function compose(
  derived: Derived | undefined,
  layers: LayerForms,
  options: ComposeOptions,
): DerivationDocument {
  const { engine, title, author, course, date, permalink } = options;
  const sections = [
    ...(derived ? scalarSections(derived, options) : []),
    ...(layers.indexed ? [indexedSection(layers.indexed)] : []),
    ...(layers.matrix ? [matrixSection(layers.matrix)] : []),
  ];
  return {
    kind: "derivation",
    title: title ?? wording.title,
    language: "en",
    engine,
    ...(author !== undefined && { author }),
    ...(course !== undefined && { course }),
    ...(date !== undefined && { date }),
    ...(permalink !== undefined && { permalink }),
    blocks: sections.filter((section) => section.blocks.length > 0),
  };
}

/** The forms that go unit by unit. */
function scalarSections(derived: Derived, { detail, forms }: ComposeOptions): readonly SectionBlock[] {
  const context = lineContext(derived);
  return [
    forwardSection(derived, context, detail),
    ...(detail === "brief" ? [] : [graphSection(derived)]),
    ...(forms.has("chain") ? [chainSection(derived, context, detail)] : []),
    ...(forms.has("delta")
      ? [deltaSection(derived, context, detail), gradientSection(derived, context)]
      : []),
    formsSection(derived),
    checkSection(derived),
    ...(derived.update ? [updateSection(derived)] : []),
  ];
}

type SectionBlock = Block & { kind: "section" };

function section(id: string, title: string | readonly Inline[], blocks: readonly Block[]): SectionBlock {
  return { kind: "section", id, title: typeof title === "string" ? [text(title)] : title, blocks };
}

const text = (words: string): Inline => ({ kind: "text", text: words });
const formula = (expr: Extract<Inline, { kind: "formula" }>["expr"]): Inline => ({ kind: "formula", expr });
const paragraph = (...inlines: readonly Inline[]): Block => ({ kind: "paragraph", inlines });
const equations = (lines: readonly EquationLine[], path?: readonly string[]): Block => ({
  kind: "equations",
  lines,
  ...(path && { path }),
});

/** Formulas with commas between and "and" before the last. */
function listOf(symbols: readonly Inline[]): readonly Inline[] {
  return symbols.flatMap((symbol, position) => {
    if (position === 0) return [symbol];
    return [text(position === symbols.length - 1 ? " and " : ", "), symbol];
  });
}

function forwardSection(derived: Derived, context: LineContext, detail: Detail): SectionBlock {
  const shown = detail === "brief" ? { graph: context.graph } : context;
  const intro = shown.values ? wording.forwardIntroNumbers : wording.forwardIntro;
  return section("forward", wording.forward, [
    paragraph(text(intro)),
    ...functionsUsed(derived),
    equations(derived.forward.map((entry) => forwardLine(entry, shown))),
    ...sampleTable(derived),
  ]);
}

/** Which function the letter f stands for, layer by layer. */
function functionsUsed({ forward }: Derived): readonly Block[] {
  const users = new Map<string, SymbolExpr[]>();
  for (const { symbol, define } of forward) {
    const { role } = symbol.quantity;
    if (role !== "activation" || (define.kind !== "apply" && define.kind !== "component")) continue;
    const name = define.op.kind === "abstract" ? wording.abstractFunction : define.op.name;
    users.set(name, [...(users.get(name) ?? []), symbol]);
  }
  if (users.size === 0) return [];
  if (users.size === 1) return [paragraph(text(wording.activationAll([...users.keys()][0]!)))];
  return [...users].map(([name, symbols]) =>
    paragraph(text(wording.activationOf(name)), ...listOf(symbols.map(formula)), text(".")),
  );
}

/** The values of every quantity for each sample of a batch. */
function sampleTable({ forward, numbers }: Derived): readonly Block[] {
  if (!numbers || numbers.samples.length < 2) return [];
  const samples = Math.min(numbers.samples.length, widestTable);
  const rows = forward.map(({ symbol, values }) => [
    [formula(symbol)],
    ...values.slice(0, samples).map((value): Inline[] => [{ kind: "value", value }]),
  ]);
  return [
    paragraph(text(wording.forwardSamples(numbers.samples.length))),
    { kind: "table", columns: sampleColumns(wording.graphColumns[0], samples), rows },
  ];
}

function sampleColumns(first: string, samples: number): readonly Column[] {
  const numbered = Array.from(
    { length: samples },
    (_, position): Column => ({ title: [text(wording.perSampleColumn(position + 1))], align: "right" }),
  );
  return [{ title: [text(first)], align: "left" }, ...numbered];
}

function graphSection({ scalar }: Derived): SectionBlock {
  const rows = scalar.nodes
    .filter((node) => node.uses.length > 0)
    .map((node) => {
      const made = [...new Set(node.uses.map(({ by }) => by.symbol))];
      const users = [...new Set(node.users.map(({ of }) => of.symbol))];
      return [[formula(node.symbol)], listOf(made.map(formula)), listOf(users.map(formula))];
    });
  const columns = wording.graphColumns.map((title): Column => ({ title: [text(title)], align: "left" }));
  return section("graph", wording.graph, [
    paragraph(text(wording.graphIntro)),
    { kind: "table", columns, rows },
  ]);
}

function chainSection(derived: Derived, context: LineContext, detail: Detail): SectionBlock {
  const known = new Set<Factor["derivative"]>();
  const parts = derived.gradients.map((gradient) => chainOf(gradient, derived, context, detail, known));
  return section("chain", wording.chain, [paragraph(text(wording.chainIntro)), ...parts]);
}

function chainOf(
  gradient: GradientDerivation,
  derived: Derived,
  context: LineContext,
  detail: Detail,
  known: Set<Factor["derivative"]>,
): Block {
  const title = [text(wording.chainOf), formula(gradient.symbol)];
  const id = `chain-${gradient.id}`;
  if (gradient.paths.length === 0)
    return section(id, title, [paragraph(text(wording.noPath)), equations([chainLine(gradient, context)])]);
  const several = gradient.paths.length > 1;
  return section(id, title, [
    paragraph(text(wording.pathsListed(gradient.pathCount, gradient.paths.length))),
    equations(
      [chainLine(gradient, several && detail !== "brief" ? { graph: context.graph } : context)],
      gradient.paths[0]!.nodes,
    ),
    ...(detail === "brief" ? [] : localDerivatives(gradient.paths, context, detail, known)),
    ...(several && detail !== "brief" ? pathByPath(gradient, derived, context) : []),
    ...perSampleTable(gradient, derived),
  ]);
}

/** Each path with its numbers, then their sum; without numbers the chain line has said it all. */
function pathByPath(
  gradient: GradientDerivation,
  { scalar }: Derived,
  context: LineContext,
): readonly Block[] {
  if (!context.values) return [];
  const { paths, total } = pathLines(gradient, context);
  const through = (path: ChainPath): readonly Inline[] =>
    listOf(path.nodes.slice(1, -1).map((id) => formula(scalar.byId.get(id)!.symbol)));
  return [
    ...gradient.paths.flatMap((path, position) => [
      paragraph(text(wording.path(position + 1)), ...through(path), text(":")),
      equations([paths[position]!], path.nodes),
    ]),
    ...(total ? [paragraph(text(wording.pathSum)), equations([total])] : []),
  ];
}

/** In full every local derivative stands at every path; otherwise each stands where it is first needed. */
function localDerivatives(
  paths: readonly ChainPath[],
  context: LineContext,
  detail: Detail,
  known: Set<Factor["derivative"]>,
): readonly Block[] {
  const here = new Map(paths.flatMap(({ factors }) => factors).map((factor) => [factor.derivative, factor]));
  const fresh = [...here.values()].filter((factor) => detail === "full" || !known.has(factor.derivative));
  for (const derivative of here.keys()) known.add(derivative);
  if (fresh.length === 0) return [paragraph(text(wording.localKnown))];
  return [
    paragraph(text(wording.localIntro(fresh.length))),
    equations(fresh.map((factor) => factorLine(factor, context))),
  ];
}

function perSampleTable(gradient: GradientDerivation, { numbers, network }: Derived): readonly Block[] {
  if (!numbers || numbers.samples.length < 2 || gradient.value === undefined) return [];
  const samples = Math.min(numbers.samples.length, widestTable);
  const { reduction, count } = network.samples;
  const cells = gradient.values.slice(0, samples).map((value): Inline[] => [{ kind: "value", value }]);
  const columns = [
    ...sampleColumns(wording.parameter, samples),
    { title: [text(wording.reduced(reduction))], align: "right" as const },
  ];
  return [
    paragraph(text(wording.perSample(reduction, count))),
    {
      kind: "table",
      columns,
      rows: [[[formula(gradient.derivative)], ...cells, [{ kind: "value", value: gradient.value }]]],
    },
  ];
}

function deltaSection(derived: Derived, context: LineContext, detail: Detail): SectionBlock {
  const blocks = derived.deltas.flatMap((delta): readonly Block[] => {
    const line = equations([deltaLine(delta, context)]);
    return detail === "brief" ? [line] : [line, usedBy(derived, delta.usedBy)];
  });
  return section(
    "deltas",
    wording.deltas,
    blocks.length === 0 ? [] : [paragraph(text(wording.deltasIntro)), ...blocks],
  );
}

function usedBy(derived: Derived, users: readonly string[]): Block {
  const symbols = users.map((id) => formula(derivativeOf(derived, id)));
  return paragraph(text(wording.usedBy(users)), ...listOf(symbols), ...(users.length > 0 ? [text(".")] : []));
}

/** ∂E/∂w for a parameter's id, δ for a δ's. */
function derivativeOf(
  { gradients, deltas }: Derived,
  id: string,
): Extract<Inline, { kind: "formula" }>["expr"] {
  return (
    gradients.find((gradient) => gradient.id === id)?.derivative ??
    deltas.find((delta) => delta.id === id)!.symbol
  );
}

function gradientSection(derived: Derived, context: LineContext): SectionBlock {
  return section("gradients", wording.gradients, [
    paragraph(text(wording.gradientsIntro)),
    equations(derived.gradients.map((gradient) => gradientLine(gradient, context))),
    ...gradientTable(derived),
  ]);
}

function gradientTable(derived: Derived): readonly Block[] {
  const { numbers, network } = derived;
  if (!numbers || numbers.samples.length < 2) return [];
  const rows = derived.gradients.map(({ derivative, value }): readonly (readonly Inline[])[] => [
    [formula(derivative)],
    [{ kind: "value", value: value! }],
  ]);
  const columns: readonly Column[] = [
    { title: [text(wording.parameter)], align: "left" },
    { title: [text(wording.reduced(network.samples.reduction))], align: "right" },
  ];
  return [
    paragraph(text(wording.perSample(network.samples.reduction, network.samples.count))),
    { kind: "table", columns, rows },
  ];
}

function formsSection({ agreement, how, chainCost, deltaCost, network }: Derived): SectionBlock {
  const condition = network.targets.some((target) => target.sumsToOne)
    ? [paragraph(text(wording.condition))]
    : [];
  return section("forms", wording.forms, [
    {
      kind: "note",
      tone: agreement.equal ? "agrees" : "warning",
      inlines: [text(agreement.equal ? wording.formsEqual(how) : wording.formsDiffer)],
    },
    paragraph(text(wording.cost(chainCost.multiplications, deltaCost.multiplications))),
    ...condition,
  ]);
}

function checkSection({ verification, notCompared }: Derived): SectionBlock {
  if (!verification)
    return section("check", wording.check, [
      { kind: "note", tone: "remark", inlines: [text(wording.checkNone(notCompared!))] },
    ]);
  const { parameters, forward, deltas } = verification;
  const byStatus = (status: string): readonly string[] =>
    [...parameters].filter(([, check]) => check.status === status).map(([id]) => id);
  const agreeing = byStatus("agrees");
  const differing = [...byStatus("disagrees"), ...forward.differing, ...deltas.differing];
  const atKink = byStatus("kink");
  const along = [...parameters.values()].filter((check) => check.scope === "direction").length;
  const methods = [
    ...new Set([...parameters.values()].flatMap(({ method }) => (method ? [methodNames[method]] : []))),
  ];
  const sentences = [
    ...(agreeing.length > 0 ? [wording.checkAgrees(agreeing.length, methods.join(" and "))] : []),
    ...(along > 0 ? [wording.checkDirections(along)] : []),
    ...(forward.compared > 0 && differing.length === 0
      ? [wording.checkForward(forward.compared, forward.of)]
      : []),
    ...(deltas.compared > 0 && differing.length === 0
      ? [wording.checkDeltas(deltas.compared, deltas.of)]
      : []),
  ];
  const blocks: readonly Block[] = [
    ...(differing.length > 0
      ? [
          {
            kind: "note" as const,
            tone: "warning" as const,
            inlines: [text(wording.checkDisagrees(differing))],
          },
        ]
      : []),
    ...(sentences.length > 0
      ? [{ kind: "note" as const, tone: "agrees" as const, inlines: [text(sentences.join(" "))] }]
      : []),
    ...(atKink.length > 0
      ? [
          {
            kind: "note" as const,
            tone: "remark" as const,
            inlines: [text(wording.checkKink(atKink, parameters.get(atKink[0]!)!.reason!))],
          },
        ]
      : []),
  ];
  return section("check", wording.check, blocks);
}

const methodNames = {
  "complex-step": "complex steps",
  "central-difference": "central differences in 64 digits",
} as const;

function updateSection(derived: Derived): SectionBlock {
  const { request, before, parameters, history } = derived.update!;
  const { steps = 1, learningRate } = request;
  const gradientBy = new Map(derived.gradients.map((gradient) => [gradient.id, gradient.value]));
  const rows = [...parameters].flatMap(([quantity, values]) =>
    [...values].map((value, offset) => {
      const symbol = symbolAt(derived, quantity, offset);
      const old = before.get(quantity)![offset]!;
      const gradient = gradientBy.get(entryId(quantity, symbol.indices));
      const middle: readonly (readonly Inline[])[] =
        steps === 1 ? [gradient === undefined ? [] : [{ kind: "value", value: gradient }]] : [];
      return [
        [formula(symbol)],
        [{ kind: "value" as const, value: old }],
        ...middle,
        [{ kind: "value" as const, value }],
      ];
    }),
  );
  const columns = (steps === 1 ? wording.updateColumns : wording.updateColumnsMany).map(
    (title, position): Column => ({ title: [text(title)], align: position === 0 ? "left" : "right" }),
  );
  const lossColumns = wording.updateLossColumns.map(
    (title): Column => ({ title: [text(title)], align: "right" }),
  );
  const lossRows = history.map(({ step, loss }): readonly (readonly Inline[])[] => [
    [text(String(step))],
    [{ kind: "value", value: loss }],
  ]);
  return section("update", wording.update, [
    paragraph(text(wording.updateIntro(String(learningRate), steps))),
    { kind: "table", columns, rows },
    paragraph(text(wording.updateLoss(steps))),
    { kind: "table", columns: lossColumns, rows: lossRows },
  ]);
}

function symbolAt(
  { network: { graph } }: Derived,
  quantity: SymbolExpr["quantity"],
  offset: number,
): SymbolExpr {
  const indices: number[] = [];
  let rest = offset;
  for (const range of quantity.ranges.toReversed()) {
    indices.unshift((rest % range.size!) + 1);
    rest = Math.floor(rest / range.size!);
  }
  return graph.symbol(quantity, indices);
}
