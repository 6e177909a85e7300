// A network's code in its formats: a file for each language, and a notebook that has the derivation around the code.
import { whyNoNumbers } from "../derivation/derive.ts";
import type { DerivationDocument } from "../derivation/document.ts";
import { notComparedSentence } from "../derivation/sentences.ts";
import { Failure } from "../failure.ts";
import type { Network } from "../network/network.ts";
import { type LanguageName, languageNames } from "./functions.ts";
import { languages } from "./languages.ts";
import { codeOf } from "./program.ts";

export const codeFormats = [...languageNames, "ipynb"] as const;

export type CodeFormat = (typeof codeFormats)[number];

export function isLanguage(format: string): format is LanguageName {
  return languageNames.some((name) => name === format);
}

/** A file that runs by itself. Throws Failure `impossible-request` without numbers. */
export function codeFile(
  network: Network,
  language: LanguageName,
  { title, engine }: Pick<DerivationDocument, "engine"> & { readonly title?: string },
): string {
  requireNumbers(network);
  const { comment, title: name, apart } = languages[language];
  // A title stands on the third line: an encoding may be declared on the first two (Python, PEP 263)
  const head = [
    `Handgrad ${engine}: forward pass, backward pass and check of one network in ${name}.`,
    "Prints the loss, its gradients and the check as JSON.",
    ...(title === undefined ? [] : [inComment(title)]),
  ];
  const { imports, given, forward, backward, run } = codeOf(network, language);
  const parts = [
    [...head.map((line) => `${comment} ${line}`), imports].join("\n"),
    `${comment} Given numbers\n${given}`,
    `${comment} Forward pass of one sample\n${forward}`,
    `${comment} Backward pass of one sample: delta_q is dE/dq\n${backward}`,
    run,
  ];
  return `${parts.join(apart)}\n`;
}

/** Throws Failure `impossible-request` where the description leaves numbers open. */
export function requireNumbers(network: Network): void {
  if (network.values && network.samples.values.length > 0) return;
  throw new Failure(
    "impossible-request",
    `Code computes with the network's numbers. ${notComparedSentence(whyNoNumbers(network))} ${whatToAdd(network)}`,
    { pointer: "/network" },
  );
}

/** How the description gets the numbers that it lacks. */
function whatToAdd({ kind, abstract }: Network): string {
  if (abstract.length > 0) return "Name a function of the catalogue in its place, or write its formula.";
  if (kind === "equations") return 'Give them in "parameters" and "constants", as in {"w": 0.5}.';
  const fields = kind === "layers" ? '"weights", "biases"' : '"parameters"';
  return `Give ${fields} and "samples", or have them drawn with "initialise": {"scheme": "nice", "seed": 1}.`;
}

/** A text on one line: what breaks a line, is not shown or turns the direction of writing becomes a space. */
function inComment(text: string): string {
  return text.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
}
