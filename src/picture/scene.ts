// What every view is drawn from, and the small parts that views share.
import type { Inline, Side, SymbolValues } from "../derivation/document.ts";
import type { Language } from "../derivation/wording/wordings.ts";
import type { ScalarEdge, ScalarGraph, ScalarNode } from "../derivative/scalar.ts";
import { type Expr, entryId, type SymbolExpr } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";
import type { GeneralName } from "./general.ts";
import type { Label, Note, Tone } from "./picture.ts";
import { type PictureWording, pictureWordings } from "./wording.ts";

/** The numbers of the first sample; each absent where it is beyond a double. */
export interface Numbers {
  /** Of quantities and δ's. */
  readonly symbol: SymbolValues;
  readonly factor: (edge: ScalarEdge) => number | undefined;
  readonly adjoint: (node: ScalarNode) => number | undefined;
}

export interface Scene {
  readonly network: Network;
  /** Every entry of every quantity that depends on a parameter; built when a view asks for it. */
  readonly scalar: () => ScalarGraph;
  readonly language: Language;
  /** The parameter that the picture is about; absent: the whole network. */
  readonly parameter?: string;
  /** Which of its paths stands out, from 1; absent: the only one. */
  readonly path?: number;
  /** Which diagram of a unit in general is asked for, instead of the network's own units. */
  readonly general?: GeneralName;
  /** The stored δ of a pre-activation or intermediate. */
  readonly delta: (symbol: SymbolExpr) => SymbolExpr | undefined;
  /** What a δ is computed from, or the gradient of a parameter in δ's. */
  readonly definition: (symbol: SymbolExpr) => Expr;
  /** Absent where no numbers are asked for, or there are none. */
  readonly numbers?: Numbers;
}

export const wordsOf = ({ language }: Scene): PictureWording => pictureWordings[language];

export const formulaLabel = (expr: Expr): Label => labelOf([{ kind: "expr", expr }]);

const valueLabel = (value: number): Label => labelOf([{ kind: "value", value }]);

/** `δ = 0.138`, or the formula alone where it has no number. */
export function equationLabel(expr: Expr, value: number | undefined): Label {
  const left: Side = { kind: "expr", expr };
  return labelOf(value === undefined ? [left] : [left, { kind: "value", value }]);
}

/** Equal expressions, and the number of them all. */
export function chainLabel(exprs: readonly Expr[], value: number | undefined): Label {
  const sides = exprs.map((expr): Side => ({ kind: "expr", expr }));
  return labelOf(value === undefined ? sides : [...sides, { kind: "value", value }]);
}

/** `w`, or `w = 0.15` where numbers are shown. */
export function valuedLabel(expr: Expr, { numbers }: Scene): Label {
  return equationLabel(expr, expr.kind === "symbol" ? numbers?.symbol(expr) : undefined);
}

function labelOf(sides: readonly Side[]): Label {
  return { kind: "formula", sides, signs: sides.slice(1).map(() => "=") };
}

/** The number of a symbol as a note below its node. */
export function valueNotes(symbol: SymbolExpr, { numbers }: Scene, tone: Tone = "plain"): readonly Note[] {
  const value = numbers?.symbol(symbol);
  return value === undefined ? [] : [{ label: valueLabel(value), tone }];
}

export const idOf = ({ quantity, indices }: SymbolExpr): string =>
  entryId(quantity, indices as readonly number[]);

export const text = (words: string): Inline => ({ kind: "text", text: words });
export const formula = (expr: Expr): Inline => ({ kind: "formula", expr });

/** Sentences with spaces between them. */
export function paragraphOf(sentences: readonly (readonly Inline[])[]): readonly Inline[] {
  return sentences.flatMap((sentence, position) => (position === 0 ? sentence : [text(" "), ...sentence]));
}

/** Items with commas between them and a word before the last. */
export function listed(items: readonly (readonly Inline[])[], and: string): readonly Inline[] {
  return items.flatMap((item, position) => {
    if (position === 0) return item;
    return [text(position === items.length - 1 ? ` ${and} ` : ", "), ...item];
  });
}
