// From any of the three kinds of description to the network.
import { Graph } from "../expression/graph.ts";
import type { NetworkDescription } from "./description.ts";
import { compileEquations } from "./equations.ts";
import { compileLayers } from "./layers.ts";
import type { Network } from "./network.ts";
import { compileUnits } from "./units.ts";

/**
 * The compiled network. `nodes` bounds the expression graph that it and its derivatives live in.
 * Throws Failure with pointers relative to the description.
 */
export function compile(description: NetworkDescription, nodes?: number): Network {
  const graph = new Graph(nodes);
  switch (description.kind) {
    case "layers":
      return compileLayers(description, graph);
    case "units":
      return compileUnits(description, graph);
    case "equations":
      return compileEquations(description, graph);
  }
}
