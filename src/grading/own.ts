// What a student has claimed wrongly so far: results that later lines may build on.
import type { Expr } from "../expression/expr.ts";
import type { Claim } from "./claim.ts";
import type { Own } from "./subject.ts";

export interface OwnResults extends Required<Own> {
  /** What was claimed in a way that takes the difficulty away. */
  readonly trivial: ReadonlySet<Expr>;
}

export const nothingOwn: OwnResults = {
  definitions: new Map(),
  adjoints: new Map(),
  locals: new Map(),
  before: new Map(),
  trivial: new Set(),
};

export function isNothingOwn({ definitions, adjoints, locals }: OwnResults): boolean {
  return definitions.size + adjoints.size + locals.size === 0;
}

/** With one more claim, which keeps the meaning that it has now. */
export function withClaim(own: OwnResults, claim: Claim, formula: Expr, trivial: boolean): OwnResults {
  const others = withoutClaim(own, claim);
  const known = trivial ? { ...others, trivial: new Set([...others.trivial, claim.of]) } : others;
  switch (claim.kind) {
    case "value":
      return { ...known, definitions: new Map([...known.definitions, [claim.of, formula]]) };
    case "local":
      return { ...known, locals: new Map([...known.locals, [claim.of, formula]]) };
    case "adjoint":
      return {
        ...known,
        adjoints: new Map([...known.adjoints, [claim.of, formula]]),
        before: new Map([...known.before, [formula, others]]),
      };
  }
}

/** Itself where nothing is claimed of that. */
export function withoutClaim(own: OwnResults, { kind, of }: Claim): OwnResults {
  const claimed: ReadonlyMap<Expr, Expr> =
    kind === "value" ? own.definitions : kind === "local" ? own.locals : own.adjoints;
  return claimed.has(of) ? without(own, new Set([of])) : own;
}

/** Itself where nothing is trivial. */
export function withoutTrivial(own: OwnResults): OwnResults {
  return own.trivial.size === 0 ? own : without(own, own.trivial);
}

function without(own: OwnResults, heads: ReadonlySet<Expr>): OwnResults {
  const kept = <Key extends Expr>(map: ReadonlyMap<Key, Expr>) =>
    new Map([...map].filter(([of]) => !heads.has(of)));
  return {
    ...own,
    definitions: kept(own.definitions),
    adjoints: kept(own.adjoints),
    locals: kept(own.locals),
    trivial: new Set([...own.trivial].filter((of) => !heads.has(of))),
  };
}
