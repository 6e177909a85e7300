// A derivation with boxes: in the chain of each path some local derivatives are missing, and some of the results below.
import type { Derived, Factor, GradientDerivation } from "../../derivation/derived.ts";
import type { EquationLine, Inline } from "../../derivation/document.ts";
import { equality, equalitySides, productAsWritten, sum } from "../../derivation/lines.ts";
import { equations, formula, text, value } from "../../derivation/prose.ts";
import type { Expr } from "../../expression/expr.ts";
import type { Graph } from "../../expression/graph.ts";
import { uniformGenerator } from "../../network/random.ts";
import { hashOf } from "../../numeric/balls/stand-in.ts";
import type { Variant } from "../problem.ts";
import { sheetWordings } from "../wording/wordings.ts";
import { askedSentence, place, tableOf } from "./asked.ts";
import type { Parts } from "./parts.ts";

/** What belongs into one box. */
export interface Box {
  readonly letter: string;
  readonly answer: Expr;
  /** Of a result; absent without numbers. */
  readonly value?: number;
  /** Whether the box stands for a local derivative by its name, as opposed to its result. */
  readonly named: boolean;
}

interface Boxed {
  readonly lines: readonly EquationLine[];
  readonly boxes: readonly Box[];
}

export function factorParts(variant: Variant): Parts {
  const { columns } = sheetWordings[variant.problem.language];
  const { lines, boxes } = boxedDerivation(variant);
  const table = (cell: (box: Box) => readonly Inline[]) =>
    tableOf(
      [columns.box, columns.answer],
      boxes.map((box) => [[text(box.letter)], cell(box)]),
    );
  return {
    problem: [askedSentence(variant), equations(lines), table(() => place)],
    solution: [
      table(({ answer, value: number }) => [
        formula(answer),
        ...(number === undefined ? [] : [text("\u00a0=\u00a0"), value(number)]),
      ]),
    ],
  };
}

/** The derivations of all targets with boxes chosen by the seed; letters run on from one to the next. */
export function boxedDerivation({ derived, network: { graph }, seed }: Variant): Boxed {
  const maker = new BoxMaker(graph, uniformGenerator(hashOf("boxes", seed)));
  const lines = derived.gradients.flatMap((gradient) => boxedLines(gradient, derived, maker));
  return { lines, boxes: maker.boxes };
}

/** ∂E/∂w = A ∂a/∂z B, then each local derivative once, every other one with a box for its result. */
function boxedLines(
  gradient: GradientDerivation,
  { numbers }: Derived,
  maker: BoxMaker,
): readonly EquationLine[] {
  const { graph } = maker;
  const terms = gradient.paths.map(({ factors }) => {
    const hidden = maker.choose(factors.length);
    return productAsWritten(
      graph,
      factors.map(({ derivative }, place) =>
        hidden.has(place) ? maker.box({ answer: derivative, named: true }) : derivative,
      ),
    );
  });
  const factors = [
    ...new Map(
      gradient.paths.flatMap((path) => path.factors).map((each) => [each.derivative, each]),
    ).values(),
  ];
  const hidden = maker.choose(factors.length);
  return [
    equality([gradient.derivative, sum(graph, terms)]),
    ...factors.map((factor, place) => (hidden.has(place) ? boxedFactor(factor, maker) : shownFactor(factor))),
    ...(numbers && gradient.complete
      ? [
          equality([
            gradient.derivative,
            maker.box({ answer: gradient.derivative, value: gradient.values[0]!, named: false }),
          ]),
        ]
      : []),
  ];
}

function boxedFactor({ derivative, result, worked, values }: Factor, maker: BoxMaker): EquationLine {
  const value = values[0];
  return equality([
    derivative,
    maker.box({ answer: worked ?? result, named: false, ...(value !== undefined && { value }) }),
  ]);
}

function shownFactor({ derivative, result, worked, values }: Factor): EquationLine {
  const sides = [derivative, worked ?? result].map((expr) => ({ kind: "expr", expr }) as const);
  const number =
    values[0] === undefined || result.kind === "number" ? [] : [{ kind: "value", value: values[0] } as const];
  return equalitySides([...sides, ...number]);
}

/** Gives each box its letter; A to Z, then A1. */
class BoxMaker {
  readonly graph: Graph;
  readonly boxes: Box[] = [];
  readonly #uniform: () => number;

  constructor(graph: Graph, uniform: () => number) {
    this.graph = graph;
    this.#uniform = uniform;
  }

  /** Half of so many places, at least one. */
  choose(count: number): ReadonlySet<number> {
    const places = Array.from({ length: count }, (_, place) => ({ place, order: this.#uniform() }));
    const chosen = places.toSorted((left, right) => left.order - right.order).slice(0, Math.ceil(count / 2));
    return new Set(chosen.map(({ place }) => place));
  }

  box(box: Omit<Box, "letter">): Expr {
    const count = this.boxes.length;
    const letter = String.fromCharCode(65 + (count % 26)) + (count < 26 ? "" : Math.floor(count / 26));
    this.boxes.push({ letter, ...box });
    return this.graph.symbol({
      id: `box ${letter}`,
      role: "blank",
      ranges: [],
      formals: [],
      entryNames: [letter],
    });
  }
}
