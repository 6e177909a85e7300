// How students of each dialect name things: a table of their own, written from the lecture notes.
import type { NotationKey } from "../../../src/notation/notation.ts";
import type { Index, Role, Variable } from "./formula.ts";
import { depthOf, keyOf, type Model, unitsOf, widthOf } from "./model.ts";

/** A letter or word, what stands below it, and the number of its layer. */
export interface Name {
  readonly base: string;
  readonly hat?: true;
  readonly sub?: string;
  readonly layer?: number;
}

interface Dialect {
  readonly letters: Readonly<Record<Role, string>>;
  /** What the outputs are called instead of activations. */
  readonly output?: { readonly base: string; readonly hat?: true };
  readonly activation: string;
  /** Whether a superscript says the layer, the inputs being layer 1; else units are numbered throughout. */
  readonly marksLayers: boolean;
  readonly weightOrder: "to-from" | "from-to";
  readonly lossSub?: string;
  /** Names of the layers in subscripts: h1, o1. */
  readonly unitLetters?: true;
  /** Letters of free and bound indices: here, before, after. */
  readonly indices: readonly [string, string, string];
}

const letters = { x: "x", z: "z", a: "a", w: "w", b: "b", y: "y", E: "E", Ek: "E", delta: "delta" } as const;

const dialects: Readonly<Record<NotationKey, Dialect>> = {
  bishop: {
    letters: { ...letters, z: "a", a: "z", y: "t", E: "L", Ek: "L" },
    output: { base: "y" },
    activation: "h",
    marksLayers: false,
    weightOrder: "to-from",
    indices: ["j", "i", "k"],
  },
  layered: { letters, activation: "f", marksLayers: true, weightOrder: "to-from", indices: ["j", "i", "k"] },
  "from-to": {
    letters: { ...letters, E: "L", Ek: "L" },
    activation: "f",
    marksLayers: false,
    weightOrder: "from-to",
    indices: ["j", "i", "k"],
  },
  scalar: {
    letters: { ...letters, E: "L", Ek: "L" },
    output: { base: "y", hat: true },
    activation: "sigma",
    marksLayers: false,
    weightOrder: "to-from",
    indices: ["i", "k", "j"],
  },
  nielsen: {
    letters: { ...letters, E: "C", Ek: "C" },
    activation: "sigma",
    marksLayers: true,
    weightOrder: "to-from",
    indices: ["j", "k", "m"],
  },
  "net-out": {
    letters: { ...letters, x: "i", z: "net", a: "out", y: "target" },
    activation: "sigma",
    marksLayers: false,
    weightOrder: "to-from",
    lossSub: "total",
    unitLetters: true,
    indices: ["j", "k", "p"],
  },
};

/** An abstract function keeps the letter that the network gives it. */
export const activationLetter = ({ layers }: Model, key: NotationKey): string =>
  layers[0]!.activation === "abstract" ? "f" : dialects[key].activation;

export const indexLetters = (key: NotationKey): readonly [string, string, string] => dialects[key].indices;
export const marksLayers = (key: NotationKey): boolean => dialects[key].marksLayers;

/** The names of one thing, the usual one first. */
export function namesOf(model: Model, key: NotationKey, { role, at }: Variable): readonly Name[] {
  const own = model.names.get(keyOf(role, at));
  if (own) return [named(own)];
  const dialect = dialects[key];
  const base = dialect.letters[role];
  const isOutput = role === "a" && at[0] === depthOf(model);
  switch (role) {
    case "E":
      return [{ base, ...(dialect.lossSub && { sub: dialect.lossSub }) }];
    case "x":
      return [
        { base, sub: String(at[0]) },
        ...(dialect.marksLayers ? [{ base: dialect.letters.a, sub: String(at[0]), layer: 1 }] : []),
      ];
    case "y":
    case "Ek":
      return [withUnit(model, dialect, { base }, depthOf(model), at[0]!, role === "y")];
    case "w":
      return [weightName(model, dialect, at)];
    case "b":
      return [
        at.length === 1
          ? { base, ...(dialect.marksLayers && { layer: Number(at[0]) + 1 }) }
          : { base, ...placed(model, dialect, Number(at[0]), at[1]!) },
      ];
    case "z":
    case "delta":
      return [{ base, ...placed(model, dialect, Number(at[0]), at[1]!) }];
    case "a": {
      const usual = { base, ...placed(model, dialect, Number(at[0]), at[1]!) };
      if (isOutput && dialect.output)
        return [
          withUnit(model, dialect, dialect.output, depthOf(model), at[1]!, dialect.output.hat ?? false),
        ];
      return [usual];
    }
  }
}

/** "w_3" or "b" as the user gave it. */
function named(text: string): Name {
  const [base, sub] = text.split("_");
  const bare = base!.replace(/hat$/, "");
  return { base: bare, ...(bare !== base && { hat: true as const }), ...(sub && { sub }) };
}

/** Targets and outputs drop an index that can take one value. */
function withUnit(
  model: Model,
  dialect: Dialect,
  name: Name,
  layer: number,
  unit: Index,
  dropsSingle: boolean,
): Name {
  if (dropsSingle && widthOf(model, depthOf(model)) === 1 && !dialect.unitLetters) return name;
  return { ...name, sub: subscript(model, dialect, layer, unit) };
}

function placed(model: Model, dialect: Dialect, layer: number, unit: Index): Omit<Name, "base"> {
  return {
    sub: subscript(model, dialect, layer, unit),
    ...(dialect.marksLayers && { layer: layer + 1 }),
  };
}

function weightName(model: Model, dialect: Dialect, at: readonly Index[]): Name {
  const [layer, to, before, from] = at as readonly [number, Index, number, Index];
  const ends = [subscript(model, dialect, layer, to), subscript(model, dialect, before, from)];
  const ordered = dialect.weightOrder === "to-from" ? ends : ends.reverse();
  return {
    base: dialect.letters.w,
    sub: ordered.join(ends.some((end) => end.length > 1) ? "," : ""),
    ...(dialect.marksLayers && { layer: layer + 1 }),
  };
}

function subscript(model: Model, dialect: Dialect, layer: number, unit: Index): string {
  if (typeof unit === "string") return unit;
  if (dialect.unitLetters) {
    const letter = layer === 0 ? "i" : layer === depthOf(model) ? "o" : "h";
    const before = Array.from({ length: layer }, (_, each) => each).filter((each) => each > 0);
    const offset = letter === "h" ? before.reduce((sum, each) => sum + widthOf(model, each), 0) : 0;
    return `${letter}${unit + offset}`;
  }
  if (dialect.marksLayers) return String(unit);
  const before = Array.from({ length: layer }, (_, each) => unitsOf(model, each).length);
  return String(before.reduce((sum, width) => sum + width, unit));
}
