// The two sheets of a variant as documents: what the students get, and the same with its answers and the derivation.
import { compose } from "../derivation/compose.ts";
import type { Block, DerivationDocument } from "../derivation/document.ts";
import { note, paragraph, type SectionBlock, section } from "../derivation/prose.ts";
import { pointsText } from "../grading/points.ts";
import { documentPictures } from "../picture/document.ts";
import { networkSection } from "./network-section.ts";
import { digitsSentence } from "./parts/asked.ts";
import { partsOf } from "./parts/parts.ts";
import type { Variant } from "./problem.ts";
import { tasks } from "./task.ts";
import { sheetWordings } from "./wording/wordings.ts";
import { wrongResultsSection } from "./wrong-results.ts";

/** What stands on a sheet besides the problem. */
export interface Frame {
  readonly engine: string;
  /** Which variant it is. */
  readonly code: string;
  readonly points?: number;
  readonly title?: string;
  readonly author?: string;
  readonly course?: string;
  readonly date?: string;
}

export function problemSheet(variant: Variant, frame: Frame): DerivationDocument {
  const { task, language } = variant.problem;
  const words = sheetWordings[language];
  const [asked, ...further] = partsOf(variant).problem;
  const digits = digitsSentence(variant);
  const heading = frame.points === undefined ? words.task : words.taskPoints(pointsText(frame.points));
  return documentOf(variant, frame, frame.title ?? words.titles[task], [
    paragraph(words.name),
    networkSection(variant),
    section("task", heading, [
      asked!,
      ...(digits === undefined ? [] : [note("remark", digits)]),
      ...further,
      ...space(variant),
    ]),
  ]);
}

/** Room for the answer, unless it has its places in a table or in boxes. */
function space({ problem: { task, targets } }: Variant): readonly Block[] {
  const lines = tasks[task].space * targets.length;
  return lines === 0 ? [] : [{ kind: "space", lines: Math.min(lines, mostLines) }];
}

/** Two pages. */
const mostLines = 56;

export function solutionSheet(variant: Variant, frame: Frame): DerivationDocument {
  const { task, language } = variant.problem;
  const words = sheetWordings[language];
  const title = words.solutionOf(frame.title ?? words.titles[task]);
  const sections = [
    networkSection(variant),
    section("answers", words.solution, partsOf(variant).solution),
    section("worked", words.worked, derivationBlocks(variant, frame)),
    wrongResultsSection(variant),
  ];
  return documentOf(variant, frame, title, sections);
}

/** The whole derivation, without the picture, which stands above. */
function derivationBlocks(variant: Variant, { engine }: Frame): readonly Block[] {
  const { problem, derived, network } = variant;
  const { task, language, notation } = problem;
  const { blocks } = compose(
    derived,
    {},
    {
      language,
      notation,
      engine,
      detail: "standard",
      forms: new Set(tasks[task].forms),
      pictures: { ...documentPictures(network, language, []), network: () => [] },
    },
  );
  return blocks.filter((block) => block.kind !== "section" || block.id !== "graph");
}

function documentOf(
  { problem: { language } }: Variant,
  { engine, code, author, course, date }: Frame,
  title: string,
  blocks: readonly (Block | SectionBlock)[],
): DerivationDocument {
  return {
    kind: "derivation",
    title,
    language,
    engine,
    variant: sheetWordings[language].variant(code),
    code,
    ...(author !== undefined && { author }),
    ...(course !== undefined && { course }),
    ...(date !== undefined && { date }),
    blocks: blocks.filter((block) => block.kind !== "section" || block.blocks.length > 0),
  };
}
