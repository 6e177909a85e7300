// Misconceptions about the end of the chain: sign and constant of the residual, δ taken for something else.
import type { ScalarEdge } from "../../derivative/scalar.ts";
import { mul, subtract } from "../../expression/build.ts";
import type { Expr } from "../../expression/expr.ts";
import { losses } from "../../network/losses.ts";
import { feeds, isOutput, isSymbolOf, residuals, slopes, type Task } from "../task.ts";
import type { Misconception, Slip } from "./misconception.ts";
import { eachAndAll, replaced } from "./places.ts";

/** The residual times a constant, at one output or at all. */
function scaledResiduals(task: Task, top: number, bottom = 1): readonly Slip[] {
  const { graph } = task;
  const constant = graph.number({ numerator: BigInt(top), denominator: BigInt(bottom) });
  const all = residuals(task);
  const scaledAt = (edges: readonly ScalarEdge[]): Slip => ({
    ...replaced(edges, ({ factor }) => mul(graph, [constant, factor])),
    factor: constant,
  });
  // In equations every part of the loss looks like a residual.
  if (task.network.kind === "equations") return all.length > 0 ? [scaledAt(all)] : [];
  return eachAndAll(all, scaledAt);
}

/** The whole result times a constant, also where the claim does not reach up to the loss. */
function scaled(task: Task, top: number, bottom = 1): readonly Slip[] {
  const { graph, target } = task;
  if (target.kind !== "derivative") return [];
  const constant = graph.number({ numerator: BigInt(top), denominator: BigInt(bottom) });
  const edges = target.cone.users.get(target.cone.bottom)!;
  if (edges.length === 0) return [];
  return [{ ...replaced(edges, ({ factor }) => mul(graph, [constant, factor])), factor: constant }];
}

/** dE/da_j where dE/dz_j is asked for. */
function activationForPreActivation(task: Task): readonly Slip[] {
  if (task.target.kind === "definition") return [];
  const { bottom } = task.target.cone;
  return slopes(task)
    .filter(({ by }) => by === bottom)
    .map((edge) => replaced([edge], () => task.graph.number(1)));
}

/** δ_j a_i where δ_j is asked for. */
function timesInput(task: Task): readonly Slip[] {
  const { target, graph } = task;
  if (target.kind === "definition") return [];
  const { bottom, users } = target.cone;
  const inputs = bottom.uses
    .filter(({ by, factor }) => by.symbol.quantity.role === "weight" && isSymbolOf(factor, signals))
    .map(({ factor }) => factor);
  return inputs.map((input) => ({
    ...replaced(users.get(bottom)!, ({ factor }) => mul(graph, [factor, input])),
    at: bottom,
    factor: input,
  }));
}

/** dE/dw_ji = δ_j: the signal is taken to be in δ already. */
function withoutInput(task: Task): readonly Slip[] {
  const { target, graph } = task;
  if (target.kind === "definition") return [];
  return eachAndAll(
    feeds(task).filter(({ by }) => by === target.cone.bottom),
    (edges) => replaced(edges, () => graph.number(1)),
  );
}

/** 1/n missing or doubled, n samples or n outputs. */
function wrongAverages(task: Task): readonly Slip[] {
  const { graph, network, target } = task;
  if (target.kind === "definition") return [];
  const { bottom, users, top } = target.cone;
  const overall = target.cone.nodes.flatMap((node) => users.get(node)!.filter(({ of }) => of === top));
  const sizes = [network.samples.count, ...sampleCounts(network), ...outputCount(network)].filter(
    (size) => size > 1,
  );
  return [...new Set(sizes)].flatMap((size) =>
    [graph.number(size), graph.number({ numerator: 1n, denominator: BigInt(size) })].map((factor) => ({
      ...replaced(overall, (edge) => mul(graph, [factor, edge.factor])),
      at: bottom,
      factor,
    })),
  );
}

/** The outputs, where the loss is their mean, or where their number is no 2 that comes from elsewhere. */
function outputCount({ completed: { loss }, outputs }: Task["network"]): readonly number[] {
  const name = typeof loss === "object" && "name" in loss ? loss.name : loss;
  const isMean = losses.some((row) => row.name === name && row.aggregate === "mean");
  return isMean || outputs.length > 2 ? [outputs.length] : [];
}

function sampleCounts({ quantities }: Task["network"]): readonly number[] {
  const samples = quantities.flatMap(({ ranges }) => ranges).find(({ name }) => name === "samples");
  return samples?.size === undefined ? [] : [samples.size];
}

/** Everything above an output is left out: its residual, or its whole δ. */
function withoutOuter(task: Task): readonly Slip[] {
  const one = task.graph.number(1);
  const outputs = slopes(task).filter(({ of }) => isOutput(of));
  const { target } = task;
  const below = target.kind === "definition" ? [] : outputs.filter(({ by }) => by !== target.cone.bottom);
  return [
    ...eachAndAll(residuals(task), (edges) => replaced(edges, () => one)),
    ...(below.length > 0 && residuals(task).length > 0
      ? [replaced([...below, ...residuals(task)], () => one)]
      : []),
  ];
}

