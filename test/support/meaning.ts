// What a layout says, whatever brackets and product signs it is written with: equal texts, equal formulas.
import { latexOf } from "../../src/writers/print/latex.ts";
import type { Layout, Term } from "../../src/writers/print/layout.ts";

export function meaning(layout: Layout): string {
  switch (layout.kind) {
    case "name":
    case "blank":
    case "index":
    case "number":
    case "function":
      return latexOf(layout);
    case "slash":
      return said("fraction", layout.top, layout.bottom);
    case "sum": {
      const terms = withoutInnerSum(layout.terms);
      const [only] = terms;
      if (terms.length === 1 && !only!.minus) return meaning(only!.body);
      return said("sum", ...terms.map(({ minus, body }) => (minus ? "-" : "+") + meaning(body)));
    }
    case "product": {
      if (layout.factors.length === 1) return meaning(layout.factors[0]!);
      const [first, ...others] = layout.factors.map(meaning);
      const signs = layout.signs.map((sign) => (sign === "odot" ? "o" : "*"));
      return said("product", first!, ...others.map((factor, position) => signs[position] + factor));
    }
    case "chain":
      return said("chain", ...layout.sides.map(meaning), ...layout.signs);
    case "fraction":
      return said("fraction", meaning(layout.top), meaning(layout.bottom));
    case "fenced":
      return layout.fence === "bars" ? said("absolute", meaning(layout.body)) : meaning(layout.body);
    case "power":
      return said("power", meaning(layout.base), meaning(layout.exponent));
    case "exponential":
      return said("exponential", meaning(layout.exponent));
    case "root":
      return said("root", meaning(layout.body));
    case "primed":
      return said("prime", meaning(layout.head));
    case "subscripted":
      return said("entry", meaning(layout.head), meaning(layout.sub));
    case "call": {
      const before = layout.before === undefined ? [] : [layout.before.replace(/\D/g, "")];
      return said("call", meaning(layout.head), ...before, ...layout.args.map(meaning));
    }
    case "summation":
      return said("sum over", layout.under, layout.from ?? "", layout.to ?? "", meaning(layout.body));
    case "transposed":
      return said("transpose", meaning(layout.of));
    case "array":
      return said("matrix", ...layout.rows.map((row) => said("row", ...row.map(meaning))));
    case "differential":
      return said(layout.sign, meaning(layout.of));
    case "same":
      return said("same", layout.left, layout.right);
    case "cases":
      return said(
        "cases",
        ...layout.cases.flatMap(({ value, when }) => [meaning(value), meaning(when.of), when.relation]),
      );
  }
}

/** A number that is put in brings its own minus along: −0.4 + 0 is a sum whose first term is a sum. */
function withoutInnerSum(terms: readonly Term[]): readonly Term[] {
  const [first, ...others] = terms;
  return first && !first.minus && first.body.kind === "sum" ? [...first.body.terms, ...others] : terms;
}

function said(what: string, ...parts: readonly string[]): string {
  return `(${[what, ...parts].join(" ; ")})`;
}
