// The JSON answer: ids, LaTeX, speech and numbers of everything that was derived, the document beside it.
import type { Form } from "../derivation/compose.ts";
import type { ChainPath, DeltaDerivation, Derived, GradientDerivation } from "../derivation/derived.ts";
import type { DerivationDocument } from "../derivation/document.ts";
import type { LayerForms } from "../derivation/layers.ts";
import { inertProduct, sum } from "../derivation/lines.ts";
import { howCompared, notComparedSentence } from "../derivation/sentences.ts";
import type { Wording } from "../derivation/wording/english.ts";
import { type Language, wordings } from "../derivation/wording/wordings.ts";
import type { Cost } from "../derivative/cost.ts";
import { type Expr, entries, entryId } from "../expression/expr.ts";
import type { Shape } from "../matrix/matrix.ts";
import type { Network, Values } from "../network/network.ts";
import { rowsOf } from "../numeric/matrices.ts";
import { remembering } from "../remembered.ts";
import { jsonDocument } from "./json.ts";
import { named, namedRows } from "./named.ts";
import { type Aloud, aloud, indexLetters, lineAloud } from "./print/line.ts";
import type { Printing } from "./print/scope.ts";

/** What an answer says besides the derivation itself. */
export interface AnswerFrame {
  readonly engine: string;
  readonly permalink: { readonly permalink: string } | { readonly permalinkOmitted: string };
  readonly forms: ReadonlySet<Form>;
}

/** The answer of `POST /v1/derivations` as a JSON value; fields without a value are absent. */
export function answer(
  network: Network,
  derived: Derived | undefined,
  layers: LayerForms,
  document: DerivationDocument,
  printing: Printing,
  frame: AnswerFrame,
): object {
  const { language } = document;
  const print = remembering((expr: Expr) => aloud(expr, printing, language));
  const { loss, graph } = network;
  const value = derived?.numbers?.loss;
  return {
    ...frame.permalink,
    engine: frame.engine,
    loss: { id: loss.id, ...print(graph.symbol(loss)), ...(value !== undefined && { value }) },
    gradients: [],
    ...(derived && scalarAnswer(derived, frame, { print, words: wordings[language] })),
    ...(layers.indexed && { indexed: indexedAnswer(layers.indexed, printing, language) }),
    ...(layers.matrix && { matrix: matrixAnswer(layers.matrix, printing, language) }),
    derivation: jsonDocument(document, printing),
    ...(network.missing.length > 0 && { missingNumbers: network.missing }),
    network: network.completed,
  };
}

/** What the forms that go unit by unit add. */
function scalarAnswer(derived: Derived, { forms }: AnswerFrame, saying: Saying): object {
  const { agreement, verification, update } = derived;
  const { print, words } = saying;
  return {
    gradients: derived.gradients.map((gradient) => gradientAnswer(gradient, derived, forms, saying)),
    ...(forms.has("delta") && {
      deltas: derived.deltas.map((delta) => deltaAnswer(delta, print)),
    }),
    equalForms: { equal: agreement.equal, how: howCompared(derived, words) },
    cost: costAnswer(derived.chainCost, derived.deltaCost),
    ...(verification && {
      check: {
        agrees: verification.agrees,
        loss: verification.loss,
        forward: verification.forward,
        deltas: verification.deltas,
        kinks: verification.kinks,
      },
    }),
    forward: derived.forward.map(({ symbol, define, values }) => ({
      id: entryId(symbol.quantity, symbol.indices),
      ...print(symbol),
      ...named("definition", print(define)),
      ...perSample(values),
    })),
    graph: graphAnswer(derived, print),
    ...(update && {
      update: {
        learningRate: update.request.learningRate,
        parameters: byId(update.parameters),
        history: update.history,
      },
    }),
  };
}

function indexedAnswer(
  { lines, samples }: NonNullable<LayerForms["indexed"]>,
  printing: Printing,
  language: Language,
): object {
  return {
    lines: [...lines, ...samples].map(({ box, layer, line }) => ({
      id: line.id,
      box,
      ...(layer !== undefined && { layer }),
      ...lineAloud(line, printing, language),
      rule: line.rule,
      ...indexLetters(line, printing),
    })),
  };
}

/** Matrices with more numbers than this are named by their shape alone: gradients come from /v1/gradients. */
const largestListed = 400;

function matrixAnswer(
  { lines, jacobians, options }: NonNullable<LayerForms["matrix"]>,
  printing: Printing,
  language: Language,
): object {
  return {
    ...options,
    lines: lines.map(({ id, box, line, shape, numbers, agrees }) => ({
      id,
      box,
      ...lineAloud(line, printing, language),
      rule: line.rule,
      shape: sizesOf(shape),
      ...(numbers && numbers.values.length <= largestListed && { value: rowsOf(numbers) }),
      ...(agrees !== undefined && { agrees }),
    })),
    jacobians: jacobians.map(({ of, by, matrix, shape, entries: written, size, productSize }) => ({
      of: of.id,
      by: by.id,
      shape: sizesOf(shape),
      ...lineAloud({ sides: [{ kind: "matrix", matrix }], signs: [] }, printing, language),
      ...(written &&
        namedRows(
          "entries",
          written.map((row) => row.map((entry) => aloud(entry, printing, language))),
        )),
      size,
      productSize,
    })),
  };
}

