// The three kinds of network description as their JSON Schemas; the TypeScript types follow from them.
import { type Static, Type } from "typebox";

const closed = { additionalProperties: false } as const;

export const NumberLike = Type.Union(
  [
    Type.Number(),
    Type.String({
      pattern: "^-?[0-9.]{1,64}([eE][+-]?[0-9]{1,3})?(/[0-9.]{1,64}([eE][+-]?[0-9]{1,3})?)?$",
      maxLength: 140,
    }),
  ],
  { description: 'A JSON number, or a string with an exact value such as "1/3" or "0.1".' },
);

const Name = Type.String({
  minLength: 1,
  maxLength: 32,
  description: "A name: letters, digits, `_` groups.",
});

const Formula = Type.String({
  minLength: 1,
  maxLength: 2000,
  description: "A formula in the formula language.",
});

const Activation = Type.Union(
  [
    Type.String({ maxLength: 64 }),
    Type.Object({ name: Type.String({ maxLength: 64 }), alpha: Type.Optional(NumberLike) }, closed),
    Type.Object({ formula: Formula, name: Type.Optional(Name) }, closed),
    Type.Object({ abstract: Name }, closed),
  ],
  {
    description: "A catalogue name, a name with its constant, an own formula in x, or an abstract function.",
  },
);

const Loss = Type.Union(
  [
    Type.String({ maxLength: 64 }),
    Type.Object({ name: Type.String({ maxLength: 64 }), delta: Type.Optional(NumberLike) }, closed),
    Type.Object({ formula: Formula }, closed),
  ],
  { description: "A catalogue name, a name with its constant, or an own formula in yhat and y." },
);

const common = {
  reduction: Type.Optional(
    Type.Union([Type.Literal("mean"), Type.Literal("sum")], { description: "Over samples; default mean." }),
  ),
  l2: Type.Optional(NumberLike),
  targets: Type.Optional(
    Type.Literal("distribution", { description: "States that the targets of each sample add up to 1." }),
  ),
  initialise: Type.Optional(
    Type.Object(
      {
        scheme: Type.Union([
          Type.Literal("glorot-uniform"),
          Type.Literal("he-normal"),
          Type.Literal("uniform"),
          Type.Literal("nice"),
        ]),
        seed: Type.Integer({ minimum: 0, maximum: 4294967295 }),
      },
      { ...closed, description: "Fills missing parameters reproducibly." },
    ),
  ),
};

const DenseLayer = Type.Object(
  {
    type: Type.Literal("dense"),
    units: Type.Integer({ minimum: 1 }),
    activation: Activation,
    bias: Type.Optional(Type.Union([Type.Literal("none"), Type.Literal("per-unit"), Type.Literal("shared")])),
    weights: Type.Optional(
      Type.Array(Type.Array(NumberLike), { description: "[units][inputs]: row = to-unit." }),
    ),
    biases: Type.Optional(Type.Array(NumberLike)),
  },
  closed,
);

export const LayersDescription = Type.Object(
  {
    kind: Type.Literal("layers"),
    inputs: Type.Union([Type.Integer({ minimum: 1 }), Type.Array(Name, { minItems: 1 })]),
    naming: Type.Optional(Type.Union([Type.Literal("by-source"), Type.Literal("by-target")])),
    layers: Type.Array(DenseLayer, { minItems: 1 }),
    loss: Loss,
    samples: Type.Optional(
      Type.Union([
        Type.Integer({ minimum: 1 }),
        Type.Array(
          Type.Object(
            { inputs: Type.Optional(Type.Array(NumberLike)), targets: Type.Optional(Type.Array(NumberLike)) },
            closed,
          ),
          { minItems: 1 },
        ),
      ]),
    ),
    ...common,
  },
  { ...closed, title: "LayersDescription" },
);

const Weight = Type.Union([Name, Type.Number()], {
  description: "A parameter's name, or a constant factor.",
});

export const UnitDescription = Type.Object(
  {
    name: Name,
    activation: Activation,
    from: Type.Union([
      Type.Record(Type.String(), Weight),
      Type.Array(Type.Object({ unit: Name, weight: Weight }, closed)),
    ]),
    bias: Type.Optional(Weight),
    group: Type.Optional(Name),
  },
  closed,
);

export const UnitsDescription = Type.Object(
  {
    kind: Type.Literal("units"),
    inputs: Type.Array(Name, { minItems: 1 }),
    units: Type.Array(UnitDescription, { minItems: 1 }),
    outputs: Type.Array(Name, { minItems: 1 }),
    loss: Loss,
    parameters: Type.Optional(Type.Record(Type.String(), NumberLike)),
    samples: Type.Optional(
      Type.Union([
        Type.Integer({ minimum: 1 }),
        Type.Array(
          Type.Object(
            {
              inputs: Type.Optional(Type.Record(Type.String(), NumberLike)),
              targets: Type.Optional(Type.Record(Type.String(), NumberLike)),
            },
            closed,
          ),
          { minItems: 1 },
        ),
      ]),
    ),
    ...common,
  },
  { ...closed, title: "UnitsDescription" },
);

const NamedNumbers = Type.Union(
  [Type.Record(Type.String(), Type.Union([NumberLike, Type.Array(NumberLike)])), Type.Array(Name)],
  {
    description:
      "Names with their numbers, or a list of names without numbers. A quantity of `shapes` has a list of numbers.",
  },
);

/** Letters of sizes are one Latin letter, as in "n numbers". */
const Size = Type.Union(
  [Type.Integer({ minimum: 1, maximum: 1000 }), Type.String({ pattern: "^[A-Za-z]$" })],
  {
    description: "A number, or one Latin letter for a size that stays symbolic.",
  },
);

export const EquationsDescription = Type.Object(
  {
    kind: Type.Literal("equations"),
    equations: Type.Array(Formula, { minItems: 1 }),
    loss: Name,
    parameters: NamedNumbers,
    constants: Type.Optional(NamedNumbers),
    functions: Type.Optional(Type.Array(Name)),
    vectors: Type.Optional(
      Type.Record(Type.String(), Type.Array(Name, { minItems: 1, maxItems: 1000 }), {
        description: 'Quantities put together for the indexed and the matrix form: { "x": ["x_1", "x_2"] }.',
      }),
    ),
    shapes: Type.Optional(
      Type.Record(Type.String(), Type.Array(Size, { minItems: 1, maxItems: 2 }), {
        description:
          'Sizes of quantities that are vectors or matrices, on which functions act entry by entry: { "x": ["n"] }.',
      }),
    ),
  },
  { ...closed, title: "EquationsDescription" },
);

export type NumberLike = Static<typeof NumberLike>;
export type ActivationDescription = Static<typeof Activation>;
export type LossDescription = Static<typeof Loss>;
export type LayersDescription = Static<typeof LayersDescription>;
export type UnitsDescription = Static<typeof UnitsDescription>;
export type UnitDescription = Static<typeof UnitDescription>;
export type EquationsDescription = Static<typeof EquationsDescription>;
export type NetworkDescription = LayersDescription | UnitsDescription | EquationsDescription;
