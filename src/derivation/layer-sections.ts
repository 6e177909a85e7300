// The sections about whole layers: the indexed rules in four boxes, and the matrix form with its shapes and Jacobians.
import type { Quantity } from "../expression/expr.ts";
import { shapeText } from "../matrix/matrix.ts";
import { rowsOf } from "../numeric/matrices.ts";
import type { DocumentPictures } from "../picture/document.ts";
import type { GeneralName } from "../picture/general.ts";
import type { Block, EquationLine } from "./document.ts";
import type { Box, IndexedLine } from "./indexed.ts";
import { jacobianSection } from "./jacobian-section.ts";
import type { IndexedForm, LayerForms } from "./layers.ts";
import type { ValuedLine } from "./matrix-numbers.ts";
import {
  code,
  enumerated,
  equations,
  fill,
  formula,
  note,
  paragraph,
  type SectionBlock,
  type Slots,
  section,
  text,
} from "./prose.ts";
import type { Detail } from "./telling.ts";
import type { Wording } from "./wording/english.ts";

const boxes: readonly Box[] = ["forward", "error", "backward", "derivative"];

/** Forward, error evaluation, backward, derivatives: the algorithm with the network's own layers or units put in. */
export function indexedSection(
  form: IndexedForm,
  words: Wording,
  detail: Detail,
  { general }: DocumentPictures,
): SectionBlock {
  const { lines, samples, pivot, about } = form;
  const { boxIntro, indexedIntro } = about === "vectors" ? words.vectors : words;
  const shown = detail === "brief" ? lines.filter(({ line }) => resultRules.has(line.rule!)) : lines;
  const inBox = (box: Box): readonly IndexedLine[] => shown.filter((line) => line.box === box);
  const drawn = (name: GeneralName | undefined): readonly Block[] =>
    pivot && name && detail !== "brief" ? general(name) : [];
  const parts = boxes
    .filter((box) => inBox(box).length > 0)
    .map((box) =>
      section(`indexed-${box}`, words.boxes[box], [
        paragraph(boxIntro[box]),
        ...drawn(diagrams[box]),
        equations(inBox(box).map(({ line }) => line)),
        ...(detail === "brief" ? [] : boxRemarks(box, form, words, detail)),
      ]),
    );
  const overSamples = [paragraph(`${words.overSamples}:`), equations(samples.map(({ line }) => line))];
  return section("indexed", words.indexed, [
    paragraph(pivot ? fill(words.generalIntro, placesOf(pivot)) : indexedIntro),
    ...parts,
    ...(samples.length > 0 ? overSamples : []),
    ...(pivot && detail !== "brief" ? [algorithm(lines, words, drawn("both"))] : []),
  ]);
}

/** What is drawn of a unit in general in each box. */
const diagrams: Partial<Record<Box, GeneralName>> = {
  forward: "forward",
  backward: "backward",
  derivative: "weight",
};

/** The lines that a brief answer keeps: definitions, errors and gradients. */
const resultRules: ReadonlySet<string> = new Set(["definition", "delta", "gradient"]);

function placesOf({ here, before, after }: NonNullable<IndexedForm["pivot"]>): Slots {
  return { here: [formula(here)], before: [formula(before)], after: [formula(after)] };
}

/** What the box of a network of units says besides its lines, and what layers pass on. */
function boxRemarks(
  box: Box,
  { pivot, passedOn }: IndexedForm,
  words: Wording,
  detail: Detail,
): readonly Block[] {
  if (box === "backward" && detail === "full" && passedOn.length > 0)
    return [paragraph(words.throughAll), equations(passedOn.map(({ line }) => line))];
  if (!pivot) return [];
  if (box === "error") return [paragraph(fill(words.errors, { delta: [formula(pivot.delta)] }))];
  if (box === "backward") return [paragraph(words.allUsers)];
  return box === "derivative" ? [paragraph(words.local)] : [];
}

