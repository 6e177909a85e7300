// Sentences of a derivation that stand outside its document: in the JSON answer, in its language, and in Failures.
import type { Derived, NotCompared } from "./derived.ts";
import { plainFill } from "./prose.ts";
import { english, type Wording } from "./wording/english.ts";

/** Where the forms were compared, in a few words. */
export function howCompared({ agreement, comparedAt: { bindings, kind } }: Derived, words: Wording): string {
  return words.how(agreement.symbolic === true, kind, bindings);
}

/** The sentence for why nothing was compared; Failures are in English. */
export function notComparedSentence(cause: NotCompared, words: Wording = english): string {
  switch (cause.reason) {
    case "not-asked":
      return words.checkNotAsked;
    case "no-numbers":
      return words.noNumbers;
    case "abstract":
      return plainFill(words.noNumbersAbstract(cause.names.length), { names: cause.names.join(", ") });
    case "missing":
      return plainFill(words.noNumbersMissing(cause.names.length), { names: cause.names.join(", ") });
  }
}
