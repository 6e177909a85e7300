// Misconceptions about f'(z): forgotten, added, cancelled, taken at the wrong place.
import { formulaAt } from "../../derivative/partial.ts";
import type { ScalarEdge, ScalarNode } from "../../derivative/scalar.ts";
import { mul, nodesOf, pow, subtract } from "../../expression/build.ts";
import type { ApplyExpr, Expr, SymbolExpr } from "../../expression/expr.ts";
import { rewrite } from "../../expression/rewrite.ts";
import { rowOf } from "../../table.ts";
import { isOutput, lossOf, slopes, type Task } from "../task.ts";
import type { Misconception, Slip } from "./misconception.ts";
import { misrememberedDerivatives } from "./misremembered.ts";
import { alternatives, eachAndAll, replaced } from "./places.ts";

/** f'(z) is left out. */
function withoutSlope(task: Task, edges: readonly ScalarEdge[]): readonly Slip[] {
  return eachAndAll(edges, (chosen) => replaced(chosen, () => task.graph.number(1)));
}

/** Whether the loss cancels f'(z) at an output: dE/dz = c (a - y). */
function cancels(task: Task, { of, by }: ScalarEdge): boolean {
  const { graph } = task;
  const delta = graph.derivative(lossOf(task), by.symbol);
  return targetsOf(task, of).some((target) => {
    const residual = subtract(graph, of.symbol, target);
    const times = (factor: number): Expr => mul(graph, [graph.number(factor), residual]);
    return [times(1), times(-1), times(2)].some((multiple) => task.alike(delta, multiple));
  });
}

/** What the output is compared with: the target of its unit; in equations, which name none, any given number. */
function targetsOf({ graph, network }: Task, { symbol }: ScalarNode): readonly SymbolExpr[] {
  const { quantity, indices } = symbol;
  const free =
    network.targets.length > 0 ? network.targets : network.quantities.filter(({ define }) => !define);
  return free
    .filter(({ unit, ranges }) => unit === quantity.unit && ranges.length === indices.length)
    .map((target) => graph.symbol(target, indices));
}

/** p (1 - p), the diagonal entry of the softmax Jacobian. */
function diagonal({ graph }: Task, output: SymbolExpr): Expr {
  return mul(graph, [output, subtract(graph, graph.number(1), output)]);
}

/** f'(z) once more than the chain rule has it; behind a softmax its diagonal entry. */
function extraSlopes(task: Task): readonly Slip[] {
  const two = task.graph.number(2);
  const scalar = eachAndAll(slopes(task), (edges) =>
    replaced(edges, ({ factor }) => pow(task.graph, factor, two)),
  );
  if (task.target.kind === "definition") return scalar;
  const { nodes, users } = task.target.cone;
  const joint = nodes.flatMap((node): readonly Slip[] => {
    const edges = users.get(node)!.filter(({ rule }) => rule === "softmax");
    const own = edges.find(({ of }) => of.symbol.indices.join() === node.symbol.indices.join());
    if (!own) return [];
    const factor = diagonal(task, own.of.symbol);
    return [{ ...replaced(edges, (edge) => mul(task.graph, [edge.factor, factor])), factor }];
  });
  return [...scalar, ...joint];
}

/** f' at other arguments: `at` gives them for the edge. */
function slopeAt({ graph }: Task, factor: Expr, at: Expr): Expr {
  return rewrite(graph, factor, (node) =>
    node.kind === "apply" && node.slot !== undefined
      ? graph.apply(node.op, [at, ...node.args.slice(1)], node.slot)
      : undefined,
  );
}

/** The f'(z) of other units are tried up to this many. */
const mostUnits = 48;

function slopesOfOthers(task: Task): readonly Slip[] {
  const others = task.scalar.nodes
    .flatMap(({ uses }) => uses.filter(({ rule }) => rule === "activation"))
    .slice(0, mostUnits);
  const wrong = (edge: ScalarEdge): readonly Expr[] =>
    others
      .filter((other) => other !== edge)
      .flatMap((other) => [other.factor, slopeAt(task, edge.factor, other.by.symbol)]);
  return slopes(task).flatMap((edge) => alternatives([edge], wrong));
}

/** The derivatives of the function in `factor` that are misremembered. */
function misremembered({ graph }: Task, factor: Expr): readonly Expr[] {
  const functions = [...nodesOf(factor)].filter(
    (node): node is ApplyExpr => node.kind === "apply" && node.slot !== undefined,
  );
  return functions.flatMap((slope) =>
    (rowOf(misrememberedDerivatives, slope.op.name) ?? []).map((text) => {
      const wrong = formulaAt(graph, text, slope.args, graph.apply(slope.op, slope.args));
      return rewrite(graph, factor, (node) => (node === slope ? wrong : undefined));
    }),
  );
}

