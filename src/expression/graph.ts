// The hash-consed expression graph of one request: equal structure is the same object, nothing is ever changed.
import { Failure } from "../failure.ts";
import type { Operation } from "../primitives/primitive.ts";
import type {
  ApplyExpr,
  ComponentExpr,
  DerivativeExpr,
  Expr,
  Index,
  NumberExpr,
  Quantity,
  Range,
  SameExpr,
  SizeExpr,
  SumExpr,
  SymbolExpr,
} from "./expr.ts";
import { type Rational, rational } from "./rational.ts";

/** A node before it has its place in the graph. */
type Draft<Node extends Expr> = Omit<Node, "id" | "height" | "concrete">;

/** What is put in for index letters. */
type Letters = ReadonlyMap<string, Index>;

export class Graph {
  readonly #nodes = new Map<string, Expr>();
  readonly #wholes = new Map<number, NumberExpr>();
  readonly #numbering = new Map<object, number>();
  readonly #allowed: number;
  #letters = 0;

  /** `allowed` bounds the nodes after sharing; beyond it building throws `limit-exceeded`. */
  constructor(allowed = Number.POSITIVE_INFINITY) {
    this.#allowed = allowed;
  }

  /** Nodes after sharing. */
  get size(): number {
    return this.#nodes.size;
  }

  /** A letter that no expression of this graph uses yet. */
  freshLetter(): string {
    this.#letters += 1;
    return `@${this.#letters}`;
  }

  /**
   * Whole numbers, of which 0, 1 and -1 are asked for at every step, are found without spelling a key. `decimals`
   * keeps how many digits were written behind the point: 0.50 is another node than 1/2.
   */
  number(value: Rational | number, decimals?: number): NumberExpr {
    if (decimals !== undefined)
      return this.#decimal(typeof value === "number" ? rational(value) : value, decimals);
    if (typeof value !== "number") return this.#fraction(value);
    let whole = this.#wholes.get(value);
    if (!whole) {
      whole = this.#fraction(rational(value));
      this.#wholes.set(value, whole);
    }
    return whole;
  }

