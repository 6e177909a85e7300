// What is true of a model: every quantity with the formulas that students write for it, each equal to every other.
import {
  call,
  derivative,
  difference,
  type Formula,
  negative,
  number,
  power,
  prime,
  product,
  quotient,
  sum,
  symbol,
  type Variable,
} from "./formula.ts";
import {
  biasKey,
  type Connection,
  depthOf,
  functionOf,
  hasOneActivation,
  into,
  type Model,
  outOf,
  unitsOf,
  widthOf,
} from "./model.ts";

/** Formulas that are all equal; the first is what the line is about. */
export interface Relation {
  readonly head: Formula;
  readonly forms: readonly Formula[];
  /** Free index letters with the layer whose units they count. */
  readonly free?: ReadonlyMap<string, number>;
}

export const loss = symbol("E");
export const pre = (layer: number, unit: number | string): Variable => symbol("z", layer, unit);
export const delta = (layer: number, unit: number | string): Variable => symbol("delta", layer, unit);
export const signal = (layer: number, unit: number | string): Variable =>
  layer === 0 ? symbol("x", unit) : symbol("a", layer, unit);
const weight = ({ from, to }: Connection): Variable => symbol("w", ...to, ...from);
const target = (unit: number | string): Variable => symbol("y", unit);

function biasOf(model: Model, layer: number, unit: number): Variable | undefined {
  const key = biasKey(model, layer, unit);
  return key ? symbol("b", ...key.slice(2).split(".").map(Number)) : undefined;
}

export function relationsOf(model: Model): readonly Relation[] {
  const layers = model.layers.map((_, before) => before + 1);
  return [
    ...layers.flatMap((layer) => unitsOf(model, layer).flatMap((unit) => unitRelations(model, layer, unit))),
    ...unitsOf(model, depthOf(model)).flatMap((unit) => outputRelations(model, unit)),
    ...model.connections.flatMap((connection) => weightRelations(model, connection)),
    ...layers.flatMap((layer) => biasRelations(model, layer)),
    lossRelation(model),
  ];
}

function unitRelations(model: Model, layer: number, unit: number): readonly Relation[] {
  const [z, a] = [pre(layer, unit), signal(layer, unit)];
  const isOutput = layer === depthOf(model);
  return [
    { head: z, forms: [definitionOf(model, layer, unit)] },
    { head: a, forms: activationForms(model, layer, unit) },
    ...(model.layers[layer - 1]!.activation === "softmax"
      ? softmaxSlopes(model, layer, unit)
      : [{ head: derivative(a, z), forms: slopeForms(model, layer, unit) }]),
    { head: delta(layer, unit), forms: [derivative(loss, z), ...deltaForms(model, layer, unit)] },
    ...(isOutput
      ? []
      : [{ head: derivative(loss, a), forms: [backSum(model, layer, unit), chainSum(model, layer, unit)] }]),
  ];
}

/** Σ w a + b. */
export function definitionOf(model: Model, layer: number, unit: number): Formula {
  const terms = into(model, layer, unit).map((connection) =>
    product(weight(connection), signal(...connection.from)),
  );
  const bias = biasOf(model, layer, unit);
  return sum(...terms, ...(bias ? [bias] : []));
}

/** Whether "f" is this network's function beyond doubt. */
export function hasLetter(model: Model): boolean {
  return hasOneActivation(model) && !["tanh", "identity"].includes(model.layers[0]!.activation);
}

export function activationForms(model: Model, layer: number, unit: number): readonly Formula[] {
  const z = pre(layer, unit);
  const { activation } = model.layers[layer - 1]!;
  const name = functionOf(activation);
  const letter = hasLetter(model) ? [call("activation", z)] : [];
  const inverse = call("exp", negative(z));
  switch (activation) {
    case "identity":
      return [z];
    case "abstract":
      return letter;
    case "sigmoid":
      return [
        ...letter,
        call(name!, z),
        quotient(number(1), sum(number(1), inverse)),
        quotient(call("exp", z), sum(call("exp", z), number(1))),
      ];
    case "tanh":
      return [call(name!, z), quotient(difference(call("exp", z), inverse), sum(call("exp", z), inverse))];
    case "softmax":
      return [
        quotient(call("exp", z), sum(...unitsOf(model, layer).map((each) => call("exp", pre(layer, each))))),
      ];
  }
}

