// Sentences of a derivation that stand outside its document: in the JSON answer and in Failures, always in English.
import type { Derived, NotCompared } from "./derived.ts";
import { plainFill } from "./prose.ts";
import { english } from "./wording/english.ts";

const countWords: Readonly<Record<number, string>> = { 1: "one", 2: "two", 3: "three" };

/** Where the forms were compared, in a few words. */
export function howCompared({ agreement, comparedAt: { bindings, kind } }: Derived): string {
  const symbolic = agreement.symbolic === true;
  if (bindings === 0) return symbolic ? "symbolic" : english.compared(false, kind, 0);
  const seeded = `numeric at ${countWords[bindings] ?? bindings} seeded ${bindings === 1 ? "binding" : "bindings"}`;
  const where = kind === "given" ? "numeric" : seeded;
  return symbolic ? `symbolic and ${where}` : where;
}

/** The sentence for why nothing was compared. */
export function notComparedSentence(cause: NotCompared): string {
  switch (cause.reason) {
    case "not-asked":
      return english.checkNotAsked;
    case "no-numbers":
      return english.noNumbers;
    case "abstract":
      return plainFill(english.noNumbersAbstract(cause.names.length), { names: cause.names.join(", ") });
    case "missing":
      return plainFill(english.noNumbersMissing(cause.names.length), { names: cause.names.join(", ") });
  }
}
