// What is said about one relation: its verdict, where to look, and numbers that show it; how much is the teacher's choice.
import type { EquationLine, Inline } from "../derivation/document.ts";
import { enumerated, fill, formula, text, value } from "../derivation/prose.ts";
import type { Language } from "../derivation/wording/wordings.ts";
import type { ScalarNode } from "../derivative/scalar.ts";
import { type JudgedRelation, methodShare } from "./credit.ts";
import type { Diagnosis } from "./diagnose.ts";
import type { Finding } from "./grade.ts";
import { isWrong } from "./judge.ts";
import { misconceptionOf } from "./misconceptions/table.ts";
import type { StructureSlip } from "./structure.ts";
import type { GradingWording } from "./wording/english.ts";
import { gradingWordings } from "./wording/wordings.ts";

/** `hint`: that something is wrong, and near what; `diagnosis`: what; `solution`: also what would be right. */
type Reveal = "hint" | "diagnosis" | "solution";

export interface Telling {
  readonly language: Language;
  readonly reveal: Reveal;
}

type Sentence = readonly Inline[];

const optional = (sentence: Sentence | undefined): readonly Sentence[] => (sentence ? [sentence] : []);

/** The verdict, then what belongs to it, sentence by sentence. */
export function remarksOn(judged: JudgedRelation, finding: Finding, telling: Telling): readonly Sentence[] {
  const words = gradingWordings[telling.language];
  const verdict = judged.followThrough ? words.verdicts.followThrough : words.verdicts[judged.verdict];
  return [
    [text(verdict)],
    ...optional(conditionOf(judged, words)),
    ...judged.relation.slips.map(({ message }) => [text(message)]),
    ...(judged.slip ? [slipSentence(judged.slip, telling.language)] : []),
    ...cancelling(judged, words),
    ...coarseIn(judged, words),
    ...(judged.trivial ? [[text(words.trivial)]] : []),
    ...(finding.saturated ? [atFlatness(finding.saturated, telling.language)] : []),
    ...(isWrong(judged) ? mistake(judged, finding, telling, words) : []),
  ];
}

/** A derivative of 0 that is right. */
function atFlatness({ symbol }: ScalarNode, language: Language): Sentence {
  return fill(misconceptionOf("saturation-is-no-error").look[language], { at: [formula(symbol)] });
}

/** Right values in spite of a wrong result before. */
function cancelling(
  { cancels, consequence, verdict }: JudgedRelation,
  words: GradingWording,
): readonly Sentence[] {
  if (consequence) return [[text(words.consequence)]];
  if (!cancels) return [];
  return [[text(verdict === "false" ? words.twoErrors : words.cancels)]];
}

/** Half a unit of the last digit, relative to the number: 0.2, but not 0.21. */
const coarseFrom = 0.024;

/** A number so coarse that the sides agree only for that reason. */
function coarseIn({ judged }: JudgedRelation, words: GradingWording): readonly Sentence[] {
  const coarse = judged?.comparison.verdict === "true" ? judged.comparison.coarse : undefined;
  return coarse && coarse.relative > coarseFrom
    ? [fill(words.coarse, { decimal: [formula(coarse.decimal)] })]
    : [];
}

function mistake(
  judged: JudgedRelation,
  { diagnoses, solution }: Finding,
  { language, reveal }: Telling,
  words: GradingWording,
): readonly Sentence[] {
  const { shapeProblem } = judged.relation;
  if (reveal === "hint") return [hint(diagnoses, words)];
  const named = diagnoses.map((diagnosis) => looking(diagnosis, language));
  if (shapeProblem !== undefined) return [[text(shapeProblem)], ...named];
  return [
    ...accuracy(judged, words),
    ...(judged.worth === 0 ? unexplained(named, words) : []),
    ...(named.length > 1 ? [[text(diagnoses[0]!.together ? words.together : words.several)]] : []),
    ...named,
    ...counterexampleOf(judged, words),
    ...(reveal === "solution" && solution ? [solutionOf(solution, words)] : []),
  ];
}

function solutionOf({ sides }: EquationLine, words: GradingWording): Sentence {
  const formulas = sides.flatMap((side) => (side.kind === "expr" ? [formula(side.expr)] : []));
  return fill(words.solution, { head: [formulas[0]!], solution: [formulas[1]!] });
}

/** Wrong in its digits alone. */
function accuracy({ worth }: JudgedRelation, words: GradingWording): readonly Sentence[] {
  if (worth === 1) return [[text(words.withinTolerance)]];
  return worth === methodShare ? [[text(words.arithmetic)]] : [];
}

function unexplained(named: readonly Sentence[], words: GradingWording): readonly Sentence[] {
  return named.length > 0 ? [] : [[text(words.noDiagnosis)]];
}

function hint(diagnoses: readonly Diagnosis[], words: GradingWording): Sentence {
  const [likeliest] = diagnoses;
  return likeliest ? fill(words.hintAt, { at: [formula(likeliest.at.symbol)] }) : [text(words.hint)];
}

function slipSentence({ code, at }: StructureSlip, language: Language): Sentence {
  return fill(misconceptionOf(code).look[language], { at: at ? [formula(at.symbol)] : [], factor: [] });
}

/** What to look at, in the words of the misconception's row. */
export function looking({ code, at, factor }: Diagnosis, language: Language): Sentence {
  return fill(misconceptionOf(code).look[language], {
    at: [formula(at.symbol)],
    factor: factor ? [formula(factor)] : [],
  });
}

/** Under which condition the relation holds, where it does only under one. */
export function conditionOf({ judged }: JudgedRelation, words: GradingWording): Sentence | undefined {
  const comparison = judged?.comparison;
  if (comparison?.verdict !== "conditional") return undefined;
  const { kind, of } = comparison.condition;
  const symbols = enumerated(
    of.map((symbol) => formula(symbol)),
    words.and,
  );
  return fill(words.conditions[kind](of.length), { symbols });
}

function counterexampleOf({ judged }: JudgedRelation, words: GradingWording): readonly Sentence[] {
  const comparison = judged?.comparison;
  if (comparison?.verdict !== "false") return [];
  if (comparison.upsideDown)
    return [fill(words.upsideDown, { derivative: [formula(comparison.upsideDown)] })];
  if (!comparison.counterexample) return [];
  const { mentioned, left, right } = comparison.counterexample;
  const numbers = mentioned
    .slice(0, mostNumbers)
    .map(([symbol, number]) => [formula(symbol), text(" = "), value(number)]);
  const slots = { left: [value(left)], right: [value(right)] };
  return numbers.length === 0
    ? [fill(words.values, slots)]
    : [fill(words.counterexample, { ...slots, numbers: listed(numbers) })];
}

/** More numbers than these explain nothing in a sentence. */
const mostNumbers = 8;

const listed = (items: readonly (readonly Inline[])[]): readonly Inline[] =>
  items.flatMap((item, position) => (position === 0 ? item : [text(", "), ...item]));