/** f′(z) in every form. */
export function slopeForms(model: Model, layer: number, unit: number): readonly Formula[] {
  const [z, a] = [pre(layer, unit), signal(layer, unit)];
  const { activation } = model.layers[layer - 1]!;
  const one = number(1);
  const letter = hasLetter(model) ? [prime("activation", z)] : [];
  const inverse = call("exp", negative(z));
  switch (activation) {
    case "identity":
      return [one];
    case "abstract":
      return letter;
    case "sigmoid":
      return [
        ...letter,
        product(a, difference(one, a)),
        prime("sigmoid", z),
        product(call("sigmoid", z), difference(one, call("sigmoid", z))),
        difference(a, power(a, 2)),
        quotient(inverse, power(sum(one, inverse), 2)),
      ];
    case "tanh":
      return [
        difference(one, power(a, 2)),
        product(difference(one, a), sum(one, a)),
        difference(one, power(call("tanh", z), 2)),
        prime("tanh", z),
      ];
    case "softmax":
      return [];
  }
}

function softmaxSlopes(model: Model, layer: number, unit: number): readonly Relation[] {
  const a = signal(layer, unit);
  return unitsOf(model, layer).map((other) => ({
    head: derivative(a, pre(layer, other)),
    forms:
      other === unit
        ? [product(a, difference(number(1), a)), difference(a, power(a, 2))]
        : [negative(product(a, signal(layer, other)))],
  }));
}

/** ∂E/∂a at an output in every form. */
function lossSlopes(model: Model, unit: number): readonly Formula[] {
  const [a, y] = [signal(depthOf(model), unit), target(unit)];
  const one = number(1);
  switch (model.loss) {
    case "half-squared-error":
      return [difference(a, y), negative(difference(y, a))];
    case "squared-error":
      return [product(number(2), difference(a, y)), negative(product(number(2), difference(y, a)))];
    case "binary-cross-entropy":
      return [
        quotient(difference(a, y), product(a, difference(one, a))),
        sum(negative(quotient(y, a)), quotient(difference(one, y), difference(one, a))),
        difference(quotient(difference(one, y), difference(one, a)), quotient(y, a)),
      ];
    case "categorical-cross-entropy":
      return [negative(quotient(y, a))];
  }
}

function outputRelations(model: Model, unit: number): readonly Relation[] {
  return [
    { head: derivative(loss, signal(depthOf(model), unit)), forms: lossSlopes(model, unit) },
    ...(widthOf(model, depthOf(model)) > 1
      ? [{ head: symbol("Ek", unit), forms: lossForms(model, unit) }]
      : []),
  ];
}

function lossForms(model: Model, unit: number): readonly Formula[] {
  const [a, y] = [signal(depthOf(model), unit), target(unit)];
  const one = number(1);
  switch (model.loss) {
    case "half-squared-error":
      return [
        product(quotient(one, number(2)), power(difference(y, a), 2)),
        quotient(power(difference(a, y), 2), number(2)),
      ];
    case "squared-error":
      return [power(difference(a, y), 2), power(difference(y, a), 2)];
    case "binary-cross-entropy":
      return [
        negative(
          sum(product(y, call("log", a)), product(difference(one, y), call("log", difference(one, a)))),
        ),
      ];
    case "categorical-cross-entropy":
      return [negative(product(y, call("log", a)))];
  }
}

function lossRelation(model: Model): Relation {
  const outputs = unitsOf(model, depthOf(model));
  const written = sum(...outputs.map((unit) => lossForms(model, unit)[0]!));
  const named = sum(...outputs.map((unit) => symbol("Ek", unit)));
  return { head: loss, forms: outputs.length > 1 ? [named, written] : lossForms(model, 1) };
}

