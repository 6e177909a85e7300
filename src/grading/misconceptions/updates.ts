// Misconceptions about a step of gradient descent.
import { add, mul, subtract } from "../../expression/build.ts";
import type { Task } from "../task.ts";
import type { Misconception, Slip } from "./misconception.ts";

/** w - η w, w + η g, and the step without the weight, the rate or the gradient. */
function wrongUpdates({ graph, target }: Task): readonly Slip[] {
  if (target.kind !== "update") return [];
  const { rate, cone } = target;
  const weight = cone.bottom.symbol;
  const gradient = graph.derivative(cone.top.symbol, weight);
  const step = mul(graph, [rate, gradient]);
  const none = graph.number(0);
  const changes = [
    step,
    subtract(graph, none, mul(graph, [rate, weight])),
    subtract(graph, none, gradient),
    gradient,
    subtract(graph, none, rate),
  ];
  const whole =
    target.of === "difference"
      ? changes
      : [
          ...changes.map((change) => add(graph, [weight, change])),
          step,
          subtract(graph, none, step),
          subtract(graph, gradient, mul(graph, [rate, weight])),
        ];
  return whole.map((wrong) => ({ at: cone.bottom, whole: wrong }));
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
