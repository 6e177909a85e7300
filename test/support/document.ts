// A small but complete derivation document for tests of the writers: every kind of block, inline and side.
import type { Block, DerivationDocument, EquationLine, Inline } from "../../src/derivation/document.ts";
import { adjoints, differentiate } from "../../src/derivative/adjoints.ts";
import type { Expr } from "../../src/expression/expr.ts";
import { compile } from "../../src/network/compile.ts";
import type { NetworkDescription } from "../../src/network/description.ts";
import { dialect } from "../../src/notation/dialect.ts";
import type { Notation } from "../../src/notation/notation.ts";
import { notations } from "../../src/notation/rows.ts";
import type { Printing } from "../../src/writers/print/scope.ts";

const description: NetworkDescription = {
  kind: "layers",
  inputs: 2,
  naming: "by-source",
  layers: [
    { type: "dense", units: 2, activation: "sigmoid", bias: "none" },
    { type: "dense", units: 1, activation: "sigmoid", bias: "none" },
  ],
  loss: "half-squared-error",
};

const words = (text: string): Inline => ({ kind: "text", text });

export interface Example {
  readonly document: DerivationDocument;
  readonly printing: Printing;
}

/** The derivation of a two-layer network, with `label` wherever a user's text can stand. */
export function example(
  label = "Backpropagation, worked by hand",
  notation: Notation = notations.layered,
): Example {
  const network = compile(description);
  const { graph } = network;
  const printing = { dialect: dialect(network, notation), digits: 9 };
  const { deltas, gradients } = adjoints(differentiate(network));
  const values = ({ quantity }: { quantity: { id: string } }): number => 0.1 + quantity.id.length / 10;
  const formula = (expr: Expr): Inline => ({ kind: "formula", expr });

  const definitions = network.quantities.flatMap((quantity): EquationLine[] =>
    quantity.define
      ? [
          {
            sides: [
              { kind: "expr", expr: graph.symbol(quantity, quantity.formals) },
              { kind: "expr", expr: quantity.define },
            ],
            signs: ["="],
          },
        ]
      : [],
  );
  const steps = [...gradients].map(([quantity, gradient]): EquationLine => {
    const by = graph.symbol(quantity, quantity.formals);
    return {
      id: `gradient-${quantity.id}`,
      sides: [
        { kind: "expr", expr: graph.derivative(graph.symbol(network.loss), by) },
        { kind: "expr", expr: gradient },
        { kind: "digits", expr: gradient, values },
        { kind: "value", value: -0.0406811251 },
      ],
      signs: ["=", "=", "≈"],
      rule: "product",
      because: [
        words("the error signal at the output end times the activation at the input end, "),
        formula(by),
      ],
    };
  });
  const deltaLines = deltas.map(
    (delta): EquationLine => ({
      sides: [
        { kind: "expr", expr: graph.symbol(delta, delta.formals) },
        {
          kind: "expr",
          expr: graph.derivative(graph.symbol(network.loss), graph.symbol(delta.adjointOf!, delta.formals)),
        },
        { kind: "expr", expr: delta.define! },
      ],
      signs: [":=", "="],
    }),
  );
  const rows = network.quantities
    .slice(0, 4)
    .map((quantity) => [
      [formula(graph.symbol(quantity, quantity.formals))],
      [{ kind: "value", value: values({ quantity }) } as const],
      [words(label)],
    ]);

  const blocks: readonly Block[] = [
    {
      kind: "section",
      id: "forward",
      title: [words("Forward pass of "), formula(graph.symbol(network.loss))],
      blocks: [
        {
          kind: "paragraph",
          inlines: [
            words("Each unit adds up what comes in and bends it; "),
            { kind: "strong", text: "the loss" },
            words(" is "),
            formula(network.loss.define!),
            words(", and "),
            { kind: "code", text: "W1[2,1]" },
            words(" is one weight of value "),
            { kind: "value", value: 0.15 },
            words("."),
          ],
        },
        { kind: "equations", lines: definitions },
        {
          kind: "table",
          caption: [words("Values at the given sample")],
          columns: [
            { title: [words("Quantity")], align: "left" },
            { title: [words("Value")], align: "right" },
            { title: [words("Remark")], align: "center" },
          ],
          rows,
        },
      ],
    },
    {
      kind: "section",
      id: "backward",
      title: [words("Backward pass")],
      blocks: [
        { kind: "equations", lines: deltaLines },
        {
          kind: "section",
          id: "gradients",
          title: [words("Gradients")],
          blocks: [
            { kind: "equations", lines: steps, path: ["w_1", "z1[1]", "E"] },
            {
              kind: "detail",
              summary: [words("Why this is cheap")],
              blocks: [{ kind: "paragraph", inlines: [words(label)] }],
            },
          ],
        },
        {
          kind: "list",
          ordered: true,
          items: [
            [words("20 multiplications with the products written out")],
            [words("11 with the deltas stored")],
          ],
        },
        { kind: "list", ordered: false, items: [[words(label)]] },
        {
          kind: "note",
          tone: "agrees",
          inlines: [words("An independent engine agrees to "), { kind: "value", value: 1.2e-16 }, words(".")],
        },
        { kind: "note", tone: "warning", inlines: [words(label)] },
        { kind: "note", tone: "remark", inlines: [words("The derivative of ReLU at 0 is taken as 0.")] },
      ],
    },
  ];
  return {
    printing,
    document: {
      kind: "derivation",
      title: label,
      language: "en",
      author: label,
      course: label,
      date: "1 May 2026",
      permalink: "/v1/derivations/eNpTest",
      engine: "1.0.0",
      blocks,
    },
  };
}
