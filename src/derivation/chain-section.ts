// The chain products: one section for each parameter, each local derivative worked out where it is first needed.
import type { RuleKey } from "../derivative/rules.ts";
import type { Expr } from "../expression/expr.ts";
import type { ChainPath, Factor, ForwardLine, GradientDerivation } from "./derived.ts";
import type { Block, EquationLine, Inline } from "./document.ts";
import { sampleColumns, widestTable } from "./forward-section.ts";
import { growth } from "./growth.ts";
import {
  chainLine,
  chainResultLine,
  definitionLine,
  factorLine,
  pathLines,
  withoutNumbers,
} from "./lines.ts";
import { type MeaningKey, meaningKey, meaningOf } from "./meaning.ts";
import {
  columnOf,
  enumerated,
  equations,
  fill,
  formula,
  paragraph,
  type SectionBlock,
  section,
  text,
  value,
} from "./prose.ts";
import type { Telling } from "./telling.ts";

/** What has been said already and is not said again. */
interface Said {
  readonly derivatives: Set<Factor["derivative"]>;
  /** Definitions that are still to be given, by the symbol that they define. */
  readonly definitions: Map<Expr, ForwardLine>;
  readonly meanings: Set<MeaningKey>;
}

export function chainSection(telling: Telling): SectionBlock {
  const { derived, words } = telling;
  const said: Said = {
    derivatives: new Set(),
    definitions: new Map(derived.forward.map((entry) => [entry.symbol, entry])),
    meanings: new Set(),
  };
  const parts = derived.gradients.map((gradient, position) => chainOf(gradient, position, telling, said));
  return section("chain", words.chain, [paragraph(words.chainIntro), ...parts]);
}

function chainOf(gradient: GradientDerivation, position: number, telling: Telling, said: Said): SectionBlock {
  const { words, lines, detail } = telling;
  const title = fill(words.chainOf, { parameter: [formula(gradient.symbol)] });
  const id = `chain-${gradient.id}`;
  if (gradient.paths.length === 0)
    return section(id, title, [paragraph(words.noPath), equations([chainLine(gradient, lines)])]);
  const counted = paragraph(words.pathsListed(gradient.pathCount, gradient.paths.length));
  const several = gradient.paths.length > 1;
  const nodes = several ? [gradient.id] : gradient.paths[0]!.nodes;
  if (detail === "brief")
    return section(id, title, [counted, equations([chainResultLine(gradient, lines)], nodes)]);
  const grows = detail === "full" || position === 0;
  const stages = grows ? growth(lines.graph, gradient) : [];
  return section(id, title, [
    counted,
    ...telling.pictures.paths(gradient.id),
    ...(position === 0 && stages.length > 0 ? [paragraph(words.growth)] : []),
    equations([chainLine(gradient, several ? withoutNumbers(lines) : lines, stages)], nodes),
    ...localDerivatives(gradient.paths, telling, said),
    ...(several ? pathByPath(gradient, telling) : []),
    ...perSampleTable(gradient, telling),
  ]);
}

/** Each path with its numbers, then their sum; without numbers the chain line has said it all. */
function pathByPath(gradient: GradientDerivation, { derived, words, lines }: Telling): readonly Block[] {
  if (!lines.values) return [];
  const { paths, total } = pathLines(gradient, lines);
  const through = (path: ChainPath): readonly Inline[] =>
    enumerated(
      path.nodes.slice(1, -1).map((id) => formula(derived.scalar.byId.get(id)!.symbol)),
      words.and,
    );
  return [
    ...gradient.paths.flatMap((path, position) => [
      paragraph(fill(words.path(position + 1), { nodes: through(path) })),
      equations([paths[position]!], path.nodes),
    ]),
    ...(total ? [paragraph(words.pathSum), equations([total])] : []),
  ];
}

/** The local derivatives that were not worked out before; in full, each with its meaning and its own derivation. */
function localDerivatives(paths: readonly ChainPath[], telling: Telling, said: Said): readonly Block[] {
  const { words, detail } = telling;
  const here = new Map(paths.flatMap(({ factors }) => factors).map((factor) => [factor.derivative, factor]));
  const known = [...here.keys()].filter((derivative) => said.derivatives.has(derivative));
  const fresh = [...here.values()].filter(({ derivative }) => !said.derivatives.has(derivative));
  for (const derivative of here.keys()) said.derivatives.add(derivative);
  if (fresh.length === 0) return [paragraph(words.localKnown(known.length))];
  const intro = paragraph(words.localIntro(fresh.length));
  if (detail === "full") {
    const before = fill(words.localPartlyKnown(known.length), {
      factors: enumerated(known.map(formula), words.and),
    });
    return [
      intro,
      ...fresh.flatMap((factor) => subDerivation(factor, telling, said)),
      ...(known.length === 0 ? [] : [paragraph(before)]),
    ];
  }
  return [
    intro,
    equations(fresh.map((factor) => reasoned(factor, telling))),
    ...meaningsOnce(fresh, telling, said),
  ];
}

/** What a factor tells, the definition that it comes from, and the rule that gives it. */
function subDerivation(factor: Factor, telling: Telling, said: Said): readonly Block[] {
  const { words } = telling;
  const { symbol } = factor.of;
  const entry = said.definitions.get(symbol);
  said.definitions.delete(symbol);
  const definition: readonly EquationLine[] = entry
    ? [{ ...definitionLine(entry), because: [text(words.definition)] }]
    : [];
  return [paragraph(meaningOf(factor, words)), equations([...definition, reasoned(factor, telling)])];
}

/** The factor with the name of its rule beside it. */
function reasoned(factor: Factor, { words, lines }: Telling): EquationLine {
  return { ...factorLine(factor, lines), because: [text(words.rules[ruleOf(factor)])] };
}

/** Only units have activations; a function of an equation is a function. */
function ruleOf({ rule, of }: Factor): RuleKey {
  const isUnit = of.symbol.quantity.role === "activation" || of.symbol.quantity.role === "output";
  return rule === "activation" && !isUnit ? "function" : rule;
}

/** One sentence for each kind of factor, at the first of its kind. */
function meaningsOnce(factors: readonly Factor[], { words }: Telling, said: Said): readonly Block[] {
  const items = factors.flatMap((factor) => {
    const key = meaningKey(factor);
    if (said.meanings.has(key) || key === "other") return [];
    said.meanings.add(key);
    return [meaningOf(factor, words)];
  });
  return items.length === 0 ? [] : [{ kind: "list", ordered: false, items }];
}

function perSampleTable(gradient: GradientDerivation, { derived, words }: Telling): readonly Block[] {
  const { numbers, network } = derived;
  if (!numbers || numbers.samples.length < 2 || gradient.value === undefined) return [];
  const samples = Math.min(numbers.samples.length, widestTable);
  const { reduction, count } = network.samples;
  const cells = gradient.values.slice(0, samples).map((entry): readonly Inline[] => [value(entry)]);
  const columns = [
    ...sampleColumns(words.parameter, samples, words.perSampleColumn),
    columnOf(words[reduction], "right"),
  ];
  return [
    paragraph(words.perSample(reduction, count)),
    {
      kind: "table",
      columns,
      rows: [[[formula(gradient.derivative)], ...cells, [value(gradient.value)]]],
    },
  ];
}
