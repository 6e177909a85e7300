// The forward pass: every definition with its numbers, the functions that the letters stand for, what a unit does.
import { isPower, isProduct, nodesOf, termsOf } from "../expression/build.ts";
import type { Expr, Quantity, SymbolExpr } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";
import type { Operation } from "../primitives/primitive.ts";
import { freeVariable, functionDefinition } from "./definition.ts";
import type { Block, Column, Inline } from "./document.ts";
import { equality, equalitySides, forwardLine, withoutNumbers } from "./lines.ts";
import {
  columnOf,
  enumerated,
  equations,
  fill,
  formula,
  paragraph,
  type SectionBlock,
  section,
  text,
  value,
} from "./prose.ts";
import { overall } from "./samples.ts";
import type { Telling } from "./telling.ts";

/** How many samples still get a column of their own. */
export const widestTable = 12;

/** How many inputs or units are listed as examples. */
const mostListed = 12;

export function forwardSection(telling: Telling): SectionBlock {
  const { derived, words, detail, lines } = telling;
  const shown = detail === "brief" ? withoutNumbers(lines) : lines;
  return section("forward", words.forward, [
    paragraph(shown.values ? words.forwardIntroNumbers : words.forwardIntro),
    ...functionsUsed(telling),
    equations(derived.forward.map((entry) => forwardLine(entry, shown))),
    ...(detail === "brief" ? [] : remarks(telling)),
    ...sampleTable(telling),
  ]);
}

/** Which function the letter f stands for, layer by layer. */
export function functionsUsed({
  derived: { forward, network },
  words,
  detail,
}: Pick<Telling, "derived" | "words" | "detail">): readonly Block[] {
  const users = new Map<Operation, SymbolExpr[]>();
  const inEquations = new Map<Operation, SymbolExpr>();
  for (const { symbol, define } of forward) {
    if ((define.kind !== "apply" && define.kind !== "component") || !define.op.primed) continue;
    if (symbol.quantity.role === "activation")
      users.set(define.op, [...(users.get(define.op) ?? []), symbol]);
    else if (!inEquations.has(define.op)) inEquations.set(define.op, variableOf(define, network));
  }
  const nameOf = ({ kind, name }: Operation): readonly Inline[] => [
    text(kind === "abstract" ? words.abstractFunction : words.functionName(name)),
  ];
  const definitionOf = (op: Operation, variable?: SymbolExpr): readonly Block[] => {
    const definition = detail === "brief" ? undefined : functionDefinition(network.graph, op, variable);
    if (!definition) return [];
    return [equations([equality([definition.call, definition.formula], { rule: "function-definition" })])];
  };
  const activations = forward.filter(({ symbol }) => symbol.quantity.role === "activation").length;
  const ofUnits = [...users].flatMap(([op, symbols]) => {
    const sentence =
      symbols.length === activations ? words.activationAll : words.activationOf(symbols.length);
    const slots = { name: nameOf(op), symbols: enumerated(symbols.map(formula), words.and) };
    return [paragraph(fill(sentence, slots)), ...definitionOf(op)];
  });
  return [...ofUnits, ...[...inEquations].flatMap(([op, variable]) => definitionOf(op, variable))];
}

/** What an equation applies a function to, where it has a name; else a letter of its own. */
function variableOf({ args }: Extract<Expr, { kind: "apply" | "component" }>, network: Network): SymbolExpr {
  const [argument] = args;
  return argument?.kind === "symbol" && argument.concrete ? argument : freeVariable(network);
}

/** What the words mean, what the scripts count, and why there is a 1/2. */
function remarks(telling: Telling): readonly Block[] {
  return [...terms(telling), ...layerMarks(telling), ...halfLoss(telling)];
}

function terms({ derived: { forward }, words }: Telling): readonly Block[] {
  const sum = forward.find(({ symbol }) => symbol.quantity.role === "preActivation");
  const activation = forward.find(
    ({ symbol, define }) =>
      symbol.quantity.role === "activation" && [...nodesOf(define)].some((node) => node === sum?.symbol),
  );
  if (!sum || !activation) return [];
  return [
    paragraph(
      fill(words.forwardTerms, {
        sum: [formula(sum.symbol)],
        activation: [formula(activation.symbol)],
      }),
    ),
  ];
}

/** x_1 = a_1^(1), where a dialect marks layers. */
function layerMarks(telling: Telling): readonly Block[] {
  const { derived, words, notation } = telling;
  const pairs = inputsAsActivations(telling);
  if (pairs.size === 0) return [];
  const lines = [...pairs]
    .slice(0, mostListed)
    .map(([input, activation]) => equality([input, activation], { rule: "layer-mark" }));
  const layer = [text(String(derived.network.inputs[0]!.layer! + notation.firstLayer))];
  return [paragraph(fill(words.layerMarks, { layer })), equations(lines)];
}

