// The network of a problem: its picture, what it computes, and the numbers that are given.
import { inOrderOfNames } from "../derivation/derive.ts";
import type { Block, Inline } from "../derivation/document.ts";
import { functionsUsed } from "../derivation/forward-section.ts";
import { definitionLine } from "../derivation/lines.ts";
import {
  enumerated,
  equations,
  fill,
  formula,
  paragraph,
  type SectionBlock,
  section,
  text,
  value,
} from "../derivation/prose.ts";
import { wordings } from "../derivation/wording/wordings.ts";
import { entryOffset, type Quantity } from "../expression/expr.ts";
import { learningRate } from "../network/learning-rate.ts";
import { documentPictures } from "../picture/document.ts";
import type { Variant } from "./problem.ts";
import { tasks } from "./task.ts";
import { sheetWordings } from "./wording/wordings.ts";

export function networkSection(variant: Variant): SectionBlock {
  const { network, derived, problem } = variant;
  const words = sheetWordings[problem.language];
  const given = givenNumbers(variant);
  return section("network", words.network, [
    ...documentPictures(network, problem.language, []).network(),
    paragraph(words.definitions),
    equations(derived.forward.map(definitionLine)),
    ...functionsUsed({ derived, words: wordings[problem.language], detail: "standard" }),
    ...(given.length === 0
      ? []
      : [paragraph(words.given), { kind: "list", ordered: false, items: given } satisfies Block]),
  ]);
}

/** The numbers in a few rows, by what they are. */
function givenNumbers({ network, problem }: Variant): readonly (readonly Inline[])[] {
  const { kind, values, samples, parameters, inputs, targets, graph, quantities } = network;
  if (!values) return [];
  const { kinds } = sheetWordings[problem.language];
  const free = quantities.filter((quantity) => !quantity.define && !parameters.includes(quantity));
  const constants = kind === "equations" ? free : free.filter(({ role }) => role === "constant");
  const all = new Map([...values, ...(samples.values[0] ?? [])]);
  const numbersOf = (list: readonly Quantity[]): readonly (readonly Inline[])[] =>
    list.flatMap((quantity) =>
      inOrderOfNames(quantity).map((indices) => [
        formula(graph.symbol(quantity, indices)),
        text("\u00a0=\u00a0"),
        value(all.get(quantity)![entryOffset(quantity, indices)]!),
      ]),
    );
  const rate = tasks[problem.task].updates
    ? [[formula(graph.symbol(learningRate)), text("\u00a0=\u00a0"), value(problem.learningRate)]]
    : [];
  const rows: readonly (readonly [string, readonly (readonly Inline[])[]])[] = [
    [kinds.inputs, kind === "equations" ? [] : numbersOf(inputs)],
    [kinds.targets, kind === "equations" ? [] : numbersOf(targets)],
    [kinds.parameters, numbersOf(inOrder(parameters))],
    [kinds.constants, numbersOf(constants)],
    [kinds.learningRate, rate],
  ];
  return rows
    .filter(([, numbers]) => numbers.length > 0)
    .map(([sentence, numbers]) => fill(sentence, { numbers: commas(numbers) }));
}

/** Single parameters as a reader lists them, w_1, w_2, …; whole layers in their own order. */
function inOrder(parameters: readonly Quantity[]): readonly Quantity[] {
  const isSingle = parameters.every(({ ranges }) => ranges.length === 0);
  const order = new Intl.Collator("en", { numeric: true });
  return isSingle ? parameters.toSorted((left, right) => order.compare(left.id, right.id)) : parameters;
}

const commas = (items: readonly (readonly Inline[])[]): readonly Inline[] =>
  items.flatMap((item, position) => (position === 0 ? item : [text(", "), ...item]));

/** The derivatives that are asked for, as they stand in a sentence. */
export function askedDerivatives({ problem, network: { graph, loss } }: Variant): readonly Inline[] {
  const words = sheetWordings[problem.language];
  return enumerated(
    problem.targets.map(({ symbol }) => formula(graph.derivative(graph.symbol(loss), symbol))),
    words.and,
  );
}
