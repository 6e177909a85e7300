// Gradient descent: w := w - η dE/dw, one step or several, always from the gradients at the old weights.
import { entries, entryId, entryOffset } from "../expression/expr.ts";
import { Failure } from "../failure.ts";
import type { Network, Values } from "../network/network.ts";
import type { Program } from "./program.ts";
import { accumulate } from "./run.ts";

export interface UpdateRequest {
  readonly learningRate: number;
  /** Default 1. */
  readonly steps?: number;
  /** Ids of the parameters that move; absent: all. */
  readonly only?: readonly string[];
}

export interface UpdateRun {
  readonly parameters: Values;
  /** Loss before the first step and after each; at most `listedSteps` of them, evenly spread. */
  readonly history: readonly { readonly step: number; readonly loss: number }[];
}

/** How many losses of a long run are listed. */
const listedSteps = 200;

export function update(
  network: Network,
  program: Program,
  { learningRate, steps = 1, only }: UpdateRequest,
): UpdateRun {
  const moves = movingEntries(network, only);
  let parameters: Values = new Map(
    network.parameters.map((parameter) => [parameter, network.values!.get(parameter)!.slice()]),
  );
  const losses: { step: number; loss: number }[] = [];
  for (let step = 0; step < steps; step += 1) {
    const { loss, gradients } = accumulate(network, program, parameters);
    losses.push({ step, loss });
    parameters = new Map(
      network.parameters.map((parameter) => {
        const gradient = gradients.get(parameter)!;
        const moving = moves.get(parameter)!;
        const old = parameters.get(parameter)!;
        return [
          parameter,
          old.map((value, entry) => (moving[entry] ? value - learningRate * gradient[entry]! : value)),
        ];
      }),
    );
  }
  losses.push({ step: steps, loss: accumulate(network, program, parameters).loss });
  return { parameters, history: spread(losses) };
}

function movingEntries(
  network: Network,
  only: readonly string[] | undefined,
): ReadonlyMap<unknown, readonly boolean[]> {
  const known = new Set<string>();
  const moves = new Map(
    network.parameters.map((parameter) => {
      const moving: boolean[] = [];
      for (const indices of entries(parameter)) {
        const id = entryId(parameter, indices);
        known.add(id);
        moving[entryOffset(parameter, indices)] = only === undefined || only.includes(id);
      }
      return [parameter, moving] as const;
    }),
  );
  for (const [position, id] of (only ?? []).entries()) {
    if (!known.has(id)) {
      throw new Failure("unknown-name", `"${id}" in "only" is not a parameter of the network.`, {
        pointer: `/update/only/${position}`,
      });
    }
  }
  return moves;
}

/** First, last and evenly spread ones between. */
function spread<Item>(items: readonly Item[]): readonly Item[] {
  if (items.length <= listedSteps) return items;
  return Array.from(
    { length: listedSteps },
    (_, position) => items[Math.round((position * (items.length - 1)) / (listedSteps - 1))]!,
  );
}
