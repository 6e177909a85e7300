// One step of gradient descent in the form of the dialect: w := w - α ∂E/∂w, or w^new = w^old - η ∂L/∂w.
import { type Expr, entryId, entryOffset, type Quantity, type SymbolExpr } from "../expression/expr.ts";
import { learningRate } from "../network/learning-rate.ts";
import { multiply, add as sumOperation } from "../primitives/arithmetic.ts";
import { inOrderOfNames } from "./derive.ts";
import type { Derived } from "./derived.ts";
import type { Block, EquationLine, Inline, Side } from "./document.ts";
import {
  columnOf,
  equations,
  fill,
  formula,
  paragraph,
  type SectionBlock,
  section,
  text,
  value,
} from "./prose.ts";
import { overall } from "./samples.ts";
import type { Telling } from "./telling.ts";

/** More updates than this stand in a table alone. */
const mostLines = 24;

/** One entry of a parameter before and after the update. */
interface Change {
  readonly symbol: SymbolExpr;
  readonly old: number;
  readonly gradient?: number;
  readonly value: number;
}

export function updateSection(telling: Telling): SectionBlock {
  const { derived, words, detail } = telling;
  const { request, history } = derived.update!;
  const { steps = 1, learningRate } = request;
  const changes = changesOf(derived);
  const isListed = steps === 1 && changes.length <= mostLines && detail !== "brief";
  const lines = isListed
    ? changes.map((change) => updateLine(change, telling, true))
    : changes.slice(0, 1).map((change) => updateLine(change, telling, false));
  const { step, loss } = words.updateLossColumns;
  const lossRows = history.map((entry): readonly (readonly Inline[])[] => [
    [text(String(entry.step))],
    [value(entry.loss)],
  ]);
  return section("update", words.update, [
    paragraph(fill(words.updateIntro(steps), { rate: [value(learningRate)] })),
    equations(lines),
    ...(isListed ? [] : updateTable(changes, steps, telling)),
    paragraph(words.updateLoss(steps)),
    { kind: "table", columns: [columnOf(step, "right"), columnOf(loss, "right")], rows: lossRows },
  ]);
}

function changesOf(derived: Derived): readonly Change[] {
  const { before, parameters } = derived.update!;
  const gradientBy = new Map(derived.gradients.map((gradient) => [gradient.id, gradient.value]));
  return [...parameters].flatMap(([quantity, values]) =>
    inOrderOfNames(quantity).map((indices): Change => {
      const symbol = derived.network.graph.symbol(quantity, indices);
      const offset = entryOffset(quantity, indices);
      const gradient = gradientBy.get(entryId(quantity, symbol.indices));
      return {
        symbol,
        old: before.get(quantity)![offset]!,
        value: values[offset]!,
        ...(gradient !== undefined && { gradient }),
      };
    }),
  );
}

/** The old or the new value of a parameter: how it prints, the dialect says. */
function atStep(
  { graph }: Derived["network"],
  { quantity, indices }: SymbolExpr,
  step: "old" | "new",
): SymbolExpr {
  return graph.symbol({ ...quantity, step }, indices);
}

/** Stands for the derivative while its number is put in. */
const gradientQuantity: Quantity = { id: "gradient", role: "intermediate", ranges: [], formals: [] };

/** w := w - α ∂E/∂w = 0.1 - 1 · 0.00093 = 0.0991 */
function updateLine(change: Change, { derived, notation }: Telling, withNumbers: boolean): EquationLine {
  const { network, update } = derived;
  const { graph } = network;
  const { symbol, old, gradient } = change;
  const before = atStep(network, symbol, "old");
  const rate = graph.symbol(learningRate);
  const stepped = (derivative: Expr): Expr =>
    graph.apply(sumOperation, [before, graph.apply(multiply, [graph.number(-1), rate, derivative])]);
  const derivative =
    overall(network)?.derivative(symbol).symbol ?? graph.derivative(graph.symbol(network.loss), symbol);
  const values = new Map([
    [before.quantity, old],
    [learningRate, update!.request.learningRate],
    [gradientQuantity, gradient],
  ]);
  const digits: readonly Side[] =
    withNumbers && gradient !== undefined
      ? [
          {
            kind: "digits",
            expr: stepped(graph.symbol(gradientQuantity)),
            values: ({ quantity }) => values.get(quantity),
          },
          { kind: "value", value: change.value },
        ]
      : [];
  const sides: readonly Side[] = [
    { kind: "expr", expr: atStep(network, symbol, "new") },
    { kind: "expr", expr: stepped(derivative) },
    ...digits,
  ];
  const signs = sides.slice(1).map((_, position) => (position === 0 ? notation.update.sign : ("=" as const)));
  return { sides, signs, rule: "update", id: `update-${entryId(symbol.quantity, symbol.indices)}` };
}

function updateTable(changes: readonly Change[], steps: number, { words }: Telling): readonly Block[] {
  const { parameter, old, derivative, new: updated } = words.updateColumns;
  const titles = steps === 1 ? [old, derivative, updated] : [old, updated];
  const rows = changes.map((change): readonly (readonly Inline[])[] => [
    [formula(change.symbol)],
    [value(change.old)],
    ...(steps === 1 ? [change.gradient === undefined ? [] : [value(change.gradient)]] : []),
    [value(change.value)],
  ]);
  const columns = [columnOf(parameter, "left"), ...titles.map((title) => columnOf(title, "right"))];
  return [paragraph(words.updateTable), { kind: "table", columns, rows }];
}
