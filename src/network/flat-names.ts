// Parameters of layers numbered through, as `naming` asks for: w_1, w_2, … from source to source or target to target.
import type { LayersDescription } from "./description.ts";
import type { Names } from "./names.ts";

/** The flat names w_1, w_2, … and b_1, b_2, … of a description with `naming`. */
export class FlatNames {
  readonly #description: LayersDescription;

  constructor(description: LayersDescription) {
    this.#description = description;
  }

  weights(position: number): { entryNames?: readonly string[] } {
    const { naming } = this.#description;
    if (naming === undefined) return {};
    const first = this.#countBefore(position, (to, from) => to * from);
    const [to, from] = [this.#widthAt(position + 1), this.#widthAt(position)];
    const offset = (row: number, column: number): number =>
      naming === "by-target" ? row * from + column : column * to + row;
    return {
      entryNames: Array.from(
        { length: to * from },
        (_, place) => `w_${first + offset(Math.floor(place / from), place % from) + 1}`,
      ),
    };
  }

  biases(position: number): { entryNames?: readonly string[] } {
    const { naming, layers } = this.#description;
    if (naming === undefined) return {};
    const countOf = (layer: LayersDescription["layers"][number]): number =>
      layer.bias === "none" ? 0 : layer.bias === "shared" ? 1 : layer.units;
    const first = layers.slice(0, position).reduce((total, layer) => total + countOf(layer), 0);
    return {
      entryNames: Array.from({ length: countOf(layers[position]!) }, (_, place) => `b_${first + place + 1}`),
    };
  }

  /** Every id of a parameter that an input could be called as well. */
  take(names: Names): void {
    for (const [position, layer] of this.#description.layers.entries()) {
      const pointer = `/layers/${position}`;
      for (const name of this.weights(position).entryNames ?? [])
        names.take(name, `the weight ${name}`, pointer);
      const shared = layer.bias === "shared" ? [`b${position + 1}`] : [];
      for (const name of this.biases(position).entryNames ?? shared)
        names.take(name, `the bias ${name}`, pointer);
    }
  }

  #widthAt(layer: number): number {
    const { inputs, layers } = this.#description;
    if (layer === 0) return typeof inputs === "number" ? inputs : inputs.length;
    return layers[layer - 1]!.units;
  }

  #countBefore(position: number, count: (to: number, from: number) => number): number {
    let total = 0;
    for (let layer = 0; layer < position; layer += 1)
      total += count(this.#widthAt(layer + 1), this.#widthAt(layer));
    return total;
  }
}