function wrongTables(task: Task): readonly Slip[] {
  return alternatives(slopes(task), ({ factor }) => misremembered(task, factor));
}

export const slopeMisconceptions = [
  {
    id: "M01",
    code: "missing-activation-derivative",
    title: "The derivative of the activation is missing",
    sentence:
      "The error is passed back by the weights alone, δ_j = Σ_k w_kj δ_k, and f′(z_j) is left out; the factor by which the answer is off is 1/f′(z_j).",
    look: {
      en: "The error passes the activation function on its way to {at}: which factor does the chain rule give for that step?",
      de: "Der Fehler geht auf dem Weg zu {at} durch die Aktivierungsfunktion: Welchen Faktor gibt die Kettenregel für diesen Schritt?",
    },
    source:
      "makeyourownneuralnetwork/makeyourownneuralnetwork#88; stackoverflow 53287032; Bot-Academy/NeuralNetworkFromScratch PR 3",
    slips: (task) =>
      withoutSlope(
        task,
        slopes(task).filter((edge) => !isOutput(edge.of) || cancels(task, edge)),
      ),
  },
  {
    id: "M02",
    code: "extra-activation-derivative",
    title: "A derivative of the activation too many",
    sentence:
      "f′(z) is multiplied in although the loss cancels it (cross-entropy behind a sigmoid or softmax: δ = ŷ − y), or stands twice.",
    look: {
      en: "Work out the derivative of the loss by {at} in full: how often does the derivative of the activation remain?",
      de: "Rechne die Ableitung des Verlusts nach {at} ganz aus: Wie oft bleibt die Ableitung der Aktivierung stehen?",
    },
    source:
      "mnielsen/neural-networks-and-deep-learning#45, PR 77; rasbt/python-machine-learning-book-2nd-edition#54; MichalDanielDobrzanski/DeepLearningPython#17; disputed case parasdahal/tinyml#1",
    slips: extraSlopes,
  },
  {
    id: "M03",
    code: "cancelled-activation-derivative",
    title: "The derivative of the activation cancelled where it does not",
    sentence:
      "δ = ŷ − y is taken over from cross-entropy although this loss leaves f′(z) of the output standing.",
    look: {
      en: "ŷ − y alone is the error of a cross-entropy. Which factor stays at {at} with the loss of this network?",
      de: "ŷ − y allein ist der Fehler einer Kreuzentropie. Welcher Faktor bleibt bei {at} mit dem Verlust dieses Netzes stehen?",
    },
    source: "hunkim/DeepLearningZeroToAll PR 113, #25",
    slips: (task) =>
      withoutSlope(
        task,
        slopes(task).filter((edge) => isOutput(edge.of) && !cancels(task, edge)),
      ),
  },
  {
    id: "M04",
    code: "derivative-at-activation",
    title: "The derivative is taken at the activation",
    sentence: "f′(a_j) for f′(z_j): the function is applied twice.",
    look: {
      en: "What does the activation function take as its argument at {at}? Its derivative is taken at the same point.",
      de: "Was ist bei {at} das Argument der Aktivierungsfunktion? An derselben Stelle wird ihre Ableitung genommen.",
    },
    source: "dwhitena/gophernet#6; llSourcell/recurrent_neural_net_demo#2; math.SE 4158072",
    slips: (task) =>
      eachAndAll(slopes(task), (edges) =>
        replaced(edges, ({ of, factor }) => slopeAt(task, factor, of.symbol)),
      ),
  },
  {
    id: "M05",
    code: "derivative-at-wrong-unit",
    title: "The derivative of another unit's activation",
    sentence:
      "f′(z_k) for f′(z_j): the derivative belongs to another unit or layer, or is that of another function.",
    look: {
      en: "Which unit does the factor for the step through {at} belong to? Compare its index and its layer.",
      de: "Zu welcher Einheit gehört der Faktor für den Schritt durch {at}? Vergleiche Index und Schicht.",
    },
    source: "dennybritz/nn-from-scratch PR 3 (tanh of z2 for z1); unda-ml/unda#1",
    slips: slopesOfOthers,
  },
  {
    id: "M31",
    code: "wrong-derivative-of-function",
    title: "A wrong derivative of the function",
    sentence: "The table is misremembered: σ′ = σ(1 + σ), tanh′ = 1 − tanh, ReLU′ = z, exp′ = x.",
    look: {
      en: "Differentiate the activation function at {at} once more, step by step.",
      de: "Leite die Aktivierungsfunktion bei {at} noch einmal Schritt für Schritt ab.",
    },
    source: "karpathy/nn-zero-to-hero#52 (exp); omar-florez/scratch_mlp#2 (sign)",
    slips: wrongTables,
  },
] as const satisfies readonly Misconception[];
