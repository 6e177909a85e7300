// The messages of a unit in general, with indices in place of numbers: units i send to unit j, and j sends to units k.
//
//   a_j = Σ_i w_ji z_i,  z_j = h(a_j);  δ_j = h'(a_j) Σ_k w_kj δ_k;  ∂E/∂w_ji = δ_j z_i      (Bishop 2006, figure 5.7)
import type { Inline } from "../derivation/document.ts";
import { type GeneralUnit, generalUnit } from "../derivation/general.ts";
import { fill } from "../derivation/prose.ts";
import type { Expr, Index, Quantity } from "../expression/expr.ts";
import type { Note, Picture, PictureEdge, PictureNode } from "./picture.ts";
import { chainLabel, formula, formulaLabel, paragraphOf, type Scene, text, wordsOf } from "./scene.ts";
import type { PictureWording } from "./wording.ts";

/** What is drawn of a diagram's unit j. */
interface Parts {
  /** Left of the unit: all that it receives from, or one of them. */
  readonly senders: "all" | "one";
  /** The unit as its sum and its activation, or as one node. */
  readonly inside: boolean;
  /** What follows, from which errors come back: the activations of the next units, or their errors. */
  readonly followers?: "activations" | "errors";
  /** Errors beside the activations that they belong to. */
  readonly errors: boolean;
  readonly title: keyof PictureWording;
}

const diagrams = {
  forward: { senders: "all", inside: true, errors: false, title: "generalForward" },
  weight: { senders: "one", inside: false, errors: true, title: "generalWeight" },
  backward: {
    senders: "one",
    inside: false,
    followers: "activations",
    errors: true,
    title: "generalBackward",
  },
  both: { senders: "all", inside: true, followers: "errors", errors: false, title: "generalBoth" },
} as const satisfies Record<string, Parts>;

export type GeneralName = keyof typeof diagrams;

export const generalNames = Object.keys(diagrams) as readonly GeneralName[];

/** One of the diagrams, in the letters of the notation. */
export function generalPicture(name: GeneralName, scene: Scene): Picture {
  const parts: Parts = diagrams[name];
  const general = generalUnit(scene.network);
  const drawn = [
    senders(parts, general, scene),
    parts.inside ? insideOf(general, scene) : unitAlone(parts, general, scene),
    parts.followers ? followers(parts.followers, parts.inside ? 3 : 2, general, scene) : nothing,
  ];
  const words = wordsOf(scene);
  return {
    title: [text(words[parts.title])],
    description: paragraphOf(sentences(parts, general, scene)),
    nodes: drawn.flatMap(({ nodes }) => nodes),
    edges: drawn.flatMap(({ edges }) => edges),
    ordered: false,
    paths: [],
  };
}

