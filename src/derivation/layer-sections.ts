// The sections about whole layers: the indexed rules in four boxes, and the matrix form with its shapes and Jacobians.
import { shapeText } from "../matrix/matrix.ts";
import { rowsOf } from "../numeric/matrices.ts";
import type { Block, EquationLine, Inline, Side } from "./document.ts";
import type { Box, IndexedLine } from "./indexed.ts";
import type { LayerForms, ValuedLine } from "./layers.ts";
import { equalitySides } from "./lines.ts";
import type { Jacobian } from "./matrix-form.ts";
import { wording } from "./wording.ts";

type SectionBlock = Block & { kind: "section" };

const text = (words: string): Inline => ({ kind: "text", text: words });
const paragraph = (words: string): Block => ({ kind: "paragraph", inlines: [text(words)] });
const equations = (lines: readonly EquationLine[]): Block => ({ kind: "equations", lines });
const section = (id: string, title: string, blocks: readonly Block[]): SectionBlock => ({
  kind: "section",
  id,
  title: [text(title)],
  blocks,
});

const boxes: readonly Box[] = ["forward", "error", "backward", "derivative"];

/** Forward, error evaluation, backward, derivatives: the algorithm with the network's own layers put in. */
export function indexedSection({ lines, samples }: NonNullable<LayerForms["indexed"]>): SectionBlock {
  const inBox = (box: Box): readonly IndexedLine[] => lines.filter((line) => line.box === box);
  const parts = boxes
    .filter((box) => inBox(box).length > 0)
    .map((box) =>
      section(`indexed-${box}`, wording.boxes[box], [
        paragraph(wording.boxIntro[box]),
        equations(inBox(box).map(({ line }) => line)),
      ]),
    );
  const overSamples =
    samples.length > 0 ? [paragraph(wording.overSamples), equations(samples.map(({ line }) => line))] : [];
  return section("indexed", wording.indexed, [paragraph(wording.indexedIntro), ...parts, ...overSamples]);
}

/** Matrices with more entries than this are not written out in the document. */
const largestShown = 24;

export function matrixSection(form: NonNullable<LayerForms["matrix"]>): SectionBlock {
  const { options, lines, jacobians, samples } = form;
  const inBox = (box: Box): readonly ValuedLine[] => lines.filter((line) => line.box === box);
  const parts = boxes
    .filter((box) => inBox(box).length > 0)
    .map((box) => section(`matrix-${box}`, wording.boxes[box], [equations(inBox(box).map(shownLine))]));
  return section("matrix", wording.matrix, [
    paragraph(wording.matrixIntro(options.layout, options.vectorsAre, samples)),
    ...parts,
    ...agreement(lines),
    ...jacobianSection(jacobians),
    ...batchRemark(form),
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

function agreement(lines: readonly ValuedLine[]): readonly Block[] {
  const valued = lines.filter(({ agrees }) => agrees !== undefined);
  if (valued.length === 0) return [];
  const differing = valued.filter(({ agrees }) => !agrees).map(({ id }) => id);
  return differing.length > 0
    ? [{ kind: "note", tone: "warning", inlines: [text(wording.matricesDiffer(differing))] }]
    : [{ kind: "note", tone: "agrees", inlines: [text(wording.matricesAgree(valued.length))] }];
}

function jacobianSection(jacobians: readonly Jacobian[]): readonly Block[] {
  if (jacobians.length === 0) return [];
  return [
    section("jacobians", wording.jacobians, [
      paragraph(wording.jacobianOf),
      ...jacobians.flatMap(jacobianBlocks),
    ]),
  ];
}

function jacobianBlocks({ of, by, matrix, shape, entries, size, productSize }: Jacobian): readonly Block[] {
  const left: Side = { kind: "layers", of, by };
  const sides: readonly Side[] = [
    left,
    { kind: "matrix", matrix },
    ...(entries ? [{ kind: "entries" as const, rows: entries }] : []),
  ];
  return [
    equations([{ ...equalitySides(sides, { rule: "jacobian" }), because: [text(shapeText(shape))] }]),
    paragraph(
      `${matrix.kind === "diagonal" ? `${wording.jacobianDiagonal} ` : ""}${wording.jacobianSize(size, productSize)}`,
    ),
  ];
}

/** The Jacobian of a whole batch, by its size alone. */
function batchRemark({ samples, network }: NonNullable<LayerForms["matrix"]>): readonly Block[] {
  if (samples < 2) return [];
  const weight = network.parameters.find((quantity) => quantity.role === "weight");
  if (!weight) return [];
  const [into, from] = weight.ranges.map((range) => range.size!) as [number, number];
  const entries = BigInt(samples) ** 2n * BigInt(into) * BigInt(from);
  return [paragraph(wording.batchJacobian(samples, into, from, String(entries), String(samples * from)))];
}
