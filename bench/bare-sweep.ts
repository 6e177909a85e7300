// The least that a symbolic reverse sweep needs: nodes of sums, products and functions, each interned by a text key,
// and one adjoint for each. No names, no rules, no identities.

interface Node {
  readonly id: number;
  readonly op: string;
  readonly args: readonly Node[];
}

class BareGraph {
  readonly #nodes = new Map<string, Node>();

  node(op: string, args: readonly Node[] = []): Node {
    const key = `${op}(${args.map(({ id }) => id).join()})`;
    let known = this.#nodes.get(key);
    if (!known) {
      known = { id: this.#nodes.size, op, args };
      this.#nodes.set(key, known);
    }
    return known;
  }

  get nodes(): readonly Node[] {
    return [...this.#nodes.values()];
  }
}

export interface BareNet {
  readonly graph: BareGraph;
  readonly loss: Node;
}

/** `depth` layers of `width` sigmoid units, half the squared error. */
export function bareNet({ width, depth }: { readonly width: number; readonly depth: number }): BareNet {
  const graph = new BareGraph();
  const range = Array.from({ length: width }, (_, unit) => unit);
  let below = range.map((unit) => graph.node(`x${unit}`));
  for (let layer = 1; layer <= depth; layer += 1) {
    const sources = below;
    below = range.map((to) => {
      const products = sources.map((source, from) =>
        graph.node("*", [graph.node(`w${layer},${to},${from}`), source]),
      );
      return graph.node("sigmoid", [graph.node("+", [...products, graph.node(`b${layer},${to}`)])]);
    });
  }
  const errors = below.map((output, unit) =>
    graph.node("half-square", [graph.node("-", [output, graph.node(`y${unit}`)])]),
  );
  return { graph, loss: graph.node("+", errors) };
}

/** The adjoint of every node: adjoint(n) = Σ over users u: adjoint(u) · du/dn. */
export function sweep({ graph, loss }: BareNet): ReadonlyMap<Node, Node> {
  const terms = new Map<Node, Node[]>([[loss, [graph.node("1")]]]);
  const adjoints = new Map<Node, Node>();
  for (const node of graph.nodes.toReversed()) {
    const own = terms.get(node);
    if (!own) continue;
    const adjoint = own.length === 1 ? own[0]! : graph.node("+", own);
    adjoints.set(node, adjoint);
    for (const [slot, arg] of node.args.entries()) {
      const term = times(graph, adjoint, partial(graph, node, slot));
      const known = terms.get(arg);
      if (known) known.push(term);
      else terms.set(arg, [term]);
    }
  }
  return adjoints;
}

function times(graph: BareGraph, adjoint: Node, factor: Node | undefined): Node {
  return factor ? graph.node("*", [adjoint, factor]) : adjoint;
}

/** du/d(argument `slot`); nothing where it is 1. */
function partial(graph: BareGraph, node: Node, slot: number): Node | undefined {
  switch (node.op) {
    case "*":
      return node.args[1 - slot]!;
    case "sigmoid":
      return graph.node("*", [node, graph.node("1-", [node])]);
    case "half-square":
      return node.args[0]!;
    case "-":
      return slot === 0 ? undefined : graph.node("-1");
    default:
      return undefined;
  }
}
