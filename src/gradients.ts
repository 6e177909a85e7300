import { networkOf } from "./asked.ts";
import { whyNoNumbers } from "./derivation/derive.ts";
import { notComparedSentence } from "./derivation/sentences.ts";
import { differentiate } from "./derivative/adjoints.ts";
import { entries, entryId, entryOffset, type Quantity } from "./expression/expr.ts";
import { Failure } from "./failure.ts";
import { networkSize } from "./limits.ts";
import type { Network, Values } from "./network/network.ts";
import { program } from "./numeric/program.ts";
import { accumulate } from "./numeric/run.ts";
import { verifyGradients } from "./numeric/verify.ts";
import type { GradientsRequest } from "./request/schema.ts";

/** Above this many parameters the numbers are checked only when asked. */
const checkedByDefault = 5000;

/** Numbers only, for any size; the answer is a JSON value. Throws Failure when a number is missing. */
export function gradients(request: GradientsRequest): object {
  const network = networkOf(request.network);
  if (!network.values)
    throw new Failure(
      "impossible-request",
      `Gradients need numbers. ${notComparedSentence(whyNoNumbers(network))}`,
      {
        pointer: "/network",
      },
    );
  const run = accumulate(network, program(differentiate(network)));
  const chosen = chosenIds(network, request.parameters);
  const wanted = request.check ?? networkSize(request.network).parameters <= checkedByDefault;
  return {
    loss: run.loss,
    gradients: request.shape === "arrays" ? arrays(run.gradients) : byId(run.gradients, chosen),
    ...(wanted && { check: verifyGradients(network, run) }),
  };
}

function chosenIds(network: Network, ids: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (ids === undefined) return undefined;
  const known = new Set(
    network.parameters.flatMap((parameter) =>
      [...entries(parameter)].map((indices) => entryId(parameter, indices)),
    ),
  );
  const unknown = ids.findIndex((id) => !known.has(id));
  if (unknown >= 0) {
    throw new Failure("unknown-name", `"${ids[unknown]}" is not a parameter of the network.`, {
      pointer: `/parameters/${unknown}`,
    });
  }
  return new Set(ids);
}

function byId(values: Values, chosen: ReadonlySet<string> | undefined): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [quantity, own] of values) {
    for (const indices of entries(quantity)) {
      const id = entryId(quantity, indices);
      if (!chosen || chosen.has(id)) numbers[id] = own[entryOffset(quantity, indices)]!;
    }
  }
  return numbers;
}

/** Each parameter as a number, a list or a list of rows. */
function arrays(values: Values): Record<string, unknown> {
  return Object.fromEntries([...values].map(([quantity, own]) => [quantity.id, nested(quantity, own)]));
}

function nested({ ranges }: Quantity, values: Float64Array): unknown {
  if (ranges.length === 0) return values[0];
  if (ranges.length === 1) return [...values];
  const width = ranges[1]!.size!;
  return Array.from({ length: ranges[0]!.size! }, (_, row) => [
    ...values.subarray(row * width, (row + 1) * width),
  ]);
}
