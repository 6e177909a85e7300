// Misconceptions about what a weight or bias multiplies: another signal, a neighbouring layer, the bias as if it had one.
import type { ScalarEdge, ScalarNode } from "../../derivative/scalar.ts";
import { mul } from "../../expression/build.ts";
import { type Expr, entryCount, type Quantity, type SymbolExpr } from "../../expression/expr.ts";
import { biases, feeds, isParameter, links, lossOf, roleOf, type Task } from "../task.ts";
import type { Misconception, Slip } from "./misconception.ts";
import { alternatives, replaced } from "./places.ts";

/** More signals into one unit than this are not tried one by one. */
const mostSignals = 64;

/** dz_j/dw_ji = w_ji, a_j, or the signal of another connection into the same unit. */
function otherSignals(task: Task): readonly Slip[] {
  return alternatives(feeds(task), ({ of, by, factor }) => {
    const own = of.users.filter(({ rule }) => rule === "activation").map((edge) => edge.of.symbol);
    return [by.symbol, ...own, ...signalsInto(of).filter((signal) => signal !== factor)];
  });
}

/** What the connections into a unit carry. */
function signalsInto({ uses }: ScalarNode): readonly Expr[] {
  return uses
    .filter(({ by, factor }) => isParameter(by) && factor.kind === "symbol")
    .map(({ factor }) => factor)
    .slice(0, mostSignals);
}

/** The entry of the same number one layer up or down. */
function neighbours({ graph, network }: Task, { quantity, indices }: SymbolExpr): readonly SymbolExpr[] {
  const layer = quantity.layer;
  if (layer === undefined) return [];
  const near = network.quantities.filter(
    (other) =>
      other.layer !== undefined && Math.abs(other.layer - layer) === 1 && isAkin(quantity, other, indices),
  );
  return near.map((other) => graph.symbol(other, indices));
}

const signals: ReadonlySet<Quantity["role"]> = new Set(["input", "activation", "output"]);

/** Of the same kind, and large enough to have an entry of this number. */
function isAkin(quantity: Quantity, other: Quantity, indices: SymbolExpr["indices"]): boolean {
  const sameKind = quantity.role === other.role || (signals.has(quantity.role) && signals.has(other.role));
  return (
    sameKind &&
    other.ranges.length === indices.length &&
    indices.every((index, axis) => (index as number) <= (other.ranges[axis]!.size ?? 0)) &&
    entryCount(other) > 0
  );
}

/** a^(l) for a^(l-1), w^(l) for w^(l+1), δ^(l+1) for δ^(l). */
function otherLayers(task: Task): readonly Slip[] {
  const near = ({ factor }: ScalarEdge): readonly Expr[] =>
    factor.kind === "symbol" ? neighbours(task, factor) : [];
  return [
    ...alternatives(feeds(task), near),
    ...alternatives(links(task), near),
    ...errorsOfOtherLayers(task),
  ];
}

function errorsOfOtherLayers(task: Task): readonly Slip[] {
  const { graph, target } = task;
  if (target.kind === "definition") return [];
  return task.edges
    .filter(({ by }) => by === target.cone.bottom && isParameter(by))
    .flatMap(({ of, factor }) =>
      neighbours(task, of.symbol).map((other) => ({
        at: of,
        whole: mul(graph, [graph.derivative(lossOf(task), other), factor]),
      })),
    );
}

/** dz/db = b, 0 or the signal of a weight; over a batch, one sample only, or its mean where the sum is due. */
function biasSlips(task: Task): readonly Slip[] {
  const { graph, target } = task;
  const local = alternatives(biases(task), ({ of, by }) => [
    by.symbol,
    ...(roleOf(by) === "bias" ? [graph.number(0)] : []),
    ...signalsInto(of),
  ]);
  if (target.kind === "definition") return local;
  const { bottom, users } = target.cone;
  const uses = users.get(bottom)!.filter((edge) => biases(task).includes(edge));
  const isBatch = uses.length > 1 && uses.every(({ of }) => of.symbol.quantity.sampleOf);
  if (!isBatch) return local;
  const nothing = graph.number(0);
  const size = graph.number({ numerator: 1n, denominator: BigInt(uses.length) });
  return [
    ...local,
    ...uses.flatMap((kept): readonly Slip[] =>
      [1, uses.length].map((times) => ({
        at: bottom,
        factors: new Map(uses.map((edge) => [edge, edge === kept ? graph.number(times) : nothing])),
      })),
    ),
    { ...replaced(uses, () => size), at: bottom, factor: size },
  ];
}

export const inputMisconceptions = [
  {
    id: "M14",
    code: "wrong-local-input",
    title: "Another signal at the weight",
    sentence:
      "∂z_j/∂w_ji is taken as the weight itself, as the unit's own activation a_j, or as another input.",
    look: {
      en: "Which signal does the weight {at} multiply in the forward pass? That signal is the local derivative.",
      de: "Welches Signal multipliziert das Gewicht {at} im Vorwärtslauf? Dieses Signal ist die lokale Ableitung.",
    },
    source: "forum code on devhide (dz2/dw2 = a2)",
    slips: otherSignals,
  },
  {
    id: "M15",
    code: "layer-off-by-one",
    title: "One layer off",
    sentence: "a^(l) for a^(l−1), a weight or an error of the neighbouring layer.",
    look: {
      en: "Which layer does each factor at {at} belong to? A weight joins the signal of the layer before it to the error behind it.",
      de: "Zu welcher Schicht gehört jeder Faktor bei {at}? Ein Gewicht verbindet das Signal der Schicht davor mit dem Fehler dahinter.",
    },
    source: "forum code on devhide; rasbt/python-machine-learning-book-2nd-edition#94 (superscripts)",
    slips: otherLayers,
  },
  {
    id: "M16",
    code: "wrong-bias-derivative",
    title: "A wrong derivative by the bias",
    sentence:
      "∂z/∂b is not 1 but b, 0 or an input; or, over a batch, the gradient is averaged twice, or holds one sample only.",
    look: {
      en: "The bias {at} is only added. By how much does the pre-activation change when it grows by 1, and in how many samples?",
      de: "Der Bias {at} wird nur addiert. Um wie viel ändert sich die Voraktivierung, wenn er um 1 wächst, und in wie vielen Beispielen?",
    },
    source: "rust0258/…Natural-Language-Processing-Specialization#62, #64; kvfrans/notes#5",
    slips: biasSlips,
  },
] as const satisfies readonly Misconception[];
