// The notation of a request as its JSON Schema: a key, or a base with what the course writes differently.
// The TypeScript types follow from it.
import { type Static, Type } from "typebox";
import { notationKeys } from "./notation.ts";

const closed = { additionalProperties: false } as const;

const literals = <const Values extends readonly string[]>(values: Values, description: string) =>
  Type.Unsafe<Values[number]>({ type: "string", enum: [...values], description });

const LetterText = Type.String({
  minLength: 1,
  maxLength: 32,
  description: "A letter, a Greek word such as alpha, or a word that is set upright; `_` opens a subscript.",
});

const LetterWithHat = Type.Object(
  { letter: LetterText, hat: Type.Optional(Type.Boolean({ description: "Set a hat on the letter: ŷ." })) },
  closed,
);

const letter = (what: string) =>
  Type.Optional(
    Type.Union([LetterText, LetterWithHat], {
      description: `A letter ${what}: "z", a word such as "net", or { "letter": "y", "hat": true }.`,
    }),
  );

const Letters = Type.Object(
  {
    input: letter("for the inputs"),
    weight: letter("for the weights"),
    bias: letter("for the biases"),
    preActivation: letter("for the weighted sum that goes into a unit"),
    activation: letter("for what comes out of a unit"),
    output: letter("for the outputs of the network, which else print as activations"),
    target: letter("for the targets"),
    loss: letter("for the loss"),
    sampleLoss: letter("for the loss of one sample of several, indexed by the letter of samples"),
    delta: letter("for the derivative of the loss by a pre-activation"),
    learningRate: letter("for the learning rate"),
    function: letter("for the activation function where its name is not printed"),
  },
  { ...closed, description: "Letters that differ from those of the base, by what they stand for." },
);

const LatinLetter = (what: string) =>
  Type.Optional(Type.String({ pattern: "^[A-Za-z]$", description: `One Latin letter ${what}.` }));

const ZeroOrOne = (what: string) =>
  Type.Optional(Type.Unsafe<0 | 1>({ type: "integer", minimum: 0, maximum: 1, description: what }));

const Reduction = Type.Object(
  {
    letter: LatinLetter("that counts the samples"),
    count: LatinLetter("for the number of samples"),
    from: ZeroOrOne("The number of the first sample."),
  },
  { ...closed, description: "How sums over samples are written." },
);

const Update = Type.Object(
  {
    sign: Type.Optional(literals([":=", "←", "="], "The sign between the new weight and its formula.")),
    style: Type.Optional(
      literals(["same", "new-old", "plus"], "The weight on both sides, w^new and w^old, or w⁺ and w."),
    ),
  },
  { ...closed, description: "How a step of gradient descent is written." },
);

/** Units of a layer are told by letters, their numbers follow: h12 must be read in one way only. */
const UnitName = Type.String({
  pattern: "^[A-Za-z]{1,16}$",
  description: "Letters that name the units of a layer; their numbers follow.",
});

const CustomNotation = Type.Object(
  {
    base: literals(notationKeys, "The notation that holds where nothing else is said."),
    letters: Type.Optional(Letters),
    indexOrder: Type.Optional(
      literals(
        ["to-from", "from-to"],
        "Order of a weight's indices: w_ji or w_ij for the weight from i to j.",
      ),
    ),
    layerMark: Type.Optional(
      literals(
        ["superscript", "none"],
        "Layers as superscripts in brackets, or units numbered through the network.",
      ),
    ),
    firstLayer: ZeroOrOne("The number of the input layer."),
    unitNames: Type.Optional(
      Type.Array(UnitName, {
        minItems: 2,
        maxItems: 51,
        description:
          "Letters of the units, layer by layer from the inputs to the outputs; of three, the middle one serves all hidden layers.",
      }),
    ),
    derivativeSign: Type.Optional(
      literals(["auto", "partial", "d"], "∂ or d; auto is d where there is one independent variable."),
    ),
    primeOrFraction: Type.Optional(
      literals(["prime", "fraction"], "The derivative of an activation as f′(z) or as ∂a/∂z."),
    ),
    productSign: Type.Optional(
      literals(["none", "dot", "asterisk", "times"], "The sign between two factors that are letters."),
    ),
    factorOrder: Type.Optional(
      literals(["output-first", "input-first"], "Factors of a chain product from the loss on, or up to it."),
    ),
    residual: Type.Optional(
      literals(["target-minus-output", "output-minus-target"], "The difference that the loss squares."),
    ),
    activationAs: Type.Optional(
      literals(["abstract", "named"], "The activation as the letter f, or by its own name."),
    ),
    reduction: Type.Optional(Reduction),
    update: Type.Optional(Update),
    symbols: Type.Optional(
      Type.Record(Type.String(), LetterText, {
        description: 'Names for single things by their ids: { "W1[2,1]": "u" }.',
      }),
    ),
  },
  { ...closed, title: "CustomNotation" },
);

/** A key of the table of notations, or a base with what differs from it. */
export const NotationDescription = Type.Union(
  [literals(notationKeys, "A notation of the catalogue."), CustomNotation],
  {
    title: "Notation",
    description: "The key of a notation, or an object with a base and what differs from it.",
  },
);

export type LetterDescription = Static<typeof LetterText> | Static<typeof LetterWithHat>;
export type CustomNotation = Static<typeof CustomNotation>;
export type NotationDescription = Static<typeof NotationDescription>;