/** Σ w δ over the units that this one feeds. */
function backSum(model: Model, layer: number, unit: number): Formula {
  return sum(
    ...outOf(model, layer, unit).map((connection) => product(delta(...connection.to), weight(connection))),
  );
}

function chainSum(model: Model, layer: number, unit: number): Formula {
  return sum(
    ...outOf(model, layer, unit).map(({ to }) =>
      product(derivative(loss, pre(...to)), derivative(pre(...to), signal(layer, unit))),
    ),
  );
}

/** δ in every form that does not name ∂E/∂z. */
function deltaForms(model: Model, layer: number, unit: number): readonly Formula[] {
  const [z, a] = [pre(layer, unit), signal(layer, unit)];
  const isOutput = layer === depthOf(model);
  const chain = product(derivative(loss, a), derivative(a, z));
  if (isOutput && model.loss.endsWith("entropy")) {
    const short = [difference(a, target(unit)), negative(difference(target(unit), a))];
    return model.layers[layer - 1]!.activation === "softmax" ? short : [...short, chain];
  }
  const slopes = slopeForms(model, layer, unit);
  if (isOutput)
    return [chain, ...lossSlopes(model, unit).flatMap((slope) => slopes.map((each) => product(slope, each)))];
  const back = backSum(model, layer, unit);
  return [
    chain,
    sum(
      ...outOf(model, layer, unit).map(({ to }) =>
        product(derivative(loss, pre(...to)), derivative(pre(...to), a), derivative(a, z)),
      ),
    ),
    ...slopes.map((slope) => product(back, slope)),
  ];
}

function weightRelations(model: Model, connection: Connection): readonly Relation[] {
  const { from, to } = connection;
  const [w, z, a] = [weight(connection), pre(...to), signal(...to)];
  const isSoftmax = model.layers[to[0] - 1]!.activation === "softmax";
  const deltas = deltaForms(model, ...to);
  const slopes: readonly Relation[] =
    from[0] === 0 ? [] : [{ head: derivative(z, signal(...from)), forms: [w] }];
  return [
    {
      head: derivative(loss, w),
      forms: [
        product(delta(...to), signal(...from)),
        product(derivative(loss, z), derivative(z, w)),
        ...(isSoftmax ? [] : [product(derivative(loss, a), derivative(a, z), derivative(z, w))]),
        ...deltas.map((form) => product(form, signal(...from))),
        ...(isSoftmax ? [] : longChain(model, connection)),
      ],
    },
    { head: derivative(z, w), forms: [signal(...from)] },
    ...slopes,
  ];
}

/** Where the unit feeds one other unit alone: five factors, as on the blackboard. */
function longChain(model: Model, connection: Connection): readonly Formula[] {
  const { to } = connection;
  const [fed, ...others] = outOf(model, ...to);
  if (!fed || others.length > 0 || model.layers[fed.to[0] - 1]!.activation === "softmax") return [];
  const steps = [loss, signal(...fed.to), pre(...fed.to), signal(...to), pre(...to), weight(connection)];
  return [product(...steps.slice(1).map((by, position) => derivative(steps[position]!, by)))];
}

function biasRelations(model: Model, layer: number): readonly Relation[] {
  const units = unitsOf(model, layer);
  const bias = biasOf(model, layer, 1);
  if (!bias) return [];
  if (model.layers[layer - 1]!.bias === "shared")
    return [{ head: derivative(loss, bias), forms: [sum(...units.map((unit) => delta(layer, unit)))] }];
  return units.map((unit) => {
    const own = biasOf(model, layer, unit)!;
    return {
      head: derivative(loss, own),
      forms: [
        delta(layer, unit),
        derivative(loss, pre(layer, unit)),
        ...deltaForms(model, layer, unit).slice(0, 4),
      ],
    };
  });
}
