// Edits that exchange a quantity for another, and what such an exchange is called.
import { isNumber, nodesOf } from "../../expression/build.ts";
import type { Expr } from "../../expression/expr.ts";
import { rewrite } from "../../expression/rewrite.ts";
import type { Kind, Word } from "../dictionary.ts";
import type { MisconceptionCode } from "../misconceptions/table.ts";
import { sameValues } from "../probe.ts";
import type { Edit, Repair, Search } from "./edit.ts";

export const otherQuantity: Edit = (search, { expr, needs, whole }) => {
  if (expr.kind !== "symbol" && expr.kind !== "derivative") return undefined;
  const right = search.words.find(({ values }) => sameValues(values, needs));
  if (!right) return undefined;
  const has = search.valuesOf(expr);
  const wrong = search.words.find((word) => word.expr === expr || sameValues(word.values, has));
  return {
    code: codeOfExchange(search, wrong, right),
    repaired: whole(right.expr),
    factor: expr,
    ...(right.node && { at: right.node }),
  };
};

/** Another quantity inside a function, where no needed value is known: each is put in. */
export const otherArgument: Edit = (search, { expr, needs, whole }) => {
  if (expr.kind !== "apply" || arithmetic.has(expr.op.kind)) return undefined;
  const leaves = expr.args.flatMap((arg) => [...nodesOf(arg)].filter((node) => node.kind === "symbol"));
  for (const leaf of leaves.slice(0, mostLeaves)) {
    const kind = search.words.find((word) => word.expr === leaf)?.kind;
    for (const word of search.words
      .filter((candidate) => isExchangeable(kind, candidate.kind))
      .slice(0, mostArguments)) {
      const put = rewrite(search.task.graph, expr, (node) => (node === leaf ? word.expr : undefined));
      if (!sameValues(search.valuesOf(put), needs)) continue;
      const code =
        expr.slot !== undefined && kind === "signal" ? "derivative-at-activation" : "wrong-quantity";
      const isOtherUnit = expr.slot !== undefined && kind === "preActivation";
      return {
        code: isOtherUnit ? "derivative-at-wrong-unit" : code,
        repaired: whole(put),
        factor: leaf,
        ...(word.node && { at: word.node }),
      };
    }
  }
  return undefined;
};

const arithmetic: ReadonlySet<string> = new Set(["sum", "product", "power"]);
const mostLeaves = 8;
const mostArguments = 40;

function isExchangeable(kind: Kind | undefined, other: Kind): boolean {
  return kind === other || (kind === "signal" && other === "preActivation") || kind === undefined;
}

/** A whole part that should be one quantity. */
export const otherPart: Edit = (search, { expr, needs, whole, within }) => {
  if (!within || expr.kind === "symbol") return undefined;
  const right = search.words.find(
    ({ kind, values }) => (kind === "constant" || !isNumber(expr)) && sameValues(values, needs),
  );
  return (
    right && {
      code: isNumber(expr) ? "wrong-number" : "wrong-quantity",
      repaired: whole(right.expr),
      factor: expr,
      ...(right.node && { at: right.node }),
    }
  );
};

/** What an exchange of two quantities is called. */
function codeOfExchange({ task }: Search, wrong: Word | undefined, right: Word): Repair["code"] {
  if (!wrong || task.target.kind === "update") return "wrong-quantity";
  const [from, to] = [wrong.kind, right.kind];
  const layers = [layerOf(wrong.expr), layerOf(right.expr)];
  const isOff = layers[0] !== undefined && layers[1] !== undefined && layers[0] !== layers[1];
  if (from === "weight" && to === "weight")
    return isOff ? "layer-off-by-one" : siblingOrTransposed(wrong.expr, right.expr);
  if (from === "signal" && to === "signal") return isOff ? "layer-off-by-one" : "wrong-local-input";
  if (from === "error" && to === "error") return isOff ? "layer-off-by-one" : "confused-delta";
  if ([from, to].every((kind) => kind === "weight" || kind === "signal") && task.target.kind === "derivative")
    return "wrong-local-input";
  return "wrong-quantity";
}

function siblingOrTransposed(wrong: Expr, right: Expr): MisconceptionCode {
  const isTurned =
    wrong.kind === "symbol" &&
    right.kind === "symbol" &&
    wrong.quantity === right.quantity &&
    wrong.indices.length === 2 &&
    wrong.indices.join() === right.indices.toReversed().join();
  return isTurned ? "transposed-weight" : "sibling-weight";
}

function layerOf(expr: Expr): number | undefined {
  if (expr.kind === "derivative") return layerOf(expr.by);
  return expr.kind === "symbol" ? expr.quantity.layer : undefined;
}
