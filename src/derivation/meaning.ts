// What a factor tells, by the roles of what is derived and what it is derived by.
import type { Role } from "../expression/expr.ts";
import type { Factor } from "./derived.ts";
import type { Inline } from "./document.ts";
import { fill, formula } from "./prose.ts";
import type { Wording } from "./wording/english.ts";

export type MeaningKey = keyof Wording["meanings"];

/** By "of by"; pairs that are not listed have no meaning of their own. */
const keys: Readonly<Partial<Record<`${Role} ${Role}`, MeaningKey>>> = {
  "loss activation": "lossByOutput",
  "loss output": "lossByOutput",
  "loss preActivation": "lossByOutput",
  "outputLoss activation": "lossByOutput",
  "outputLoss output": "lossByOutput",
  "outputLoss preActivation": "lossByOutput",
  "loss outputLoss": "lossByPart",
  "loss penalty": "lossByPenalty",
  "penalty weight": "penaltyByWeight",
  "activation preActivation": "activationByPreActivation",
  "output preActivation": "activationByPreActivation",
  "preActivation weight": "preActivationByWeight",
  "preActivation bias": "preActivationByBias",
  "preActivation activation": "preActivationByActivation",
};

export function meaningKey({ of, by, rule }: Factor): MeaningKey {
  if (rule === "softmax") return "softmax";
  return keys[`${of.symbol.quantity.role} ${by.symbol.quantity.role}`] ?? "other";
}

/** One sentence for a factor. */
export function meaningOf(factor: Factor, words: Wording): readonly Inline[] {
  return fill(words.meanings[meaningKey(factor)], {
    derivative: [formula(factor.derivative)],
    of: [formula(factor.of.symbol)],
    by: [formula(factor.by.symbol)],
    result: [formula(factor.result)],
  });
}
