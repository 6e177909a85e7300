// What is true of every unit of a layer at once, with index letters and Σ.
import {
  call,
  derivative,
  difference,
  type Formula,
  prime,
  product,
  quotient,
  sum,
  symbol,
  total,
} from "./formula.ts";
import { depthOf, type Model, widthOf } from "./model.ts";
import { delta, hasLetter, loss, pre, type Relation, signal } from "./relations.ts";

/** Layers without skipping connections and with the dialect's own names only; letters: here, before, after. */
export function indexedRelations(
  model: Model,
  [j, i, k]: readonly [string, string, string],
): readonly Relation[] {
  return model.layers.flatMap(({ activation, bias }, before) => {
    const layer = before + 1;
    if (widthOf(model, layer) === 1 || widthOf(model, before) === 1) return [];
    const weight = symbol("w", layer, j, before, i);
    const units = new Map([[j, layer]]);
    const pairs = new Map([...units, [i, before]]);
    const weighted = total(i, before, product(weight, signal(before, i)));
    const biases = bias === "per-unit" ? [symbol("b", layer, j)] : [];
    return [
      { head: pre(layer, j), forms: [sum(weighted, ...biases)], free: units },
      { head: derivative(pre(layer, j), weight), forms: [signal(before, i)], free: pairs },
      { head: derivative(pre(layer, j), signal(before, i)), forms: [weight], free: pairs },
      {
        head: derivative(loss, weight),
        forms: [
          product(delta(layer, j), signal(before, i)),
          product(derivative(loss, pre(layer, j)), derivative(pre(layer, j), weight)),
        ],
        free: pairs,
      },
      { head: delta(layer, j), forms: [derivative(loss, pre(layer, j))], free: units },
      ...(bias === "per-unit"
        ? [{ head: derivative(loss, symbol("b", layer, j)), forms: [delta(layer, j)], free: units }]
        : []),
      ...(activation === "softmax" ? softmaxRelations(layer, j, k) : unitRelations(model, layer, j, k)),
    ];
  });
}

function unitRelations(model: Model, layer: number, j: string, k: string): readonly Relation[] {
  const [z, a] = [pre(layer, j), signal(layer, j)];
  const slope = hasLetter(model) ? prime("activation", z) : derivative(a, z);
  const free = new Map([[j, layer]]);
  const activation: readonly Relation[] = hasLetter(model)
    ? [{ head: a, forms: [call("activation", z)], free }]
    : [];
  if (layer === depthOf(model)) {
    const isHalf = model.loss === "half-squared-error";
    return [
      ...activation,
      ...(isHalf
        ? [{ head: delta(layer, j), forms: [product(difference(a, symbol("y", j)), slope)], free }]
        : []),
    ];
  }
  const back =
    widthOf(model, layer + 1) > 1 ? total(k, layer + 1, backTerm(layer, j, k)) : backTerm(layer, j, 1);
  return [
    ...activation,
    { head: delta(layer, j), forms: [product(slope, back), product(back, slope)], free },
    { head: derivative(loss, a), forms: [back], free },
  ];
}

const backTerm = (layer: number, j: string, k: string | number): Formula =>
  product(symbol("w", layer + 1, k, layer, j), delta(layer + 1, k));

function softmaxRelations(layer: number, j: string, k: string): readonly Relation[] {
  const free = new Map([[j, layer]]);
  return [
    {
      head: signal(layer, j),
      forms: [quotient(call("exp", pre(layer, j)), total(k, layer, call("exp", pre(layer, k))))],
      free,
    },
    { head: delta(layer, j), forms: [difference(signal(layer, j), symbol("y", j))], free },
  ];
}
