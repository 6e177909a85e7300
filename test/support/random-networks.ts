// Random descriptions of all three kinds, as far as possible from what anybody would think of.
import fc from "fast-check";
import type {
  ActivationDescription,
  EquationsDescription,
  LayersDescription,
  LossDescription,
  NetworkDescription,
  NumberLike,
  UnitDescription,
  UnitsDescription,
} from "../../src/network/description.ts";

/** Short numbers between −1.5 and 1.5, now and then an exact fraction. */
const number: fc.Arbitrary<NumberLike> = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -150, max: 150 }).map((hundredths) => hundredths / 100) },
  { weight: 1, arbitrary: fc.constantFrom("1/3", "-2/7", "0.1", "5e-1") },
);

const numbers = (count: number) => fc.array(number, { minLength: count, maxLength: count });

const scalarActivation: fc.Arbitrary<ActivationDescription> = fc.constantFrom<ActivationDescription>(
  ..."identity sigmoid tanh relu leaky-relu elu selu softplus softsign gelu gelu-tanh silu mish exp sin".split(
    " ",
  ),
  { name: "leaky-relu", alpha: 0.2 },
  { name: "elu", alpha: "1/2" },
  { formula: "x / (1 + x^2)", name: "witch" },
  { formula: "sigmoid(2*x) - 1/2" },
);

const anyActivation = fc.oneof(
  { weight: 5, arbitrary: scalarActivation },
  { weight: 1, arbitrary: fc.constantFrom<ActivationDescription>("softmax", "log-softmax") },
);

type TargetKind = "real" | "probability" | "distribution" | "sign";

/** A loss with what it asks of the last activation and of the targets. */
interface LossChoice {
  readonly loss: LossDescription;
  readonly last: fc.Arbitrary<ActivationDescription>;
  readonly targets: TargetKind;
}

const probabilities = fc.constantFrom<ActivationDescription>("sigmoid", "softmax");
const logits = scalarActivation.filter((activation) => activation !== "sigmoid");

const lossChoice: fc.Arbitrary<LossChoice> = fc.oneof(
  fc
    .constantFrom<LossDescription>(
      ..."half-squared-error squared-error mean-squared-error absolute-error huber hinge".split(" "),
      { name: "huber", delta: 0.3 },
      { formula: "log(1 + (yhat - y)^2)" },
      { formula: "abs(yhat - y)^3 + yhat*y" },
    )
    .map((loss): LossChoice => ({ loss, last: anyActivation, targets: loss === "hinge" ? "sign" : "real" })),
  fc.constant<LossChoice>({ loss: "binary-cross-entropy", last: probabilities, targets: "probability" }),
  fc.constant<LossChoice>({
    loss: "categorical-cross-entropy",
    last: probabilities,
    targets: "distribution",
  }),
  fc.constant<LossChoice>({ loss: "categorical-cross-entropy", last: probabilities, targets: "probability" }),
  fc.constant<LossChoice>({ loss: "softmax-cross-entropy", last: logits, targets: "distribution" }),
  fc.constant<LossChoice>({ loss: "sigmoid-cross-entropy", last: logits, targets: "probability" }),
);

function targetsOf(kind: TargetKind, count: number): fc.Arbitrary<NumberLike[]> {
  const list = (one: fc.Arbitrary<NumberLike>) => fc.array(one, { minLength: count, maxLength: count });
  switch (kind) {
    case "real":
      return list(number);
    case "probability":
      return list(fc.constantFrom(0, 1, 0.25, "1/3"));
    case "sign":
      return list(fc.constantFrom(-1, 1));
    case "distribution":
      return fc
        .integer({ min: 0, max: count - 1 })
        .map((chosen) => Array.from({ length: count }, (_, unit) => (unit === chosen ? 1 : 0)));
  }
}

const common = {
  reduction: fc.constantFrom("mean" as const, "sum" as const),
  l2: fc.constantFrom(0, 0.1, "1/3"),
};

/** One to three dense layers of one to three units with one to three samples. */
export const layersDescription: fc.Arbitrary<LayersDescription> = fc
  .record({
    inputs: fc.integer({ min: 1, max: 3 }),
    widths: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    choice: lossChoice,
    naming: fc.constantFrom(undefined, "by-source" as const, "by-target" as const),
    samples: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ inputs, widths, choice, naming, samples }) => {
    const layers = widths.map((units, position) => {
      const from = position === 0 ? inputs : widths[position - 1]!;
      const bias = fc.constantFrom("none" as const, "per-unit" as const, "shared" as const);
      return bias.chain((kind) =>
        fc.record({
          type: fc.constant("dense" as const),
          units: fc.constant(units),
          activation: position === widths.length - 1 ? choice.last : anyActivation,
          bias: fc.constant(kind),
          weights: fc.array(numbers(from), { minLength: units, maxLength: units }),
          ...(kind !== "none" && { biases: numbers(kind === "shared" ? 1 : units) }),
        }),
      );
    });
    return fc.record({
      kind: fc.constant("layers" as const),
      inputs: fc.constant(inputs),
      ...(naming && { naming: fc.constant(naming) }),
      layers: fc.tuple(...layers),
      loss: fc.constant(choice.loss),
      samples: fc.array(
        fc.record({ inputs: numbers(inputs), targets: targetsOf(choice.targets, widths.at(-1)!) }),
        { minLength: samples, maxLength: samples },
      ),
      ...common,
    });
  });

