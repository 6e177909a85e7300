// The sections about whole layers: the indexed rules in four boxes, and the matrix form with its shapes and Jacobians.

import type { Expr, Quantity } from "../expression/expr.ts";
import { shapeText } from "../matrix/matrix.ts";
import type { Network } from "../network/network.ts";
import { rowsOf } from "../numeric/matrices.ts";
import type { Block, EquationLine, Inline, Side } from "./document.ts";
import type { Box, IndexedLine } from "./indexed.ts";
import type { IndexedForm, LayerForms, ValuedLine } from "./layers.ts";
import { equalitySides } from "./lines.ts";
import type { Jacobian } from "./matrix-form.ts";
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
export function indexedSection(form: IndexedForm, words: Wording, detail: Detail): SectionBlock {
  const { lines, samples, pivot } = form;
  const shown = detail === "brief" ? lines.filter(({ line }) => resultRules.has(line.rule!)) : lines;
  const inBox = (box: Box): readonly IndexedLine[] => shown.filter((line) => line.box === box);
  const parts = boxes
    .filter((box) => inBox(box).length > 0)
    .map((box) =>
      section(`indexed-${box}`, words.boxes[box], [
        paragraph(words.boxIntro[box]),
        equations(inBox(box).map(({ line }) => line)),
        ...(detail === "brief" ? [] : boxRemarks(box, form, words, detail)),
      ]),
    );
  const overSamples = [paragraph(`${words.overSamples}:`), equations(samples.map(({ line }) => line))];
  return section("indexed", words.indexed, [
    paragraph(pivot ? fill(words.generalIntro, placesOf(pivot)) : words.indexedIntro),
    ...parts,
    ...(samples.length > 0 ? overSamples : []),
    ...(pivot && detail !== "brief" ? [algorithm(lines, words)] : []),
  ]);
}

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
function algorithm(lines: readonly IndexedLine[], words: Wording): SectionBlock {
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
  return section("algorithm", words.algorithm, steps);
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
  const { options, lines, jacobians, samples } = form;
  const inBox = (box: Box): readonly ValuedLine[] => lines.filter((line) => line.box === box);
  const parts = boxes
    .filter((box) => inBox(box).length > 0)
    .map((box) => section(`matrix-${box}`, words.boxes[box], [equations(inBox(box).map(shownLine))]));
  return section("matrix", words.matrix, [
    paragraph(words.matrixIntro(options.layout, options.vectorsAre, samples)),
    ...parts,
    ...agreement(lines, words),
    ...jacobianSection(jacobians, form, words),
    ...batchRemark(form, words),
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

function jacobianSection(
  jacobians: readonly Jacobian[],
  { network, options }: NonNullable<LayerForms["matrix"]>,
  words: Wording,
): readonly Block[] {
  if (jacobians.length === 0) return [];
  const columns = options.layout === "denominator" && options.vectorsAre === "columns";
  return [
    section("jacobians", words.jacobians, [
      paragraph(words.jacobianOf),
      ...jacobians.flatMap((jacobian) => [
        ...jacobianBlocks(jacobian, words),
        ...(columns ? productBlocks(jacobian, network, words) : []),
      ]),
    ]),
  ];
}

function jacobianBlocks(jacobian: Jacobian, words: Wording): readonly Block[] {
  const { of, by, matrix, shape, entries, size, productSize } = jacobian;
  const sides: readonly Side[] = [
    { kind: "layers", of, by },
    { kind: "matrix", matrix },
    ...(entries ? [{ kind: "entries" as const, rows: entries }] : []),
  ];
  const line = equalitySides(sides, { rule: "jacobian", id: `jacobian-${of.id}-${by.id}` });
  const diagonal = matrix.kind === "diagonal" ? `${words.jacobianDiagonal} ` : "";
  return [
    equations([{ ...line, because: [text(shapeText(shape))] }]),
    paragraph(`${diagonal}${words.jacobianSize(size, productSize)}`),
  ];
}

/** The error at the layer below as the transposed Jacobian times the error above: named, written out, and as it is computed. */
function productBlocks(jacobian: Jacobian, { graph, loss }: Network, words: Wording): readonly Block[] {
  const { of, by, entries, product } = jacobian;
  if (!product) return [];
  const indices = ({ ranges }: Quantity): readonly number[] =>
    Array.from({ length: ranges[0]!.size! }, (_, position) => position + 1);
  const error = (quantity: Quantity, unit: number): Expr =>
    graph.derivative(graph.symbol(loss), graph.symbol(quantity, [unit]));
  const inert = indices(by).map((column) =>
    indices(of).map((row) => graph.derivative(graph.symbol(of, [row]), graph.symbol(by, [column]))),
  );
  // A diagonal matrix is its own transpose, and its zeros are the point of writing it out.
  const left = jacobian.matrix.kind === "diagonal" && entries ? entries : inert;
  const writtenOut: readonly Side[] = entries
    ? [{ kind: "entriesProduct", factors: [left, indices(of).map((unit) => [error(of, unit)])] }]
    : [];
  const sides: readonly Side[] = [
    { kind: "layers", of: loss, by },
    { kind: "vectorJacobian", loss, of, by },
    ...writtenOut,
    { kind: "matrix", matrix: product },
  ];
  const line = equalitySides(sides, { rule: "vector-jacobian", id: `vjp-${of.id}-${by.id}` });
  const at = (quantity: Quantity): readonly Inline[] => [formula(graph.symbol(quantity, quantity.formals))];
  return [paragraph(fill(words.jacobianProduct, { above: at(of), below: at(by) })), equations([line])];
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