interface Drawn {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

const nothing: Drawn = { nodes: [], edges: [] };

/** The node that senders lead to and followers come from. */
const target = "unit";
const activationNode = "activation";

function senders({ senders: shown, errors }: Parts, { quantities }: GeneralUnit, scene: Scene): Drawn {
  const { source, weight, deltaBefore, bias } = quantities;
  const of = symbolsIn(scene);
  const formal = weight.formals[1]!;
  const all: readonly Index[] = shown === "all" ? [1, 2, formal] : [formal];
  const nodes = all.map((index): PictureNode => {
    const notes = errors ? [errorNote(of(deltaBefore, index))] : [];
    return nodeOf(nameOf("sender", index), 0, "input", of(source, index), notes);
  });
  const edges = all.map((index): PictureEdge => {
    const label = formulaLabel(of(weight, weight.formals[0]!, index));
    return { from: nameOf("sender", index), to: target, tone: "plain", label };
  });
  if (shown === "one") return { nodes, edges };
  return {
    nodes: [...nodes, dots("sender", 0), ...(bias ? [one] : [])],
    edges: [
      ...edges,
      { from: "more sender", to: target, tone: "plain" },
      ...(bias ? [{ from: one.id, to: target, tone: "plain", label: formulaLabel(of(bias)) } as const] : []),
    ],
  };
}

/** What a bias multiplies. */
const one: PictureNode = {
  id: "one",
  column: 0,
  shape: "circle",
  tone: "input",
  label: { kind: "sign", sign: "one" },
  aside: true,
  notes: [],
};

/** a_j = Σ_i w_ji z_i, then z_j = h(a_j). */
function insideOf({ quantities: { sum, activation } }: GeneralUnit, scene: Scene): Drawn {
  const words = wordsOf(scene);
  const of = symbolsIn(scene);
  const step = (id: string, column: number, quantity: Quantity, name: string): PictureNode => ({
    id,
    column,
    shape: "box",
    tone: "plain",
    label: chainLabel([of(quantity), quantity.define!], undefined),
    notes: [{ label: { kind: "words", text: name }, tone: "plain" }],
  });
  return {
    nodes: [step(target, 1, sum, words.preActivation), step(activationNode, 2, activation, words.activation)],
    edges: [{ from: target, to: activationNode, tone: "plain" }],
  };
}

/** z_j with its error, and beside the diagram what it shows: where the error comes from, or what it is for. */
function unitAlone(
  { followers: after }: Parts,
  { quantities: { activation, delta }, gradient }: GeneralUnit,
  scene: Scene,
): Drawn {
  const of = symbolsIn(scene);
  const unit = nodeOf(target, 1, "plain", of(activation), [errorNote(of(delta))]);
  const sides = after ? [of(delta), delta.define!] : [gradient.meaning, gradient.define];
  const rule: PictureNode = {
    id: "rule",
    column: after ? 3 : 2,
    shape: "bare",
    tone: "strong",
    label: chainLabel(sides, undefined),
    notes: [],
  };
  return { nodes: [unit, rule], edges: [] };
}

/** The units that j sends to: activations go there, errors come back. */
function followers(
  shown: NonNullable<Parts["followers"]>,
  column: number,
  { quantities: { nextWeight, nextDelta, nextActivation } }: GeneralUnit,
  scene: Scene,
): Drawn {
  const of = symbolsIn(scene);
  const [here, formal] = [nextWeight.formals[1]!, nextWeight.formals[0]!];
  const from = shown === "errors" ? activationNode : target;
  const nodes = [1, 2, formal].map((index) =>
    shown === "errors"
      ? nodeOf(nameOf("follower", index), column, "backward", of(nextDelta, index), [])
      : nodeOf(nameOf("follower", index), column, "plain", of(nextActivation, index), [
          errorNote(of(nextDelta, index)),
        ]),
  );
  const edges = [1, 2, formal].flatMap((index): readonly PictureEdge[] => {
    const to = nameOf("follower", index);
    const label = formulaLabel(of(nextWeight, index, here));
    return [
      { from, to, tone: "plain", label },
      { from: to, to: from, tone: "backward" },
    ];
  });
  const more = "more follower";
  return {
    nodes: [...nodes, dots("follower", column)],
    edges: [...edges, { from, to: more, tone: "plain" }, { from: more, to: from, tone: "backward" }],
  };
}

const nameOf = (kind: "sender" | "follower", index: Index): string =>
  `${kind} ${typeof index === "number" ? index : "in general"}`;

/** The symbol of a quantity; without indices, in general. */
function symbolsIn({ network: { graph } }: Scene) {
  return (quantity: Quantity, ...indices: readonly Index[]): Expr =>
    graph.symbol(quantity, indices.length > 0 ? indices : quantity.formals);
}

const errorNote = (delta: Expr): Note => ({ label: formulaLabel(delta), tone: "backward" });

function nodeOf(
  id: string,
  column: number,
  tone: PictureNode["tone"],
  symbol: Expr,
  notes: readonly Note[],
): PictureNode {
  return { id, column, shape: "circle", tone, label: formulaLabel(symbol), notes };
}

function dots(kind: "sender" | "follower", column: number): PictureNode {
  const label = { kind: "sign", sign: "dots" } as const;
  return { id: `more ${kind}`, column, shape: "bare", tone: "plain", label, notes: [] };
}

/** What is seen, as formulas that can be read aloud. */
function sentences(
  { inside, followers: after, errors }: Parts,
  { quantities, gradient }: GeneralUnit,
  scene: Scene,
): readonly (readonly Inline[])[] {
  const words = wordsOf(scene);
  const of = symbolsIn(scene);
  const { source, weight, sum, activation, delta, nextDelta } = quantities;
  const stated = (left: Expr, right: Expr) =>
    fill(words.stated, { left: [formula(left)], right: [formula(right)] });
  const sends = fill(words.sends, {
    source: [formula(of(source))],
    unit: [formula(of(activation))],
    weight: [formula(of(weight))],
  });
  const comesBack = fill(words.comesBack, {
    unit: [formula(of(activation))],
    error: [formula(of(nextDelta))],
  });
  return [
    sends,
    ...(inside ? [sum, activation].map((quantity) => stated(of(quantity), quantity.define!)) : []),
    ...(after ? [comesBack] : []),
    ...(after && errors ? [stated(of(delta), delta.define!)] : []),
    ...(after ? [] : errors ? [stated(gradient.meaning, gradient.define)] : []),
  ];
}
