// What a problem sheet says, in English. Formulas go into the places in braces.
import { counted } from "../../derivation/wording/count.ts";
import type { TaskName } from "../task.ts";

export const english = {
  titles: {
    chain: "Chain products",
    delta: "Backpropagation with errors δ",
    factors: "Missing factors",
    numbers: "Backpropagation in numbers",
    mistake: "Find the mistake",
    update: "One step of gradient descent",
  } satisfies Record<TaskName, string>,
  solutionOf: (title: string): string => `${title}: solution`,
  variant: (code: string): string => `Variant ${code}`,
  name: "Name: ______________________________   Date: ______________",
  and: "and",

  network: "The network",
  definitions: "The network computes, in this order:",
  given: "Given are:",
  kinds: {
    inputs: "Inputs: {numbers}.",
    targets: "Targets: {numbers}.",
    parameters: "Weights and biases: {numbers}.",
    constants: "Constants: {numbers}.",
    learningRate: "Learning rate: {numbers}.",
  },

  task: "Task",
  taskPoints: (points: string): string => `Task (${points === "1" ? "1 point" : `${points} points`})`,
  solution: "Answers",
  worked: "The derivation in full",
  digits: (digits: number): string =>
    `Give every number with ${counted(digits, "significant digit", "significant digits")}, and calculate with more.`,
  asked: {
    chain:
      "Derive {derivatives} by the chain rule. Find every path from the loss back to the parameter, write each as a product of local derivatives, and work out each factor.",
    delta:
      "Derive {derivatives} from the output backwards: first the error δ of each unit on the way, each from the errors behind it, then the derivative.",
    factors:
      "This derivation of {derivatives} is complete but for the boxes. Write into each box what belongs there.",
    numbers: "Compute the loss, and then {derivatives}.",
    mistake:
      "Somebody has derived {derivatives} and made one mistake. All other lines follow from the lines before them.",
    update:
      "Compute {derivatives}, and each parameter after one step of gradient descent. All derivatives are taken at the old values.",
  } satisfies Record<TaskName, string>,
  mistakeSteps: [
    "Which line is wrong, and what is wrong in it?",
    "Write the line as it should be, and correct the lines that depend on it.",
  ],
  errors: "On the way are the errors, from the output backwards:",
  wrongLine: "Line {line} is wrong.",
  rightLine: "It should be:",
  corrected: "The derivation, corrected:",
  wouldGive: "{wrong} instead of {right}",
  columns: {
    quantity: "Quantity",
    value: "Value",
    box: "Box",
    answer: "Answer",
    parameter: "Parameter",
    derivative: "Derivative",
    updated: "After the step",
    result: "Wrong result",
    code: "Misconception",
    look: "What to ask",
  },
  wrongResults: "Wrong results and where they come from",
  wrongResultsIntro: "Each of these numbers belongs to one misconception; the question leads back to it.",
  catalogue: "In the catalogue of misconceptions: {codes}.",
  unseen: "With the right number come out here, and show in the derivation alone: {codes}.",
};

/** What every language has: a missing sentence does not compile. */
export type SheetWording = typeof english;