/** Whether names carry the number of their layer: some dialects leave it out where there is only one. */
export function showsLayers({ derived: { network }, notation }: Telling): boolean {
  if (notation.layerMark === "none" || network.kind !== "layers") return false;
  return notation.indexWhereNeeded !== "all" || network.depth > 1;
}

/** Each input with the activation of layer 0 that it also is, in dialects that mark layers. */
export function inputsAsActivations(telling: Telling): ReadonlyMap<Expr, Expr> {
  const { network } = telling.derived;
  if (!showsLayers(telling)) return new Map();
  const { graph } = network;
  return new Map(
    network.inputs.flatMap((quantity): readonly (readonly [Expr, Expr])[] => {
      const { ranges, formals, layer = 0 } = quantity;
      const [range] = ranges;
      if (ranges.length !== 1) return [];
      const twin: Quantity = { id: "a0", role: "activation", layer, ranges, formals };
      return Array.from({ length: range!.size! }, (_, position) => [
        graph.symbol(quantity, [position + 1]),
        graph.symbol(twin, [position + 1]),
      ]);
    }),
  );
}

function halfLoss({ derived: { forward }, words }: Telling): readonly Block[] {
  const halved = forward.some(
    ({ symbol, define }) =>
      (symbol.quantity.role === "loss" || symbol.quantity.role === "outputLoss") &&
      termsOf(define).every((term) => isProduct(term) && term.args.some(isHalf) && term.args.some(isSquare)),
  );
  return halved ? [paragraph(words.halfLoss)] : [];
}

function isHalf(expr: Expr): boolean {
  return expr.kind === "number" && expr.value.numerator === 1n && expr.value.denominator === 2n;
}

function isSquare(expr: Expr): boolean {
  const exponent = isPower(expr) && expr.args[1]!;
  return exponent && exponent.kind === "number" && exponent.value.numerator === 2n;
}

/** The values of every quantity for each sample of a batch. */
function sampleTable({ derived: { forward, numbers }, words }: Telling): readonly Block[] {
  if (!numbers || numbers.samples.length < 2) return [];
  const samples = Math.min(numbers.samples.length, widestTable);
  const rows = forward.map(({ symbol, values }) => [
    [formula(symbol)],
    ...values.slice(0, samples).map((entry): readonly Inline[] => [value(entry)]),
  ]);
  return [
    paragraph(words.forwardSamples(numbers.samples.length)),
    { kind: "table", columns: sampleColumns(words.quantity, samples, words.perSampleColumn), rows },
  ];
}

export function sampleColumns(
  first: string,
  samples: number,
  title: (sample: number) => string,
): readonly Column[] {
  const numbered = Array.from({ length: samples }, (_, position) => columnOf(title(position + 1), "right"));
  return [columnOf(first, "left"), ...numbered];
}

/** E = (1/N) Σ_n E_n, and that everything is derived for one sample first. */
export function overSamplesSection({ derived: { network, numbers }, words }: Telling): SectionBlock {
  const whole = overall(network);
  if (!whole) return section("samples", words.overSamples, []);
  const { reduction, count } = network.samples;
  const sides = [whole.loss, ...whole.definitions].map((expr) => ({ kind: "expr" as const, expr }));
  const result = numbers ? [{ kind: "value" as const, value: numbers.loss }] : [];
  return section("samples", words.overSamples, [
    paragraph(words.overSamplesIntro(reduction, count)),
    equations([equalitySides([...sides, ...result], { rule: "samples", id: "samples-loss" })]),
  ]);
}

/** The steps inside each unit: multiplications, one sum, one function. */
export function unitsSection({ derived: { forward }, words }: Telling): SectionBlock {
  const rows = forward
    .filter(({ symbol }) => symbol.quantity.role === "preActivation")
    .slice(0, mostListed)
    .flatMap((sum) => {
      const unit = forward.find(
        ({ symbol, define }) =>
          symbol.quantity.role === "activation" &&
          (define.kind === "symbol" ? define : define.kind === "apply" && define.args[0]) === sum.symbol,
      );
      if (!unit) return [];
      const products = termsOf(sum.define).filter(isProduct);
      return [
        [
          [formula(unit.symbol)],
          enumerated(products.map(formula), words.and),
          [formula(sum.symbol)],
          [formula(unit.define)],
        ],
      ];
    });
  const { unit, products, sum, result } = words.unitsColumns;
  const columns = [unit, products, sum, result].map((title) => columnOf(title, "left"));
  return section(
    "units",
    words.units,
    rows.length === 0 ? [] : [paragraph(words.unitsIntro), { kind: "table", columns, rows }],
  );
}
