// What a row of the table of misconceptions is, and what it is given to go wrong on.
import type { Language } from "../../derivation/wording/wordings.ts";
import type { ScalarNode } from "../../derivative/scalar.ts";
import type { Expr } from "../../expression/expr.ts";
import type { Slipped } from "../cone.ts";
import type { Task } from "../task.ts";

/** One way in which a claim can come out wrong. */
export interface Slip extends Slipped {
  /** Where the student should look. */
  readonly at: ScalarNode;
  /** What is missing, too many, or in the wrong place. */
  readonly factor?: Expr;
  /** The nodes of a path that was left out, from what is derived by upwards. */
  readonly missing?: readonly ScalarNode[];
  /** The whole wrong result, where it is not a derivative with other factors. */
  readonly whole?: Expr;
}

export interface Misconception {
  readonly id: string;
  readonly code: string;
  /** For teachers: the misconception in a few words. */
  readonly title: string;
  /** For teachers: what is written, and why it is wrong. */
  readonly sentence: string;
  /** For students: what to look at. `{at}` is the place, `{factor}` what is missing or too many. */
  readonly look: Readonly<Record<Language, string>>;
  /** Where it was met. */
  readonly source: string;
  /** The chain rule done wrong in this way, at every place of the task; absent where only the structure shows it. */
  readonly slips?: (task: Task) => readonly Slip[];
}
