// What a student has claimed wrongly so far: results that later lines may build on.
import type { Expr, SymbolExpr } from "../expression/expr.ts";
import type { Claim } from "./claim.ts";
import type { Own } from "./subject.ts";

export interface OwnResults extends Own {
  /** The entries among them whose claim takes the difficulty away. */
  readonly trivial: ReadonlySet<Expr>;
}

export const nothingOwn: OwnResults = {
  definitions: new Map(),
  adjoints: new Map(),
  before: new Map(),
  trivial: new Set(),
};

export function isNothingOwn({ definitions, adjoints }: OwnResults): boolean {
  return definitions.size === 0 && adjoints.size === 0;
}

/** With one more claim, which keeps the meaning that it has now. */
export function withClaim(
  own: OwnResults,
  { kind, of }: Claim & { kind: "adjoint" | "value" },
  formula: Expr,
  trivial: boolean,
): OwnResults {
  const others = withoutHead(own, of);
  const marks = trivial ? new Set([...others.trivial, of]) : others.trivial;
  if (kind === "value")
    return { ...others, definitions: new Map([...others.definitions, [of, formula]]), trivial: marks };
  return {
    ...others,
    adjoints: new Map([...others.adjoints, [of, formula]]),
    before: new Map([...(others.before ?? []), [formula, others]]),
    trivial: marks,
  };
}

/** Itself where nothing is claimed about the head. */
export function withoutHead(own: OwnResults, head: SymbolExpr): OwnResults {
  return own.adjoints.has(head) || own.definitions.has(head) ? without(own, new Set([head])) : own;
}

/** Itself where nothing is trivial. */
export function withoutTrivial(own: OwnResults): OwnResults {
  return own.trivial.size === 0 ? own : without(own, own.trivial);
}

function without(own: OwnResults, heads: ReadonlySet<Expr>): OwnResults {
  const kept = (map: ReadonlyMap<SymbolExpr, Expr>) => new Map([...map].filter(([of]) => !heads.has(of)));
  return {
    ...own,
    definitions: kept(own.definitions),
    adjoints: kept(own.adjoints),
    trivial: new Set([...own.trivial].filter((of) => !heads.has(of))),
  };
}
