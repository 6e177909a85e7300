// The tasks that a worksheet can set: one row each, read by the sheets, by the key and by the exports.
import type { Form } from "../derivation/compose.ts";
import type { RequiredForm } from "../grading/rubric.ts";

export interface Task {
  /** Forms of the solution's derivation. */
  readonly forms: readonly Form[];
  /** Whether the task is about numbers, without which it cannot be set. */
  readonly needsNumbers: boolean;
  /** Whether numbers are to be written, where the network has them. */
  readonly asksNumbers: boolean;
  /** Whether the parameters after a step of gradient descent are asked for. */
  readonly updates: boolean;
  /** How the graded derivation must end. */
  readonly form: RequiredForm;
  /** What is marked; absent: whatever leads to the derivative. */
  readonly requires?: readonly string[];
  /** Lines of answer space for each parameter. */
  readonly space: number;
}

const symbolic = { needsNumbers: false, asksNumbers: false, updates: false, form: "any" } as const;

const numeric = { ...symbolic, asksNumbers: true } as const;

export const tasks = {
  chain: { ...symbolic, forms: ["chain"], form: "chain", space: 14 },
  delta: { ...symbolic, forms: ["delta"], form: "delta", space: 12 },
  factors: { ...numeric, forms: ["chain"], space: 0 },
  numbers: {
    ...numeric,
    forms: ["chain", "delta"],
    needsNumbers: true,
    requires: ["value"],
    space: 8,
  },
  // A mistake is no misprint: what follows from it earns nothing back.
  mistake: { ...numeric, forms: ["chain"], requires: ["gradient", "lines"], space: 8 },
  update: {
    ...numeric,
    forms: ["delta"],
    needsNumbers: true,
    updates: true,
    requires: ["value", "update"],
    space: 10,
  },
} as const satisfies Record<string, Task>;

export type TaskName = keyof typeof tasks;

export const taskNames = Object.keys(tasks) as readonly TaskName[];