  #fraction(value: Rational): NumberExpr {
    return this.#intern<NumberExpr>(
      `n${value.numerator}/${value.denominator}`,
      { kind: "number", value },
      [],
    );
  }

  #decimal(value: Rational, decimals: number): NumberExpr {
    const key = `n${value.numerator}/${value.denominator}:${decimals}`;
    return this.#intern<NumberExpr>(key, { kind: "number", value, decimals }, []);
  }

  symbol(quantity: Quantity, indices: readonly Index[] = []): SymbolExpr {
    const key = `v${this.#numberOf(quantity)}[${indices.join()}]`;
    return this.#intern<SymbolExpr>(key, { kind: "symbol", quantity, indices }, [], indices.some(isLetter));
  }

  /** `slot` (from 0) asks for the partial derivative of `op` in that argument, kept named. */
  apply(op: Operation, args: readonly Expr[], slot?: number): ApplyExpr {
    const key = `a${this.#numberOf(op)}(${ids(args)})${slot ?? ""}`;
    const draft =
      slot === undefined ? { kind: "apply" as const, op, args } : { kind: "apply" as const, op, args, slot };
    return this.#intern<ApplyExpr>(key, draft, args);
  }

  /** Entry `at` of the vector function `op` of the listed arguments. */
  component(op: Operation, args: readonly Expr[], at: Index): ComponentExpr {
    return this.#intern<ComponentExpr>(
      `c${this.#numberOf(op)}(${ids(args)})${at}`,
      { kind: "component", op, args, at },
      args,
      isLetter(at),
    );
  }

  /** Entry `at` of `op` of the vector whose entries are `body` for every `letter` of `over`. */
  componentOver(op: Operation, over: Range, letter: string, body: Expr, at: Index): ComponentExpr {
    const { index, closed } = this.#close(letter, body);
    const key = `C${this.#numberOf(op)}:${this.#numberOf(over)}(${closed.id})${at}`;
    return this.#intern<ComponentExpr>(
      key,
      { kind: "component", op, args: [closed], over, index, at },
      [closed],
      true,
      1,
    );
  }

  /** Σ over `over` of `body`, in which the free `letter` becomes the bound index. */
  sum(over: Range, letter: string, body: Expr): SumExpr {
    const { index, closed } = this.#close(letter, body);
    return this.#intern<SumExpr>(
      `s${this.#numberOf(over)}(${closed.id})`,
      { kind: "sum", over, index, body: closed },
      [closed],
      true,
      1,
    );
  }

  /** 1 where both indices agree, 0 where they are two numbers; else the Kronecker symbol. */
  same(a: Index, b: Index): SameExpr | NumberExpr {
    if (a === b) return this.number(1);
    return typeof a === "number" && typeof b === "number" ? this.number(0) : this.#kronecker(a, b);
  }

  /** The symbol itself, also where its value is known: renaming keeps every structure. */
  #kronecker(a: Index, b: Index): SameExpr {
    const [first, second] = String(a) <= String(b) ? [a, b] : [b, a];
    return this.#intern<SameExpr>(`k${first},${second}`, { kind: "same", a: first, b: second }, [], true);
  }

  sizeOf(range: Range): SizeExpr {
    return this.#intern<SizeExpr>(`z${this.#numberOf(range)}`, { kind: "size", range }, []);
  }

  derivative(of: Expr, by: SymbolExpr): DerivativeExpr {
    return this.#intern<DerivativeExpr>(`d${of.id},${by.id}`, { kind: "derivative", of, by }, [of, by]);
  }

  /** Binders are numbered by the height of their body, so that Σ_k … and Σ_m … are one object and none captures. */
  #close(letter: string, body: Expr): { index: string; closed: Expr } {
    const index = `#${body.height + 1}`;
    return { index, closed: this.rename(body, new Map([[letter, index]])) };
  }

  /** The same expression with index letters replaced; structure is kept exactly. */
  rename(expr: Expr, letters: Letters): Expr {
    return expr.concrete ? expr : this.#renamed(expr, letters, new Map());
  }

  #renamed(node: Expr, letters: Letters, seen: Map<Expr, Expr>): Expr {
    if (node.concrete) return node;
    if (node.kind === "symbol") return this.#renameSymbol(node, letters);
    let renamed = seen.get(node);
    if (!renamed) {
      renamed = this.#renameNode(node, letters, seen);
      seen.set(node, renamed);
    }
    return renamed;
  }

  #renameNode(node: Expr, letters: Letters, seen: Map<Expr, Expr>): Expr {
    switch (node.kind) {
      case "number":
      case "size":
        return node;
      case "symbol":
        return this.#renameSymbol(node, letters);
      case "same":
        return this.#kronecker(indexIn(letters, node.a), indexIn(letters, node.b));
      case "derivative":
        return this.derivative(this.#renamed(node.of, letters, seen), this.#renameSymbol(node.by, letters));
      case "apply":
        return this.apply(node.op, this.#renameAll(node.args, letters, seen), node.slot);
      case "component": {
        const args = this.#renameAll(node.args, letters, seen);
        const at = indexIn(letters, node.at);
        return node.over === undefined
          ? this.component(node.op, args, at)
          : this.#rebind({ ...node, args, at });
      }
      case "sum": {
        const body = this.#renamed(node.body, letters, seen);
        return this.#intern<SumExpr>(
          `s${this.#numberOf(node.over)}(${body.id})`,
          { ...node, body },
          [body],
          true,
          1,
        );
      }
    }
  }

  #renameSymbol({ quantity, indices }: SymbolExpr, letters: Letters): SymbolExpr {
    return this.symbol(
      quantity,
      indices.map((written) => indexIn(letters, written)),
    );
  }

  #renameAll(nodes: readonly Expr[], letters: Letters, seen: Map<Expr, Expr>): readonly Expr[] {
    return nodes.map((node) => this.#renamed(node, letters, seen));
  }

  #rebind(node: Draft<ComponentExpr>): ComponentExpr {
    const key = `C${this.#numberOf(node.op)}:${this.#numberOf(node.over!)}(${node.args[0]!.id})${node.at}`;
    return this.#intern<ComponentExpr>(key, node, node.args, true, 1);
  }

  /** `indexed`: the node itself has an index letter, or is a Σ or a Kronecker symbol; `binds`: how many letters it binds. */
  #intern<Node extends Expr>(
    key: string,
    draft: Draft<Node>,
    parts: readonly Expr[],
    indexed = false,
    binds = 0,
  ): Node {
    const known = this.#nodes.get(key);
    if (known) return known as Node;
    if (this.#nodes.size >= this.#allowed) throw tooManyNodes(this.#allowed);
    let height = 0;
    let concrete = !indexed;
    for (const part of parts) {
      if (part.height > height) height = part.height;
      if (!part.concrete) concrete = false;
    }
    const place = { id: this.#nodes.size, height: height + binds, concrete };
    const node = Object.freeze({ ...draft, ...place }) as unknown as Node;
    this.#nodes.set(key, node);
    return node;
  }

  #numberOf(thing: object): number {
    let number = this.#numbering.get(thing);
    if (number === undefined) {
      number = this.#numbering.size;
      this.#numbering.set(thing, number);
    }
    return number;
  }
}

function isLetter(index: Index): boolean {
  return typeof index === "string";
}

function indexIn(letters: Letters, written: Index): Index {
  return typeof written === "string" ? (letters.get(written) ?? written) : written;
}

function ids(nodes: readonly Expr[]): string {
  let text = "";
  for (const node of nodes) text += `${node.id},`;
  return text;
}

function tooManyNodes(allowed: number): Failure {
  return new Failure(
    "limit-exceeded",
    `The derivation needs more than ${allowed} expression nodes; derive fewer parameters, or a smaller network.`,
    { limit: "expression-nodes", allowed, measured: allowed + 1 },
  );
}
