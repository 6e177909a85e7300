// Misconceptions about a step of gradient descent.
import { add, mul, subtract } from "../../expression/build.ts";
import type { Task } from "../task.ts";
import type { Misconception, Slip } from "./misconception.ts";

/** w - η w, w + η g, and the step without the weight, the rate or the gradient. */
function wrongUpdates({ graph, scalar, target }: Task): readonly Slip[] {
  if (target.kind !== "update") return [];
  const { old, rate, cone } = target;
  const gradient = graph.derivative(scalar.loss.symbol, old);
  const step = mul(graph, [rate, gradient]);
  const wrong = [
    subtract(graph, old, mul(graph, [rate, old])),
    add(graph, [old, step]),
    subtract(graph, old, gradient),
    add(graph, [old, gradient]),
    step,
    subtract(graph, graph.number(0), step),
    subtract(graph, old, rate),
    subtract(graph, gradient, mul(graph, [rate, old])),
  ];
  return wrong.map((whole) => ({ at: cone.bottom, whole }));
}

export const updateMisconceptions = [
  {
    id: "M27",
    code: "wrong-update",
    title: "A wrong update",
    sentence: "The step uses the weight for the gradient, w − η w, or goes up the slope, w + η ∂E/∂w.",
    look: {
      en: "The step for {at} goes against the gradient: old value, minus the learning rate times the derivative of the loss.",
      de: "Der Schritt für {at} geht gegen den Gradienten: alter Wert minus Lernrate mal Ableitung des Verlusts.",
    },
    source: "udacity/sdc-issue-reports#75; udacity/deep-learning#285",
    slips: wrongUpdates,
  },
] as const satisfies readonly Misconception[];
