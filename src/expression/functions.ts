// The catalogue's functions under the names that formulas use: hyphens are written as underscores or left out.
import { primitives } from "../primitives/index.ts";
import type { Operation, Primitive } from "../primitives/primitive.ts";
import type { Catalogue } from "./convert.ts";
import { parseRational } from "./rational.ts";

const byFormulaName = new Map<string, Primitive>(
  primitives
    .filter((row) => row.kind === "scalar")
    .flatMap((row) => formulaNames(row.name).map((name) => [name, row] as const)),
);

function formulaNames(name: string): string[] {
  return [
    ...new Set([name.replaceAll("-", "_"), name.replaceAll("-", "")]),
    ...(name === "sigmoid" ? ["sigma"] : []),
  ];
}

export const catalogue: Catalogue = {
  find: (name) => byFormulaName.get(name),
  names: () => byFormulaName.keys(),
  constantsFor: (op, given) => {
    const constants = (op as Partial<Primitive>).constants ?? [];
    const missing = (arityOf(op) ?? given) - given;
    return missing > 0 && missing <= constants.length
      ? constants.slice(constants.length - missing).map((constant) => parseRational(constant.value)!)
      : [];
  },
  arity: (op) => arityOf(op),
};

/** The number of arguments is the number of partial derivatives that the row gives. */
function arityOf(op: Operation): number | undefined {
  return op.kind === "abstract" ? undefined : (op.partials?.length ?? 1);
}
