// The given numbers as code: parameters, constants, samples, and how the samples are put together.
import { entries, entryId, type Quantity } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";
import type { Language } from "./languages.ts";

/** `ids` names each parameter as the service does, where a language has its name for something else. */
export function givenCode(
  network: Network,
  language: Language,
  nameOf: (quantity: Quantity) => string,
): string {
  const { parameters, samples } = network;
  const values = [...network.values!];
  const isParameter = ([quantity]: Given): boolean => parameters.includes(quantity);
  const record = (given: readonly Given[]): string =>
    language.record(
      given.map(([quantity, numbers]) => [nameOf(quantity), arrayCode(quantity, numbers, language)]),
    );
  const each = samples.values.map((sample) => record([...sample]));
  return [
    language.assign("parameters", record(values.filter(isParameter))),
    language.assign("constants", record(values.filter((given) => !isParameter(given)))),
    language.assign("samples", language.list(each)),
    language.assign("weight", samples.reduction === "mean" ? `1 / ${samples.count}` : "1"),
    language.assign(
      "ids",
      language.record(parameters.map((parameter) => [nameOf(parameter), JSON.stringify(parameter.id)])),
    ),
  ].join("\n");
}

/** 1 at the entries of parameters that are among `only`, else 0. */
export function movesCode(
  { parameters }: Network,
  only: readonly string[],
  language: Language,
  nameOf: (quantity: Quantity) => string,
): string {
  const masks = parameters.map((parameter): [string, string] => {
    const moved = [...entries(parameter)].map((indices) =>
      Number(only.includes(entryId(parameter, indices))),
    );
    return [nameOf(parameter), arrayCode(parameter, Float64Array.from(moved), language)];
  });
  return language.assign("moves", language.record(masks));
}

type Given = readonly [quantity: Quantity, numbers: Float64Array];

/** A number, a list, or a list of rows. */
function arrayCode({ ranges }: Quantity, numbers: Float64Array, language: Language): string {
  const list = (part: Iterable<number>): string => `[${[...part].join(", ")}]`;
  if (ranges.length === 0) return language.given(String(numbers[0]));
  if (ranges.length === 1) return language.array(list(numbers));
  const width = ranges[1]!.size!;
  const rows = Array.from({ length: ranges[0]!.size! }, (_, row) =>
    list(numbers.subarray(row * width, (row + 1) * width)),
  );
  return language.array(`[${rows.join(", ")}]`);
}
