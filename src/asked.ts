// What a request is about: its network, compiled, and the notation that it is written in.
import { type Allowances, unlimited } from "./limits.ts";
import { compile } from "./network/compile.ts";
import type { NetworkDescription } from "./network/description.ts";
import type { Network } from "./network/network.ts";
import { chosenNotation } from "./notation/custom.ts";
import type { NotationDescription } from "./notation/description.ts";
import { printedDeltas } from "./notation/names.ts";
import type { Notation } from "./notation/notation.ts";
import { deltasOf } from "./reading/symbols.ts";
import { inNetwork } from "./request/read.ts";

/** Throws Failure for a description that makes no network; its pointer counts from the request. */
export function networkOf(
  description: NetworkDescription,
  { graphNodes }: Pick<Allowances, "graphNodes"> = unlimited,
): Network {
  return inNetwork(() => compile(description, graphNodes));
}

/** Throws Failure for a notation in which two symbols of the network would print alike; `pointer` is its place. */
export function notationOf(network: Network, description: NotationDescription, pointer?: string): Notation {
  return chosenNotation(network, printedDeltas(deltasOf(network)), description, pointer);
}
