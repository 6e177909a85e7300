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
      description: `${what}: a letter such as "z", a word such as "net", or { "letter": "y", "hat": true }.`,
    }),
  );

const Letters = Type.Object(
  {
    input: letter("For the inputs"),
    weight: letter("For the weights"),
    bias: letter("For the biases"),
    preActivation: letter("For the weighted sum that goes into a unit"),
    activation: letter("For what comes out of a unit"),
    output: letter("For the outputs of the network; without it they print as activations"),
    target: letter("For the targets"),
    loss: letter("For the loss"),
    sampleLoss: letter(
      "For the loss of one sample of several; it is given the letter of samples as its index",
    ),
    delta: letter("For the derivative of the loss by a pre-activation"),
    learningRate: letter("For the learning rate"),
    function: letter("For the activation function while its name is not printed"),
  },
  { ...closed, description: "Letters that differ from those of the base, by what they stand for." },
);

const IndexLetter = (what: string) =>
  Type.Optional(Type.String({ pattern: "^[A-Za-z]$", description: `One Latin letter: ${what}.` }));

const Reduction = Type.Object(
  {
    letter: IndexLetter("it counts the samples"),
    count: IndexLetter("it is the number of samples"),
    from: Type.Optional(
      Type.Unsafe<0 | 1>({ type: "integer", enum: [0, 1], description: "The number of the first sample." }),
    ),
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
    firstLayer: Type.Optional(
      Type.Unsafe<0 | 1>({ type: "integer", enum: [0, 1], description: "The number of the input layer." }),
    ),
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
