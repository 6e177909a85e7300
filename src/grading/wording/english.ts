// English: every sentence of a feedback, keyed by what it says. `{name}` marks where a formula or a text goes.
import { counted } from "../../derivation/wording/count.ts";

export const english = {
  title: "Feedback",
  /** Between the last two items of a list. */
  and: "and",
  line: (number: number): string => `Line ${number}`,
  points: (points: string, maxPoints: string): string =>
    `${points} of ${maxPoints} ${maxPoints === "1" ? "point" : "points"}`,
  score: (score: string, maxScore: string): string =>
    `Score: ${score} of ${maxScore} ${maxScore === "1" ? "point" : "points"}.`,
  written: "Written:",
  read: "Read as:",
  notRead: "No relation was read in this line, so there is nothing to mark.",
  relation: (number: number): string => `Relation ${number}: `,

  verdicts: {
    true: "True.",
    false: "False.",
    followThrough:
      "Not what the network gives, and the right step from your own earlier result: it earns its points.",
    conditional: "True only under a condition.",
    notation: "Right mathematics with a slip of notation.",
    unreadable: "This could not be read; a person will look at it.",
    undecided: "This could be neither confirmed nor refuted; a person will look at it.",
  },
  consequence: "This side is right again; the slip is in the side before it.",
  trivial:
    "This follows only because the earlier result is so simple that nothing is left to be worked out; it earns no points.",
  cancels: "This is right although it builds on a wrong result.",
  twoErrors:
    "With your own earlier result it comes to the right value, but by itself it does not hold: two errors cancel.",
  arithmetic: "The method is right; the number is not.",
  coarse: "The sides agree only because {decimal} is rounded so coarsely.",
  withinTolerance: "The number is not rounded rightly, but within the tolerance.",
  conditions: {
    positive: (count: number): string => `It holds where {symbols} ${count === 1 ? "is" : "are"} positive.`,
    distribution: (): string => "It holds where {symbols} add up to 1.",
  },
  noDiagnosis: "The two sides differ; the numbers below show it.",
  counterexample: "At {numbers} the left side is {left} and the right side is {right}.",
  values: "The left side is {left} and the right side is {right}.",
  upsideDown:
    "{derivative} has no value: the quantity below depends on the one above. Is the fraction upside down?",
  hint: "Look at this line again: the two sides do not have the same value.",
  hintAt: "Look again at {at}.",
  several: "Either of these explains the line:",
  together: "Two slips together explain the line:",
  missing: "The path that is missing: {path}.",
  solution: "The network gives {head} = {solution}.",

  questions: {
    "chain-rule":
      "Through which quantities does the loss depend on {by}? Write {head} as a product along that way.",
    "output-delta":
      "How does the loss change with {by}? Find {head} from the loss and the output's own function.",
    "hidden-delta": "Which units does {by} feed? Find {head} from their errors.",
    gradient: "What does {by} multiply, or add to? Find {head} from the error where it arrives.",
    update: "The step goes against the derivative: which learning rate is given? Find {head}.",
    value: "Which numbers are given? Put them in to find {head}.",
    lines: "How does the loss change with {by}?",
  },
  rule: "The rule: {rule}.",
  chainRule: "chain rule, summed over everything that the quantity feeds",
  lookAgain: (line: number): string => `Line ${line} does not hold; look at it before you go on.`,
  done: "Everything that was asked for is there.",

  rubric: "Points",
  rubricColumns: { requirement: "Required", points: "Points", step: "Shown in" },
  requirements: {
    "chain-rule": "The chain rule, stated or used",
    "output-delta": "The error at the output",
    "hidden-delta": "The error at a hidden unit",
    gradient: "The derivative that was asked for",
    update: "The parameter after the step",
    value: "Its value",
    lines: "Every line",
  },

  review: "For a person to look at",
  reasons: {
    unreadable: (line: number): string => `Line ${line} could not be read.`,
    undecided: (line: number): string => `Line ${line} could be neither confirmed nor refuted.`,
    conditional: (line: number): string => `Line ${line} is true only under a condition.`,
    cancels: (line: number): string =>
      `Line ${line} is right although it builds on a wrong result: two errors cancel, or the line does not come from the ones before it.`,
    "nothing-read": (): string => "The submission says nothing that could be judged.",
  },
  lines: (lines: readonly number[]): string =>
    lines.length === 0 ? "–" : lines.map((line) => String(line)).join(", "),
  marked: (lines: number): string => `${counted(lines, "line", "lines")} marked.`,
};

export type GradingWording = typeof english;