/** A directed acyclic graph of units: skips, parallel edges, shared weights, constant factors, softmax groups. */
export const unitsDescription: fc.Arbitrary<UnitsDescription> = fc
  .record({
    inputs: fc.integer({ min: 1, max: 3 }),
    hidden: fc.integer({ min: 0, max: 4 }),
    outputs: fc.integer({ min: 1, max: 3 }),
    choice: lossChoice,
    samples: fc.integer({ min: 1, max: 2 }),
  })
  .chain(({ inputs, hidden, outputs, choice, samples }) => {
    const inputNames = named("x", inputs);
    const hiddenNames = named("h", hidden);
    const outputNames = named("o", outputs);
    const weight = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 6 }).map((place) => `w_${place}`) },
      { weight: 1, arbitrary: fc.constantFrom(1, -1, 0.5, 2) },
    );
    const unit = (
      name: string,
      senders: readonly string[],
      activation: fc.Arbitrary<ActivationDescription>,
    ) =>
      fc.record<UnitDescription>(
        {
          name: fc.constant(name),
          activation,
          from: fc.array(fc.record({ unit: fc.constantFrom(...senders), weight }), {
            minLength: 1,
            maxLength: 4,
          }),
          bias: fc.constantFrom<string | number>("b_1", "b_2", 0.3),
        },
        { requiredKeys: ["name", "activation", "from"] },
      );
    const hiddenUnits = hiddenNames.map((name, place) =>
      unit(name, [...inputNames, ...hiddenNames.slice(0, place)], scalarActivation),
    );
    return choice.last.chain((last) =>
      fc
        .tuple(
          fc.tuple(...hiddenUnits),
          fc.tuple(
            ...outputNames.map((name) => unit(name, [...inputNames, ...hiddenNames], fc.constant(last))),
          ),
          fc.array(number, { minLength: 8, maxLength: 8 }),
          fc.array(fc.tuple(numbers(inputs), targetsOf(choice.targets, outputs)), {
            minLength: samples,
            maxLength: samples,
          }),
          fc.record(common),
          fc.boolean(),
        )
        .map(([inner, outer, values, data, rest, reversed]): UnitsDescription => {
          const units = [...inner, ...outer];
          const used = new Set(
            units.flatMap(({ from, bias }) => [
              ...(from as readonly { weight: string | number }[]).map((edge) => edge.weight),
              ...(bias === undefined ? [] : [bias]),
            ]),
          );
          const names = [...named("w", 6), ...named("b", 2)];
          return {
            kind: "units",
            inputs: inputNames,
            units: reversed ? units.toReversed() : units,
            outputs: outputNames,
            loss: choice.loss,
            parameters: Object.fromEntries(
              names.flatMap((name, place) => (used.has(name) ? [[name, values[place]!]] : [])),
            ),
            samples: data.map(([given, targets]) => ({
              inputs: record(inputNames, given),
              targets: record(outputNames, targets),
            })),
            ...rest,
          };
        }),
    );
  });

function named(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, place) => `${letter}_${place + 1}`);
}

function record(names: readonly string[], values: readonly NumberLike[]): Record<string, NumberLike> {
  return Object.fromEntries(names.map((name, place) => [name, values[place]!]));
}

/** Formulas that have a value for all real arguments, in `names`. */
function formula(names: readonly string[]): fc.Arbitrary<string> {
  const { tree } = fc.letrec<{ tree: string }>((tie) => {
    const part = tie("tree");
    const wrapped = (text: (u: string) => string) => part.map(text);
    return {
      tree: fc.oneof(
        { maxDepth: 4, depthSize: "small", withCrossShrink: true },
        fc.constantFrom(...names, ...names, "2", "0.5", "3"),
        fc.tuple(part, fc.constantFrom("+", "-", "*"), part).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
        fc
          .tuple(part, part)
          .map(([a, b]) => `${a} / (2 + sin(${b}))`)
          .map((text) => `(${text})`),
        fc.tuple(part, fc.constantFrom("^2", "^3", "^2.0")).map(([a, power]) => `(${a})${power}`),
        fc
          .tuple(
            part,
            fc.constantFrom(..."tanh sigmoid sin cos softplus gelu elu mish abs relu silu".split(" ")),
          )
          .map(([a, name]) => `${name}(${a})`),
        fc.tuple(part, part, fc.constantFrom("max", "min")).map(([a, b, name]) => `${name}(${a}, ${b})`),
        wrapped((u) => `log(1.5 + (${u})^2)`),
        wrapped((u) => `sqrt(1 + (${u})^2)`),
        wrapped((u) => `exp(tanh(${u}))`),
        wrapped((u) => `(1 + (${u})^2)^0.3`),
        wrapped((u) => `(1.2)^sin(${u})`),
        wrapped((u) => `-(${u})`),
      ),
    };
  });
  return tree;
}

/** One to four equations, each in the parameters, a constant and the equations before it; some with layer marks. */
export const equationsDescription: fc.Arbitrary<EquationsDescription> = fc
  .record({ count: fc.integer({ min: 1, max: 4 }), marked: fc.boolean() })
  .chain(({ count, marked }) => {
    const free = ["u", "v_1", "alpha", "c"];
    const left = Array.from({ length: count }, (_, place) =>
      marked ? `a^(${place + 1})` : `q_${place + 1}`,
    );
    const right = left.map((_, place) =>
      formula([...free, ...left.slice(0, place), ...left.slice(0, place)]),
    );
    return fc.tuple(fc.tuple(...right), formula([...free, ...left]), numbers(4)).map(
      ([formulas, last, values]): EquationsDescription => ({
        kind: "equations",
        equations: [...formulas.map((text, place) => `${left[place]} = ${text}`), `L = ${last}`],
        loss: "L",
        parameters: record(free.slice(0, 3), values),
        constants: { c: values[3]! },
      }),
    );
  });

export const anyDescription: fc.Arbitrary<NetworkDescription> = fc.oneof(
  layersDescription,
  unitsDescription,
  equationsDescription,
);
