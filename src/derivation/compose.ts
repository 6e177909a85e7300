// Composes the derivation document from what was derived; sections follow the order in which one would teach them.
import type { Expr } from "../expression/expr.ts";
import type { Notation } from "../notation/notation.ts";
import type { DocumentPictures } from "../picture/document.ts";
import { backgroundSection } from "./background-section.ts";
import { chainSection } from "./chain-section.ts";
import { checkSection, formsSection } from "./check-section.ts";
import { deltaSection, gradientSection } from "./delta-section.ts";
import type { Derived } from "./derived.ts";
import type { Block, DerivationDocument } from "./document.ts";
import { forwardSection, overSamplesSection, unitsSection } from "./forward-section.ts";
import { indexedSection, matrixSection } from "./layer-sections.ts";
import type { LayerForms } from "./layers.ts";
import { columnOf, enumerated, formula, paragraph, type SectionBlock, section } from "./prose.ts";
import { type Detail, type Telling, tellingOf } from "./telling.ts";
import { updateSection } from "./update-section.ts";
import type { Wording } from "./wording/english.ts";
import { type Language, wordings } from "./wording/wordings.ts";

export type Form = "chain" | "delta" | "indexed" | "matrix";

export interface ComposeOptions {
  readonly language: Language;
  readonly detail: Detail;
  readonly forms: ReadonlySet<Form>;
  readonly notation: Notation;
  readonly pictures?: DocumentPictures;
  readonly engine: string;
  readonly title?: string;
  readonly author?: string;
  readonly course?: string;
  readonly date?: string;
  readonly permalink?: string;
}

/** `derived` is absent where only the forms of whole layers are asked for. */
export function compose(
  derived: Derived | undefined,
  layers: LayerForms,
  options: ComposeOptions,
): DerivationDocument {
  const { language, detail, notation, engine, title, author, course, date, permalink } = options;
  const words = wordings[language];
  const pictures = options.pictures ?? noPictures;
  const telling = derived && tellingOf(derived, words, detail, notation, pictures);
  const sections = [
    section("picture", words.picture, [
      ...pictures.network(),
      ...(detail === "full" ? pictures.inside() : []),
    ]),
    ...(detail === "full" ? [backgroundSection(words)] : []),
    ...(telling ? unitByUnit(telling, options) : []),
    ...layerSections(layers, words, options),
    ...(telling ? conclusions(telling) : []),
  ];
  return {
    kind: "derivation",
    title: title ?? words.title,
    language,
    engine,
    ...(author !== undefined && { author }),
    ...(course !== undefined && { course }),
    ...(date !== undefined && { date }),
    ...(permalink !== undefined && { permalink }),
    blocks: sections.filter(({ blocks }) => blocks.length > 0),
  };
}

const noPictures: DocumentPictures = {
  network: () => [],
  inside: () => [],
  messages: () => [],
  general: () => [],
  paths: () => [],
};

/** The forms that go unit by unit. */
function unitByUnit(telling: Telling, { detail, forms }: ComposeOptions): readonly SectionBlock[] {
  return [
    forwardSection(telling),
    overSamplesSection(telling),
    ...(detail === "full" ? [unitsSection(telling)] : []),
    ...(detail === "brief" ? [] : [graphSection(telling)]),
    ...(forms.has("chain") ? [chainSection(telling)] : []),
    ...(forms.has("delta") ? [deltaSection(telling), gradientSection(telling)] : []),
  ];
}

/** The forms that go layer by layer, or state the rules for any unit. */
function layerSections(
  { indexed, matrix }: LayerForms,
  words: Wording,
  { detail, pictures = noPictures }: ComposeOptions,
): readonly SectionBlock[] {
  return [
    ...(indexed ? [indexedSection(indexed, words, detail, pictures)] : []),
    ...(matrix ? [matrixSection(matrix, words)] : []),
  ];
}

/** That all forms agree, that the numbers are confirmed, and what the gradient is for. */
function conclusions(telling: Telling): readonly SectionBlock[] {
  return [
    formsSection(telling),
    checkSection(telling),
    ...(telling.derived.update ? [updateSection(telling)] : []),
  ];
}

function graphSection({ derived: { scalar }, words }: Telling): SectionBlock {
  const listed = (symbols: readonly Expr[]) => enumerated([...new Set(symbols)].map(formula), words.and);
  const rows = scalar.nodes
    .filter((node) => node.uses.length > 0)
    .map((node) => [
      [formula(node.symbol)],
      listed(node.uses.map(({ by }) => by.symbol)),
      listed(node.users.map(({ of }) => of.symbol)),
    ]);
  if (rows.length === 0) return section("graph", words.graph, []);
  const { quantity, from, users } = words.graphColumns;
  const columns = [quantity, from, users].map((title) => columnOf(title, "left"));
  const table: Block = { kind: "table", columns, rows };
  return section("graph", words.graph, [paragraph(words.graphIntro), table]);
}
