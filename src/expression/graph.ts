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
type Draft<Node extends Expr> = Omit<Node, "id" | "height">;

export class Graph {
  readonly #nodes = new Map<string, Expr>();
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

  number(value: Rational | number): NumberExpr {
    const exact = typeof value === "number" ? rational(value) : value;
    return this.#intern<NumberExpr>(
      `n${exact.numerator}/${exact.denominator}`,
      { kind: "number", value: exact },
      [],
    );
  }

  symbol(quantity: Quantity, indices: readonly Index[] = []): SymbolExpr {
    const key = `v${this.#numberOf(quantity)}[${indices.join()}]`;
    return this.#intern<SymbolExpr>(key, { kind: "symbol", quantity, indices }, []);
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
      1,
    );
  }

  same(a: Index, b: Index): SameExpr {
    const [first, second] = String(a) <= String(b) ? [a, b] : [b, a];
    return this.#intern<SameExpr>(`k${first},${second}`, { kind: "same", a: first, b: second }, []);
  }

  sizeOf(range: Range): SizeExpr {
    return this.#intern<SizeExpr>(`z${this.#numberOf(range)}`, { kind: "size", range }, []);
  }

  derivative(of: SymbolExpr, by: SymbolExpr): DerivativeExpr {
    return this.#intern<DerivativeExpr>(`d${of.id},${by.id}`, { kind: "derivative", of, by }, []);
  }

  /** Binders are numbered by the height of their body, so that Σ_k … and Σ_m … are one object and none captures. */
  #close(letter: string, body: Expr): { index: string; closed: Expr } {
    const index = `#${body.height + 1}`;
    return { index, closed: this.rename(body, new Map([[letter, index]])) };
  }

  /** The same expression with index letters replaced; structure is kept exactly. */
  rename(expr: Expr, letters: ReadonlyMap<string, Index>): Expr {
    const seen = new Map<Expr, Expr>();
    const index = (written: Index): Index =>
      typeof written === "string" ? (letters.get(written) ?? written) : written;
    const visit = (node: Expr): Expr => {
      const known = seen.get(node);
      if (known) return known;
      const renamed = this.#renameNode(node, visit, index);
      seen.set(node, renamed);
      return renamed;
    };
    return visit(expr);
  }

  #renameNode(node: Expr, visit: (child: Expr) => Expr, index: (written: Index) => Index): Expr {
    switch (node.kind) {
      case "number":
      case "size":
        return node;
      case "symbol":
        return node.indices.length === 0 ? node : this.symbol(node.quantity, node.indices.map(index));
      case "same":
        return this.same(index(node.a), index(node.b));
      case "derivative":
        return this.derivative(visit(node.of) as SymbolExpr, visit(node.by) as SymbolExpr);
      case "apply":
        return this.apply(node.op, node.args.map(visit), node.slot);
      case "component":
        return node.over === undefined
          ? this.component(node.op, node.args.map(visit), index(node.at))
          : this.#rebind({ ...node, args: [visit(node.args[0]!)], at: index(node.at) });
      case "sum": {
        const body = visit(node.body);
        return this.#intern<SumExpr>(
          `s${this.#numberOf(node.over)}(${body.id})`,
          { ...draftOf(node), body },
          [body],
          1,
        );
      }
    }
  }

  #rebind(node: Draft<ComponentExpr>): ComponentExpr {
    const key = `C${this.#numberOf(node.op)}:${this.#numberOf(node.over!)}(${node.args[0]!.id})${node.at}`;
    return this.#intern<ComponentExpr>(key, draftOf(node), node.args, 1);
  }

  #intern<Node extends Expr>(key: string, draft: Draft<Node>, children: readonly Expr[], binds = 0): Node {
    const known = this.#nodes.get(key);
    if (known) return known as Node;
    if (this.#nodes.size >= this.#allowed) throw tooManyNodes(this.#allowed);
    const height = children.reduce((highest, child) => Math.max(highest, child.height), 0) + binds;
    const node = Object.freeze({ ...draft, id: this.#nodes.size, height }) as unknown as Node;
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

function ids(nodes: readonly Expr[]): string {
  return nodes.map((node) => node.id).join();
}

/** A node's own fields, without its place in the graph. */
function draftOf<Node extends object>(node: Node): Omit<Node, "id" | "height"> {
  const { id: _id, height: _height, ...draft } = node as Node & { id?: number; height?: number };
  return draft;
}

function tooManyNodes(allowed: number): Failure {
  return new Failure(
    "limit-exceeded",
    `The derivation needs more than ${allowed} expression nodes; derive fewer parameters, or a smaller network.`,
    { limit: "expression-nodes", allowed, measured: allowed + 1 },
  );
}
