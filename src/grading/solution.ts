// What the network gives for a derivative or a quantity: the line that a solution would have there.
import type { EquationLine } from "../derivation/document.ts";
import { type Adjoints, adjoints, differentiate } from "../derivative/adjoints.ts";
import type { Expr, Index, Quantity, SymbolExpr } from "../expression/expr.ts";
import { instantiate } from "../expression/rewrite.ts";
import type { Network } from "../network/network.ts";
import type { Claim } from "./claim.ts";

export class Solutions {
  readonly #network: Network;
  #known: Adjoints | undefined;

  constructor(network: Network) {
    this.#network = network;
  }

  /** ∂E/∂q in δ's, or q's own definition; nothing where neither is stored by name. */
  of(claim: Claim): Expr | undefined {
    if (claim.kind === "local") return undefined;
    const { quantity, indices } = claim.of;
    return claim.kind === "adjoint" ? this.#adjoint(claim.of) : this.#at(quantity, indices, quantity.define);
  }

  /** `head = …` as a line; nothing where `of` has nothing. */
  line(head: Expr, claim: Claim): EquationLine | undefined {
    const formula = this.of(claim);
    return formula && { sides: [head, formula].map((expr) => ({ kind: "expr", expr })), signs: ["="] };
  }

  #adjoint({ quantity, indices }: SymbolExpr): Expr | undefined {
    const { gradients, deltas } = this.#adjoints();
    const gradient = gradients.get(quantity);
    const delta = deltas.find(({ adjointOf }) => adjointOf === quantity);
    return this.#at(quantity, indices, gradient ?? delta?.define);
  }

  #adjoints(): Adjoints {
    this.#known ??= adjoints(differentiate(this.#network));
    return this.#known;
  }

  #at({ formals }: Quantity, indices: readonly Index[], define: Expr | undefined): Expr | undefined {
    const letters = new Map(formals.map((formal, axis) => [formal, indices[axis]!]));
    return define && instantiate(this.#network.graph, define, letters);
  }
}