function sizesOf({ rows, columns }: Shape): readonly (number | string)[] {
  return [rows, columns].map((extent) =>
    extent === "one" ? 1 : (extent.size ?? extent.limit ?? extent.name),
  );
}

/** How expressions are printed, and the words of the answer's language. */
interface Saying {
  readonly print: Print;
  readonly words: Wording;
}

type Print = (expr: Expr) => Aloud;

/** One number as `value`; several as `samples`, in order. */
function perSample(values: readonly number[]): object {
  if (values.length === 0) return {};
  return values.length === 1 ? { value: values[0] } : { samples: values };
}

function gradientAnswer(
  gradient: GradientDerivation,
  derived: Derived,
  forms: AnswerFrame["forms"],
  saying: Saying,
): object {
  const { print } = saying;
  const { id, derivative, value, values } = gradient;
  return {
    parameter: id,
    ...print(derivative),
    ...(value !== undefined && { value }),
    ...(forms.has("chain") && { chain: chainAnswer(gradient, derived, saying) }),
    ...(forms.has("delta") && {
      delta: { ...print(gradient.delta), ...(value !== undefined && { value }), uses: gradient.uses },
    }),
    check: checkAnswer(id, derived, saying.words),
    ...(values.length > 1 && {
      samples: values.map((own, sample) => sampleAnswer(own, sample, gradient, derived)),
    }),
  };
}

/** One sample's unreduced value, the δ's it uses and the values of its paths. */
function sampleAnswer(
  value: number,
  sample: number,
  { uses, paths }: GradientDerivation,
  { deltas }: Derived,
): object {
  const used = uses.map((id): [string, number] => [
    id,
    deltas.find((delta) => delta.id === id)!.values[sample]!,
  ]);
  return { value, deltas: Object.fromEntries(used), paths: paths.map((path) => path.values[sample]) };
}

function chainAnswer(gradient: GradientDerivation, { network: { graph } }: Derived, saying: Saying): object {
  const { print, words } = saying;
  const { pathCount, complete, paths, value } = gradient;
  const listed = paths.reduce((total, path) => total + (path.value ?? 0), 0);
  const numbers = value === undefined ? {} : complete ? { value: listed } : { listedValue: listed };
  return {
    pathCount: String(pathCount),
    complete,
    ...print(
      sum(
        graph,
        paths.map((path) => inertProduct(graph, path)),
      ),
    ),
    ...numbers,
    ...(pathCount === 0n && { reason: words.noPath }),
    paths: paths.map((path) => pathAnswer(path, graph, saying)),
  };
}

function pathAnswer(path: ChainPath, graph: Derived["network"]["graph"], { print, words }: Saying): object {
  return {
    nodes: path.nodes,
    ...print(inertProduct(graph, path)),
    ...(path.value !== undefined && { value: path.value }),
    factors: path.factors.map(({ of, by, derivative, result, worked, rule, values }) => ({
      of: of.id,
      by: by.id,
      ...print(derivative),
      ...named("result", print(result)),
      ...(worked && named("worked", print(worked))),
      rule,
      ...factorNumbers(values, words),
    })),
  };
}

function factorNumbers(values: readonly (number | undefined)[], words: Wording): object {
  if (values.length !== 1) return {};
  return values[0] === undefined ? { valueOmitted: words.valueOmitted } : { value: values[0] };
}

function checkAnswer(id: string, { verification, notCompared }: Derived, words: Wording): object {
  const check = verification?.parameters.get(id);
  if (check) return check.reason ? { ...check, reason: words.refereeReason(check.reason) } : check;
  const reason = notCompared && notComparedSentence(notCompared, words);
  return { status: "not-compared", agrees: false, reason };
}

function deltaAnswer({ id, symbol, define, worked, usedBy, values }: DeltaDerivation, print: Print): object {
  return {
    id,
    ...named("symbol", print(symbol)),
    ...print(worked ?? define),
    ...named("definition", print(define)),
    ...perSample(values),
    usedBy,
  };
}

function costAnswer(chain: Cost, delta: Cost): object {
  return {
    chainMultiplications: String(chain.multiplications),
    chainAdditions: String(chain.additions),
    deltaMultiplications: String(delta.multiplications),
    deltaAdditions: String(delta.additions),
  };
}

function graphAnswer({ scalar }: Derived, print: Print): object {
  return {
    nodes: scalar.nodes.map(({ id, symbol }) => ({ id, role: symbol.quantity.role, ...print(symbol) })),
    edges: scalar.nodes.flatMap(({ uses }) =>
      uses.map(({ of, by, factor, rule }) => ({ from: by.id, to: of.id, ...print(factor), rule })),
    ),
  };
}

function byId(values: Values): Record<string, number> {
  return Object.fromEntries(
    [...values].flatMap(([quantity, numbers]) =>
      [...entries(quantity)].map((indices, offset) => [entryId(quantity, indices), numbers[offset]!]),
    ),
  );
}
