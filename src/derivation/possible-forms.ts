// What a network has: rules of whole layers need layers or vectors, lists and pictures of entries need sizes.
import type { Quantity } from "../expression/expr.ts";
import { Failure } from "../failure.ts";
import type { Network } from "../network/network.ts";

/** Throws Failure `impossible-request` for a form that the network does not have. */
export function requireForms(network: Network, forms: ReadonlySet<string>): void {
  if (forms.has("indexed")) requireWholes(network, "indexed");
  if (forms.has("matrix")) requireWholes(network, "matrix");
  if (forms.has("chain") || forms.has("delta")) requireEntries(network);
}

/** Throws Failure `impossible-request` for a network whose entries cannot be drawn, or graded, one by one. */
export function requireSizes({ quantities }: Network, what: string): void {
  for (const { id, ranges, whole, define } of quantities) {
    const open = ranges.find(({ size }) => size === undefined);
    const reason = open
      ? `"${id}" has the symbolic size ${open.limit}`
      : whole && !define
        ? `"${id}" has several outputs without an equation for each`
        : undefined;
    if (reason === undefined) continue;
    throw new Failure(
      "impossible-request",
      `${what} every entry by itself, and ${reason}; write sizes as numbers and an equation for every entry, put together under "vectors".`,
      { pointer: "/network/shapes" },
    );
  }
}

function requireWholes(network: Network, form: "indexed" | "matrix"): void {
  const { kind, grouped, quantities } = network;
  if (kind === "layers" || (kind === "units" && form === "indexed")) return;
  if (kind === "equations" && (grouped || quantities.some(({ ranges }) => ranges.length > 0))) return;
  const advice = {
    units: 'describe it as "layers"',
    equations: 'put quantities together under "vectors", or declare "shapes"',
  }[kind as "units" | "equations"];
  refuse(
    `The ${form} form states the rules of whole layers, and a network of ${kind} has none; ${advice}, or ask for the forms chain and delta.`,
  );
}

function requireEntries({ quantities }: Network): void {
  for (const quantity of quantities) {
    const open = quantity.ranges.find(({ size }) => size === undefined);
    if (open) {
      refuse(
        `"${quantity.id}" has the symbolic size ${open.limit}, and the forms chain and delta list every entry; ask for the forms indexed and matrix, or write the size as a number.`,
      );
    }
    if (quantity.whole && !quantity.define) refuse(severalOutputs(quantity));
  }
}

function severalOutputs({ id, whole }: Quantity): string {
  return `"${id}" is an abstract function "${whole!.op?.name}" with several outputs, and the forms chain and delta need an equation for each; write them out, as in ${id}_1 = ${id}_1(x_1, x_2), and put them together under "vectors", or ask for the forms indexed and matrix.`;
}

function refuse(sentence: string): never {
  throw new Failure("impossible-request", sentence, { pointer: "/forms" });
}