/** p (1 - p) */
function ownSlope({ graph }: Task, output: Expr): Expr {
  return mul(graph, [output, subtract(graph, graph.number(1), output)]);
}

/** dp_k/dz_m = 0 for k ≠ m, as if softmax were a function of one unit. */
function elementwiseSoftmax(task: Task): readonly Slip[] {
  const nothing = task.graph.number(0);
  const isOff = ({ of, by, rule }: ScalarEdge): boolean =>
    rule === "softmax" &&
    of.symbol.indices.join() + (of.symbol.quantity.unit ?? "") !==
      by.symbol.indices.join() + (by.symbol.quantity.unit ?? "");
  const all = task.edges.filter(isOff);
  const units = [...new Set(all.map(({ by }) => by))];
  const one = units.map((unit) =>
    replaced(
      all.filter(({ by }) => by === unit),
      () => nothing,
    ),
  );
  const diagonal = all.map((edge) => replaced([edge], ({ of }) => ownSlope(task, of.symbol)));
  return [...one, ...(units.length > 1 ? [replaced(all, () => nothing)] : []), ...diagonal];
}

const signals = new Set(["input", "activation", "output"] as const);

export const lossMisconceptions = [
  {
    id: "M17",
    code: "wrong-sign",
    title: "The sign is turned round",
    sentence:
      "The residual is taken as y − ŷ, or its minus is lost, so that the answer is −1 times the right one.",
    look: {
      en: "If {at} grows a little, does the loss grow or shrink? Compare the sign.",
      de: "Wenn {at} ein wenig wächst, wächst oder sinkt der Verlust? Vergleiche das Vorzeichen.",
    },
    source: "math.SE 4158072; udacity/deep-learning#285; Yorko/mlcourse.ai#640",
    slips: (task) => [...scaledResiduals(task, -1), ...scaled(task, -1)],
  },
  {
    id: "M18",
    code: "factor-two",
    title: "A factor 2 or 1/2",
    sentence: "2(ŷ − y) with a loss that has the half, or ŷ − y with one that has not.",
    look: {
      en: "Look at the constant in front of the square in the loss, and at the 2 that the power rule brings along.",
      de: "Sieh dir die Konstante vor dem Quadrat im Verlust an und die 2, die die Potenzregel mitbringt.",
    },
    source: "Open-Deep-ML/DML-OpenProblem#54 (2/n against 1/n)",
    slips: (task) => [
      ...scaledResiduals(task, 2),
      ...scaledResiduals(task, 1, 2),
      ...scaled(task, 2),
      ...scaled(task, 1, 2),
    ],
  },
  {
    id: "M20",
    code: "confused-delta",
    title: "δ stands for something else",
    sentence:
      "The derivative by the activation, ∂E/∂a_j, is taken for the one by the pre-activation, ∂E/∂z_j, or δ holds the input x_i already.",
    look: {
      en: "What is δ the derivative by? Check whether the answer is the derivative by {at} itself.",
      de: "Wonach ist δ abgeleitet? Prüfe, ob die Antwort die Ableitung nach {at} selbst ist.",
    },
    source: "udacity/deep-learning-v2-pytorch#409, PR 105",
    slips: (task) => [...activationForPreActivation(task), ...timesInput(task), ...withoutInput(task)],
  },
  {
    id: "M19",
    code: "wrong-batch-factor",
    title: "The factor of the batch",
    sentence: "1/n is missing, or stands twice, or stands where the loss is a sum.",
    look: {
      en: "Is the loss a mean or a sum over the samples? The derivative by {at} has the same factor, once.",
      de: "Ist der Verlust ein Mittel oder eine Summe über die Beispiele? Die Ableitung nach {at} hat denselben Faktor, einmal.",
    },
    source: "Open-Deep-ML/DML-OpenProblem#54; amaas/stanford_dl_ex#12 (sum over samples put into δ)",
    slips: wrongAverages,
  },
  {
    id: "M21",
    code: "lost-outer-factor",
    title: "The outer factor is lost on the way down",
    sentence: "The hidden gradient begins at the output and leaves out the derivative of the loss, ∂E/∂ŷ.",
    look: {
      en: "The chain begins at the loss. Which factor leads from the loss down to {at}?",
      de: "Die Kette beginnt beim Verlust. Welcher Faktor führt vom Verlust hinab zu {at}?",
    },
    source: "math.SE 4158072 (its second formula)",
    slips: withoutOuter,
  },
  {
    id: "M25",
    code: "elementwise-softmax",
    title: "Softmax taken as a function of one unit",
    sentence: "Only the diagonal p_k(1 − p_k) of the Jacobian is used; −p_k Σ_m p_m g_m is missing.",
    look: {
      en: "A change of {at} alone changes every probability, since they add up to 1. Which derivatives are missing?",
      de: "Eine Änderung von {at} allein ändert jede Wahrscheinlichkeit, denn sie ergeben zusammen 1. Welche Ableitungen fehlen?",
    },
    source:
      "deeplearning4j/libnd4j#440; Apiquet/DeepLearningFrameworkFromScratchCpp#1; SebLague/Neural-Network-Experiments PR 5; RubixML/ML PR 438; mlpack/mlpack#2360",
    slips: elementwiseSoftmax,
  },
] as const satisfies readonly Misconception[];
