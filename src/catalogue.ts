// What the service knows, as it lists it: activations, functions, losses, notations, formats, misconceptions, rules.
import { codeFormats } from "./code/formats.ts";
import { rules } from "./derivative/rules.ts";
import { misconceptions } from "./grading/misconceptions/table.ts";
import { losses } from "./network/losses.ts";
import { notations } from "./notation/rows.ts";
import { viewNames } from "./picture/views.ts";
import { primitives } from "./primitives/index.ts";
import { documentWriters } from "./writers/formats.ts";
import { pictureWriters } from "./writers/pictures.ts";

/** The tables themselves: activations, functions, losses, notations, formats, misconceptions, rules. */
export function catalogue(): object {
  const functions = primitives.map(
    ({
      name,
      spelling,
      definition,
      spokenDefinition,
      partials,
      kinks,
      domain,
      constants,
      activation,
      source,
    }) => ({
      name,
      latex: spelling.latex,
      speech: spelling.speech,
      definition,
      definitionSpeech: spokenDefinition,
      ...(partials && { derivatives: partials }),
      ...(constants && { constants }),
      ...(domain && { domain }),
      ...(kinks && { kinks }),
      activation,
      source,
    }),
  );
  return {
    activations: functions.filter(({ activation }) => activation),
    functions: functions.filter(({ activation }) => !activation),
    losses: losses.map(({ name, definition, spokenDefinition, formula, aggregate, constants, source }) => ({
      name,
      latex: definition,
      speech: spokenDefinition,
      formula,
      aggregate,
      ...(constants && { constants }),
      source,
    })),
    layerTypes: [
      {
        name: "dense",
        definition: "z_j = \\sum_i w_{ji} a_i + b_j,\\quad a_j = f(z_j)",
        definitionSpeech: {
          en: "z j equals the sum over i of w j i times a i, end sum, plus b j; a j equals f of z j",
          de: "z j ist gleich die Summe über i von w j i mal a i, Ende Summe, plus b j; a j ist gleich f von z j",
        },
      },
    ],
    notations: Object.values(notations).map(({ key, title, source }) => ({ key, title, source })),
    formats: [...Object.keys(documentWriters), ...Object.keys(pictureWriters), ...codeFormats],
    views: viewNames,
    misconceptions: misconceptions.map(({ id, code, title, sentence, source }) => ({
      id,
      code,
      title,
      sentence,
      source,
    })),
    rules: Object.entries(rules).map(([key, { title, statement }]) => ({ key, title, statement })),
  };
}