/** The rules once more as assignments, in the order in which a program runs them. */
function algorithm(lines: readonly IndexedLine[], words: Wording, pictures: readonly Block[]): SectionBlock {
  const steps = boxes.map((box) =>
    section(`algorithm-${box}`, words.boxes[box], [
      paragraph(words.boxIntro[box]),
      equations(
        lines
          .filter((line) => line.box === box && resultRules.has(line.line.rule!))
          .map(({ line }) => assignment(line)),
      ),
    ]),
  );
  return section("algorithm", words.algorithm, [...steps, ...pictures]);
}

/** left ← the first side that can be worked out. */
function assignment({ id, sides, rule }: EquationLine): EquationLine {
  const computed = sides.slice(1).find((side) => side.kind !== "expr" || side.expr.kind !== "derivative");
  const [left] = sides;
  const right = rule === "gradient" ? sides.at(-1)! : (computed ?? sides.at(-1)!);
  return { id: `algorithm-${id}`, rule: "assignment", sides: [left!, right], signs: ["←"] };
}

/** Matrices with more entries than this are not written out in the document. */
const largestShown = 24;

export function matrixSection(form: NonNullable<LayerForms["matrix"]>, words: Wording): SectionBlock {
  const { options, lines, samples } = form;
  const inBox = (box: Box): readonly ValuedLine[] => lines.filter((line) => line.box === box);
  const parts = boxes
    .filter((box) => inBox(box).length > 0)
    .map((box) => section(`matrix-${box}`, words.boxes[box], [equations(inBox(box).map(shownLine))]));
  const { matrix } = form.network.kind === "equations" ? words.vectors : words;
  return section("matrix", matrix, [
    paragraph(words.matrixIntro(options.layout, options.vectorsAre, samples)),
    ...parts,
    ...agreement(lines, words),
    ...jacobianSection(form, words),
    ...batchRemark(form, words),
    ...fourIndices(form, words),
  ]);
}

/** The line with its numbers where they fit, and its shape beside it. */
function shownLine({ line, shape, numbers }: ValuedLine): EquationLine {
  const because = [text(shapeText(shape))];
  if (!numbers || numbers.values.length > largestShown) return { ...line, because };
  return {
    ...line,
    sides: [...line.sides, { kind: "numbers", rows: rowsOf(numbers) }],
    signs: [...line.signs, "="],
    because,
  };
}

function agreement(lines: readonly ValuedLine[], words: Wording): readonly Block[] {
  const valued = lines.filter(({ agrees }) => agrees !== undefined);
  if (valued.length === 0) return [];
  const differing = valued.filter(({ agrees }) => !agrees).map(({ id }) => code(id));
  if (differing.length === 0) return [note("agrees", words.matricesAgree(valued.length))];
  const ids = enumerated(differing, words.and);
  return [note("warning", fill(words.matricesDiffer(differing.length), { ids }))];
}

/** The Jacobian of a whole batch, by its size alone. */
function batchRemark(
  { samples, network }: NonNullable<LayerForms["matrix"]>,
  words: Wording,
): readonly Block[] {
  if (samples < 2) return [];
  const weight = network.parameters.find((quantity) => quantity.role === "weight");
  if (!weight) return [];
  const [into, from] = weight.ranges.map((range) => range.size!) as [number, number];
  const entries = BigInt(samples) ** 2n * BigInt(into) * BigInt(from);
  return [paragraph(words.batchJacobian(samples, into, from, entries, samples * from))];
}

/** The Jacobian of one matrix by another, by its size alone. */
function fourIndices({ network }: NonNullable<LayerForms["matrix"]>, words: Wording): readonly Block[] {
  const sizes = ({ ranges }: Quantity): readonly (number | string)[] =>
    ranges.map(({ size, limit, name }) => size ?? limit ?? name);
  return network.quantities.flatMap((of) =>
    (of.whole?.on ?? [])
      .filter((by) => of.ranges.length === 2 && by.ranges.length === 2)
      .map((by) => {
        const all = [...sizes(of), ...sizes(by)];
        return paragraph(
          fill(words.vectors.fourIndices, {
            above: [code(of.id)],
            below: [code(by.id)],
            shape: [text(all.join(" × "))],
            size: [text(all.join(" · "))],
            product: [text(sizes(by).join(" · "))],
          }),
        );
      }),
  );
}
