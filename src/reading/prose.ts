// Words in plain text: whether a run of letters is a phrase of the table or a part of the formula. "da" is German for
// "since", and it is what L is derived by in dL/da; "as" can be a product.
import { phrases } from "./phrases.ts";

/** Whether the letters of a run name quantities, each by itself or all together. */
export type AreNames = (run: string) => boolean;

/** The text on both sides of a run. */
interface Around {
  readonly before: string;
  readonly after: string;
}

/** A sign behind which an operand stands; at the beginning of a line it can be the mark of a list. */
const endsInOperator = /[^\s][ \t]*[-−–+*·⋅×/∕^⊙][ \t]*$/u;

const endsInRelation = /[=≈←][ \t]*$/u;

/** What no phrase is followed by. */
const beginsWithOperator = /^[ \t]*[*·⋅×/∕^⊙]/u;

/** Nothing follows, or what hardly follows a phrase. */
const goesOnAsFormula = /^[ \t]*(?:$|[-−–+*·⋅×/∕^)=≈←\n])/u;

/** Whether a run is a phrase between formulas, by the table and by what stands around it. */
export function isPhrase(run: string, { before, after }: Around, areNames: AreNames): boolean {
  if (!phrases.has(run.toLowerCase()) || !/^(?:$|[\s,:])/.test(after)) return false;
  if (endsInOperator.test(before) || beginsWithOperator.test(after)) return false;
  const [isBehindRelation, isInFormula] = [endsInRelation.test(before), goesOnAsFormula.test(after)];
  return areNames(run) ? !isBehindRelation && !isInFormula : !(isBehindRelation && isInFormula);
}
