// Lines of numbers: formulas with the network's own numbers put in, rounded as students round, and worked out.
import type { LayersDescription } from "../../../src/network/description.ts";
import { valueIn } from "./evaluate.ts";
import { at, type Formula, negative, number, placesOf, replaced } from "./formula.ts";
import { type Interval, intervalOf, meet, withNumbers } from "./intervals.ts";
import { keyOf, type Model, unitsOf, type Values } from "./model.ts";
import type { Random } from "./random.ts";
import { type Relation, relationsOf } from "./relations.ts";
import { drawn, type World, worldOf } from "./values.ts";

/** Whether numbers can be given to it as layers, and its function worked out. */
export const canHaveNumbers = ({ description, layers }: Model): boolean =>
  description.kind === "layers" && layers[0]!.activation !== "abstract";

/** The same model with numbers of two decimals, given to the network as well. */
export function numbered(model: Model, random: Random): Model {
  const { description } = model;
  if (description.kind !== "layers") throw new Error("Only layers are given numbers here.");
  const values = new Map([...drawn(model, random)].map(([key, value]) => [key, hundredths(value)]));
  if (model.loss === "categorical-cross-entropy") {
    // Rounded shares still add up to 1.
    const [first, ...others] = unitsOf(model, model.layers.length).map((unit) => keyOf("y", [unit]));
    values.set(first!, hundredths(1 - others.reduce((all, key) => all + values.get(key)!, 0)));
  }
  return { ...model, numbers: values, description: withValues(model, description, values) };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

function withValues(model: Model, description: LayersDescription, values: Values): LayersDescription {
  const get = (key: string): number => values.get(key)!;
  return {
    ...description,
    layers: description.layers.map((layer, before) => ({
      ...layer,
      weights: unitsOf(model, before + 1).map((to) =>
        unitsOf(model, before).map((from) => get(keyOf("w", [before + 1, to, before, from]))),
      ),
      ...biasesOf(model, before + 1, get),
    })) as LayersDescription["layers"],
    samples: [
      {
        inputs: unitsOf(model, 0).map((unit) => get(keyOf("x", [unit]))),
        targets: unitsOf(model, model.layers.length).map((unit) => get(keyOf("y", [unit]))),
      },
    ],
  };
}

function biasesOf(
  model: Model,
  layer: number,
  get: (key: string) => number,
): { readonly biases?: readonly number[] } {
  switch (model.layers[layer - 1]!.bias) {
    case "none":
      return {};
    case "shared":
      return { biases: [get(keyOf("b", [layer]))] };
    case "per-unit":
      return { biases: unitsOf(model, layer).map((unit) => get(keyOf("b", [layer, unit]))) };
  }
}

export interface NumericLine {
  readonly sides: readonly Formula[];
  readonly expected: readonly ("true" | "false")[];
  readonly slip?: string;
}

/** Makes numeric lines about one model with numbers. */
export function numericLines(model: Model, random: Random): (isWrong: boolean) => NumericLine | undefined {
  const values = model.numbers!;
  const world = worldOf(model, values, random);
  const given = new Set([...values.values()].map((value) => String(Math.abs(value))));
  const isExact = (text: string): boolean => given.has(text) || /^\d+(\.\d)?$/.test(text);
  const relations = relationsOf(model).filter(
    ({ head }) => head.kind === "symbol" || head.kind === "derivative",
  );
  return (isWrong) => oneLine({ model, world, values, isExact, random }, random.pick(relations), isWrong);
}

interface Setting {
  readonly model: Model;
  readonly world: World;
  readonly values: Values;
  readonly isExact: (text: string) => boolean;
  readonly random: Random;
}

function oneLine(setting: Setting, { head, forms }: Relation, isWrong: boolean): NumericLine | undefined {
  const { random, isExact, world } = setting;
  const form = random.pick(forms);
  const digits = 4 + random.below(4);
  const put = withNumbers(form, (symbol) => written(setting, symbol, digits));
  if (!put || placesOf(put).length < 2) return undefined;
  const slip = isWrong ? random.pick(["digit", "sign", "other number"] as const) : undefined;
  const wrongPut = slip === "sign" || slip === "other number" ? changed(put, slip, setting) : put;
  if (!wrongPut) return undefined;
  try {
    const middle = midpoint(intervalOf(wrongPut, () => true));
    const result = rounded(middle, digits);
    if (!result) return undefined;
    const shown = slip === "digit" ? otherDigit(result, random) : result;
    const last = shown.startsWith("-") ? negative(number(shown.slice(1))) : number(shown);
    const truth = valueIn(world, head);
    const between: readonly Formula[] = random.chance(0.4) ? [form] : [];
    const met = [
      meet({ low: truth, high: truth }, intervalOf(wrongPut, isExact)),
      meet(intervalOf(wrongPut, isExact), intervalOf(last, isExact)),
    ];
    if (met.includes(undefined) || met.includes(false) !== isWrong) return undefined;
    return {
      sides: [head, ...between, wrongPut, last],
      expected: [
        ...between.map(() => "true" as const),
        ...met.map((meets) => (meets ? "true" : "false") as "true" | "false"),
      ],
      ...(slip && { slip }),
    };
  } catch {
    // A denominator that may be 0, or a function that is not looked at.
    return undefined;
  }
}

const midpoint = ({ low, high }: Interval): number => (low + high) / 2;

/** A given number as it is given, another one rounded; nothing where rounding leaves too little. */
function written({ world, values }: Setting, symbol: Formula, digits: number): string | undefined {
  const given = symbol.kind === "symbol" ? values.get(keyOf(symbol.role, symbol.at)) : undefined;
  if (given !== undefined) return String(given);
  return rounded(valueIn(world, symbol), digits);
}

/** To `digits` decimals; nothing where fewer than three of them say something. */
function rounded(value: number, digits: number): string | undefined {
  if (!Number.isFinite(value) || Math.abs(value) < 10 ** (3 - digits) || Math.abs(value) > 100)
    return undefined;
  return value.toFixed(digits);
}

function otherDigit(text: string, { pick }: Random): string {
  const places = [...text].flatMap((letter, position) => (/[1-9]/.test(letter) ? [position] : []));
  const place = places[Math.min(1, places.length - 1)]!;
  const digit = (Number(text[place]) + pick([1, 2, 3, 7])) % 10;
  return `${text.slice(0, place)}${digit}${text.slice(place + 1)}`;
}

/** One number with the other sign, or in place of another one. */
function changed(formula: Formula, slip: "sign" | "other number", { random }: Setting): Formula | undefined {
  const places = placesOf(formula).filter((place) => {
    const part = at(formula, place);
    return part.kind === "number" && part.text.length > 2;
  });
  if (places.length < 2) return undefined;
  const place = random.pick(places);
  if (slip === "other number") return replaced(formula, place, at(formula, random.pick(places)));
  const above = place.slice(0, -1);
  const parent = at(formula, above);
  return parent.kind === "negative"
    ? replaced(formula, above, at(formula, place))
    : replaced(formula, place, negative(at(formula, place)));
}
