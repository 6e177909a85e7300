// The sign between two factors.
import type { FactorSign, Layout } from "./layout.ts";
import type { Scope } from "./scope.ts";

/** Numbers always take a dot between them; fractions of derivatives stand side by side in every dialect. */
export function signBetween(left: Layout, right: Layout, scope: Scope): FactorSign {
  if (scope.values || startsWithDigit(right)) return "dot";
  if (left.kind === "number" && right.kind === "fraction" && startsWithDigit(right.top)) return "dot";
  if (left.kind === "number" || isNumberFraction(left) || right.kind === "summation") return "none";
  if (left.kind === "fraction" && right.kind === "fraction") return "none";
  return scope.dialect.notation.productSign;
}

function isNumberFraction(layout: Layout): boolean {
  return layout.kind === "fraction" && layout.top.kind === "number" && layout.bottom.kind === "number";
}

function startsWithDigit(layout: Layout): boolean {
  switch (layout.kind) {
    case "number":
      return true;
    case "index":
      return /^[0-9]/.test(layout.text);
    case "power":
      return startsWithDigit(layout.base);
    case "product":
      return startsWithDigit(layout.factors[0]!);
    case "fraction":
      return isNumberFraction(layout);
    default:
      return false;
  }
}
