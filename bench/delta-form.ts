// Goal: the δ form of a fully connected net, and counting its paths, cost as much as the net has edges.
import { differentiate } from "../src/derivative/adjoints.ts";
import { countPaths } from "../src/derivative/paths.ts";
import { scalarGraph } from "../src/derivative/scalar.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import type { Network } from "../src/network/network.ts";
import { exponent, type Line } from "./measure.ts";
import { asLayers, asUnits, edgesOf, type Shape, shapes } from "./nets.ts";
import { deltaForm } from "./scalar-form.ts";

const goal = { atMost: 1.05 };

const descriptions: Readonly<Record<string, (shape: Shape) => NetworkDescription>> = {
  units: asUnits,
  layers: asLayers,
};

const forms: Readonly<Record<string, (network: Network) => unknown>> = {
  "δ form": (network) => deltaForm(differentiate(network)),
  "path counts": (network) => countPaths(scalarGraph(differentiate(network))),
};

/** A graph keeps what was built in it, so each call compiles its own; compiling is timed with it. */
export function deltaFormLines(): readonly Line[] {
  return Object.entries(forms).flatMap(([form, work]) =>
    Object.entries(descriptions).map(([kind, describe]) => {
      const points = shapes.map((shape) => {
        const description = describe(shape);
        return { size: edgesOf(shape), work: () => work(compile(description)) };
      });
      return { name: `exponent of cost against edges: ${form}, ${kind}`, figure: exponent(points), goal };
    }),
  );
}
