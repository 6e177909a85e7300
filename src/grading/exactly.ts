// Equality of rational expressions by whole numbers alone: residues modulo a prime, every other part taken as it is.
import { childrenOf } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import { isWhole } from "../expression/rational.ts";
import { Residues } from "../numeric/modular.ts";
import type { Wiring } from "./wiring.ts";

/** Residues of the expressions of one network, and whether they are rational, each worked out once. */
export class Fractions {
  readonly #wiring: Wiring;
  readonly #residues: Residues;
  readonly #rational = new Map<Expr, boolean>();

  constructor(wiring: Wiring) {
    this.#wiring = wiring;
    this.#residues = new Residues(
      (symbol) => (this.isRational(symbol) ? wiring.definition(symbol) : undefined),
      () => undefined,
    );
  }

  /**
   * Whether two expressions are one as fractions of polynomials in their symbols and functions (Schwartz 1980): `true`
   * whatever the symbols stand for; `false` only of rational ones, which are then not equal; nothing where that
   * decides nothing.
   */
  areEqual(left: Expr, right: Expr): boolean | undefined {
    const [one, other] = [this.#residues.of(left), this.#residues.of(right)];
    if (one === undefined || other === undefined) return undefined;
    if (one === other) return true;
    return this.isRational(left) && this.isRational(right) ? false : undefined;
  }

  /** Whether two expressions are rational and not equal, however close they are at drawn numbers. */
  differ(left: Expr, right: Expr): boolean {
    return this.isRational(left) && this.isRational(right) && this.areEqual(left, right) === false;
  }

  /** Sums, products and whole powers of numbers and free symbols, also where these stand behind definitions. */
  isRational(expr: Expr): boolean {
    // From the inputs on, so that no chain of definitions is deeper than the stack.
    if (this.#rational.size === 0) for (const entry of this.#wiring.entries) this.#decide(entry);
    return this.#decide(expr);
  }

  #decide(expr: Expr): boolean {
    const known = this.#rational.get(expr);
    if (known !== undefined) return known;
    // A claimed definition may lead back to itself.
    this.#rational.set(expr, false);
    const found = this.#isRational(expr);
    this.#rational.set(expr, found);
    return found;
  }

  #isRational(expr: Expr): boolean {
    if (expr.kind === "number") return true;
    if (expr.kind === "symbol") {
      const definition = this.#wiring.definition(expr);
      return definition ? this.#decide(definition) : !expr.quantity.sumsToOne;
    }
    if (expr.kind !== "apply") return false;
    const parts = childrenOf(expr);
    if (expr.op.kind === "power") {
      const exponent = parts[1]!;
      return exponent.kind === "number" && isWhole(exponent.value) && this.#decide(parts[0]!);
    }
    return (
      (expr.op.kind === "sum" || expr.op.kind === "product") && parts.every((part) => this.#decide(part))
    );
  }
}
