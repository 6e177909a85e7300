// A derivation with one mistake: the backward recursion line by line, done wrong at one node in the way of a
// misconception, and carried on from there.
import type { Block, EquationLine, Inline, Side } from "../../derivation/document.ts";
import { equations, fill, paragraph, text } from "../../derivation/prose.ts";
import type { ScalarNode } from "../../derivative/scalar.ts";
import { isNumber } from "../../expression/build.ts";
import type { Expr } from "../../expression/expr.ts";
import { Failure } from "../../failure.ts";
import { type Cone, type Slipped, slippedStep } from "../../grading/cone.ts";
import { Sweep } from "../../grading/sweep.ts";
import { uniformGenerator } from "../../network/random.ts";
import { hashOf } from "../../numeric/balls/stand-in.ts";
import type { Alternative, Question } from "../alternatives.ts";
import type { Variant } from "../problem.ts";
import { numberAt } from "../suitable.ts";
import { sheetWordings } from "../wording/wordings.ts";
import { explanation } from "../wrong-results.ts";
import { askedSentence } from "./asked.ts";
import type { Parts } from "./parts.ts";

/** A mistake in the derivation of one question. */
export interface Mistake {
  readonly question: Question;
  readonly alternative: Alternative;
  /** The lines as they are shown, and as they should be. */
  readonly shown: readonly EquationLine[];
  readonly corrected: readonly EquationLine[];
  /** Number of the wrong line, from 1. */
  readonly line: number;
}

export function mistakeParts(variant: Variant): Parts {
  const words = sheetWordings[variant.problem.language];
  const { alternative, shown, corrected, line } = mistakeOf(variant);
  const steps = words.mistakeSteps.map((step): readonly Inline[] => [text(step)]);
  const numbered = (lines: readonly EquationLine[]): Block =>
    equations(
      lines.map((each, position) => ({ ...each, because: [text(`(${position + 1})`)], ownNumber: true })),
    );
  return {
    problem: [askedSentence(variant), numbered(shown), { kind: "list", ordered: true, items: steps }],
    solution: [
      paragraph([
        ...fill(words.wrongLine, { line: [text(`(${line})`)] }),
        text(" "),
        ...explanation(alternative, variant.problem.language),
      ]),
      paragraph(words.corrected),
      numbered(corrected),
    ],
  };
}

/** The mistake that the seed chooses. Throws Failure where no misconception goes wrong in a single line. */
export function mistakeOf(variant: Variant): Mistake {
  const uniform = uniformGenerator(hashOf("mistake", variant.seed));
  const question = oneOf(variant.questions, uniform);
  const { cone } = question.target as { readonly cone: Cone };
  const fitting = question.alternatives.filter(
    ({ slip }) => slip.whole === undefined && touched(slip).size === 1,
  );
  const codes = [...new Set(fitting.map(({ codes: [code] }) => code))];
  if (codes.length === 0) throw nothingFits(question.node);
  const code = oneOf(codes, uniform);
  const alternative = oneOf(
    fitting.filter(({ codes: [first] }) => first === code),
    uniform,
  );
  const [place] = touched(alternative.slip);
  const nodes = cone.nodes.filter((node) => node !== cone.top);
  return {
    question,
    alternative,
    shown: linesOf(variant, cone, alternative.slip),
    corrected: linesOf(variant, cone, {}),
    line: nodes.indexOf(place!) + 1,
  };
}

function nothingFits({ id }: ScalarNode): Failure {
  return new Failure(
    "impossible-request",
    `None of the "misconceptions" goes wrong in a single line of the derivation by "${id}"; list others, or leave "misconceptions" out.`,
    { pointer: "/misconceptions" },
  );
}

function oneOf<Item>(items: readonly Item[], uniform: () => number): Item {
  return items[Math.floor(uniform() * items.length)]!;
}

/** The nodes at which a slip goes wrong. */
function touched({ factors, joins }: Slipped): ReadonlySet<ScalarNode> {
  return new Set([...(factors?.keys() ?? [])].map(({ by }) => by).concat([...(joins?.keys() ?? [])]));
}

/** ∂E/∂q = Σ_u ∂E/∂u ∂u/∂q = number, from the loss down to what is derived by. */
function linesOf({ world }: Variant, cone: Cone, slip: Slipped): readonly EquationLine[] {
  const sweep = world && new Sweep(cone, (factor) => numberAt(world, factor));
  const numbers = sweep?.allTold(sweep.changes(slip));
  return cone.nodes.flatMap((node, position): readonly EquationLine[] => {
    if (node === cone.top) return [];
    const step = slippedStep(cone, node, slip);
    const derivative = cone.graph.derivative(cone.top.symbol, node.symbol);
    const number: readonly Side[] =
      numbers && !isNumber(step) ? [{ kind: "value", value: numbers[position]! }] : [];
    const sides: readonly Side[] = [side(derivative), side(step), ...number];
    return [{ sides, signs: sides.slice(1).map(() => "=" as const) }];
  });
}

const side = (expr: Expr): Side => ({ kind: "expr", expr });
