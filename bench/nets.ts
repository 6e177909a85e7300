// The networks that are measured: fully connected, of any width and depth, in two kinds of description.
import type { LayersDescription, UnitsDescription } from "../src/network/description.ts";

/** `depth` layers of `width` sigmoid units on `width` inputs. */
export interface Shape {
  readonly width: number;
  readonly depth: number;
}

export const edgesOf = ({ width, depth }: Shape): number => width * width * depth;

/** Widths × depths from 1,000 edges, below which the start-up shows, to 20,000. */
export const shapes: readonly Shape[] = [
  { width: 10, depth: 10 },
  { width: 22, depth: 2 },
  { width: 16, depth: 8 },
  { width: 32, depth: 2 },
  { width: 20, depth: 10 },
  { width: 45, depth: 2 },
  { width: 20, depth: 25 },
  { width: 71, depth: 2 },
  { width: 32, depth: 20 },
  { width: 50, depth: 8 },
  { width: 100, depth: 2 },
];

export function asLayers({ width, depth }: Shape): LayersDescription {
  return {
    kind: "layers",
    inputs: width,
    layers: Array.from({ length: depth }, () => ({
      type: "dense",
      units: width,
      activation: "sigmoid",
      bias: "per-unit",
    })),
    loss: "half-squared-error",
    initialise: { scheme: "glorot-uniform", seed: 1 },
    samples: 1,
  };
}

export function asUnits({ width, depth }: Shape): UnitsDescription {
  const names = (layer: number): string[] =>
    Array.from({ length: width }, (_, unit) => `u_${layer}_${unit + 1}`);
  const units = Array.from({ length: depth }, (_, layer) =>
    names(layer + 1).map((name, to) => ({
      name,
      activation: "sigmoid",
      from: names(layer).map((unit, from) => ({ unit, weight: `w_${layer + 1}_${to + 1}_${from + 1}` })),
      bias: `b_${layer + 1}_${to + 1}`,
    })),
  );
  return {
    kind: "units",
    inputs: names(0),
    units: units.flat(),
    outputs: names(depth),
    loss: "half-squared-error",
    initialise: { scheme: "glorot-uniform", seed: 1 },
    samples: 1,
  };
}
