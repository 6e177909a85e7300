// Misconceptions about the sum over paths: a path left out, the last one only, one twice, paths multiplied.
import type { ScalarEdge, ScalarNode } from "../../derivative/scalar.ts";
import { mul } from "../../expression/build.ts";
import type { Cone } from "../cone.ts";
import { branches, isParameter, type Task } from "../task.ts";
import type { Misconception, Slip } from "./misconception.ts";
import { connections } from "./places.ts";

/** Up to so many users every choice of them is tried, beyond only those that leave out or keep a single one. */
const mostChosen = 5;

/** Ways to leave out some, but not all, of a node's users. */
function choices(edges: readonly ScalarEdge[]): readonly (readonly ScalarEdge[])[] {
  if (edges.length > mostChosen)
    return edges.flatMap((edge) => [[edge], edges.filter((other) => other !== edge)]);
  const count = 2 ** edges.length;
  return Array.from({ length: count - 2 }, (_, choice) =>
    edges.filter((_, position) => ((choice + 1) >> position) % 2 === 1),
  );
}

/** The derivative without some users of one node. */
function without(task: Task, node: ScalarNode, dropped: readonly ScalarEdge[]): Slip {
  const { cone } = task.target as { readonly cone: Cone };
  const nothing = task.graph.number(0);
  return {
    at: placeOf(cone, node),
    missing: [...wayTo(cone, node), ...dropped.slice(0, 1).map(({ of }) => of)],
    factors: new Map(inEverySample(task, node, dropped).map((edge) => [edge, nothing])),
  };
}

/** What is left out at a unit is left out in all samples. */
function inEverySample(
  { edges }: Task,
  node: ScalarNode,
  dropped: readonly ScalarEdge[],
): readonly ScalarEdge[] {
  if (!node.symbol.quantity.sampleOf) return dropped;
  return connections(edges)
    .filter((connection) => connection.some((edge) => dropped.includes(edge)))
    .flat();
}

/** Below a fan-out the nearest quantity that courses give a δ: the pre-activation of the unit. */
function placeOf(cone: Cone, node: ScalarNode): ScalarNode {
  const { role } = node.symbol.quantity;
  if (role !== "activation" && role !== "output") return node;
  return node.uses.map(({ by }) => by).find((by) => cone.users.has(by)) ?? node;
}

/** One way from the bottom of the cone to a node, both included. */
function wayTo({ bottom, users }: Cone, node: ScalarNode): readonly ScalarNode[] {
  const ways = new Map<ScalarNode, readonly ScalarNode[]>([[bottom, [bottom]]]);
  for (const [here, way] of ways)
    for (const { of } of users.get(here)!) if (!ways.has(of)) ways.set(of, [...way, of]);
  return ways.get(node) ?? [node];
}

/** An intermediate quantity held fixed: what is left out comes back into what is kept. */
function holdsFixed(task: Task, kept: readonly ScalarEdge[], dropped: readonly ScalarEdge[]): boolean {
  return dropped.every(({ of }) => {
    const later = task.madeOf(of);
    return kept.some((edge) => edge.of !== of && later.has(edge.of));
  });
}

/** Every proper choice at every branch that fits the question. */
function leftOut(
  task: Task,
  fits: (node: ScalarNode, kept: readonly ScalarEdge[], dropped: readonly ScalarEdge[]) => boolean,
): readonly Slip[] {
  return branches(task).flatMap((node) => {
    const users = usersOf(task, node);
    return choices(users)
      .filter((dropped) =>
        fits(
          node,
          users.filter((edge) => !dropped.includes(edge)),
          dropped,
        ),
      )
      .map((dropped) => without(task, node, dropped));
  });
}

/** Only the last of several contributions is kept; of the uses of one parameter nothing else explains that better. */
function lastOnly(task: Task): readonly Slip[] {
  return leftOut(
    task,
    (node, kept, dropped) => isOverwritten(task, node, kept) && !isDirect(task, kept, dropped),
  );
}

function droppedPaths(task: Task): readonly Slip[] {
  return leftOut(task, (node, kept, dropped) => {
    const isBetterNamed = isParameter(node) && isOverwritten(task, node, kept);
    return !isBetterNamed && !holdsFixed(task, kept, dropped) && !isDiagonal(kept, dropped);
  });
}

function isOverwritten(task: Task, node: ScalarNode, kept: readonly ScalarEdge[]): boolean {
  return kept.length === 1 && kept[0] === usersOf(task, node).at(-1);
}

/** What is derived by stands in the definition itself, and what is left out comes back into it: ∂ for d. */
function isDirect(task: Task, kept: readonly ScalarEdge[], dropped: readonly ScalarEdge[]): boolean {
  const top = task.target.kind === "definition" ? undefined : task.target.cone.top;
  return kept.every(({ of }) => of === top) && holdsFixed(task, kept, dropped);
}

/** Of a softmax only the unit's own output: a row of its own. */
function isDiagonal(kept: readonly ScalarEdge[], dropped: readonly ScalarEdge[]): boolean {
  return [...kept, ...dropped].every(({ rule }) => rule === "softmax") && kept.length === 1;
}

/** At one fan-out, and over the whole paths. */
function multiplied(task: Task): readonly Slip[] {
  const { target } = task;
  const atBranches = branches(task).map((node) => ({
    at: node,
    joins: new Map([[node, "product-of-paths" as const]]),
  }));
  if (target.kind === "definition" || atBranches.length === 0) return [];
  const paths = pathsOf(target.cone);
  const whole = mul(
    task.graph,
    paths.flatMap((path) => path.map(({ factor }) => factor)),
  );
  return [...atBranches, ...(paths.length > 1 ? [{ at: target.cone.bottom, whole }] : [])];
}

/** Longer lists of whole paths are not multiplied. */
const mostPaths = 8;

/** All paths of the cone; none where there are too many to list. */
function pathsOf({ bottom, top, users }: Cone): readonly (readonly ScalarEdge[])[] {
  const found: (readonly ScalarEdge[])[] = [];
  const open: { readonly node: ScalarNode; readonly path: readonly ScalarEdge[] }[] = [
    { node: bottom, path: [] },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.node === top) found.push(next.path);
    else for (const edge of users.get(next.node)!) open.push({ node: edge.of, path: [...next.path, edge] });
    if (open.length + found.length > mostPaths) return [];
  }
  return found;
}

/** At one node of the chain, and along the whole chain. */
function added(task: Task): readonly Slip[] {
  const { target, edges } = task;
  if (target.kind === "definition") return [];
  const nodes = [...new Set(edges.map(({ by }) => by))].filter((node) =>
    usersOf(task, node).some(isChained(target.cone)),
  );
  const join = (chosen: readonly ScalarNode[]): Slip => ({
    at: chosen[0]!,
    joins: new Map(chosen.map((node) => [node, "sum-of-factors" as const])),
  });
  return [...nodes.map((node) => join([node])), ...(nodes.length > 1 ? [join(nodes)] : [])];
}

/** A first factor of the chain is added to nothing. */
function isChained({ top }: Cone): (edge: ScalarEdge) => boolean {
  return ({ of }) => of !== top;
}

function repeatedPaths(task: Task): readonly Slip[] {
  const { graph } = task;
  return branches(task).flatMap((node) =>
    usersOf(task, node).map((edge) => ({
      at: edge.of,
      factors: new Map(
        inEverySample(task, node, [edge]).map((same) => [same, mul(graph, [graph.number(2), same.factor])]),
      ),
    })),
  );
}

function usersOf({ target }: Task, node: ScalarNode): readonly ScalarEdge[] {
  return target.kind === "definition" ? [] : target.cone.users.get(node)!;
}

export const pathMisconceptions = [
  {
    id: "M06",
    code: "dropped-path",
    title: "A path is left out",
    sentence:
      "The unit feeds several later units, but the error of only some of them is collected: a part of Σ_k w_kj δ_k.",
    look: {
      en: "How many units does {at} feed? The loss feels a change of {at} through every one of them.",
      de: "Wie viele Einheiten speist {at}? Der Verlust spürt eine Änderung von {at} durch jede von ihnen.",
    },
    source:
      "callummcdougall/ARENA_2.0 PR 18; the classic 2-2-2 network: w_1 via o1 0.00066840, via o2 −0.00022983, both 0.00043857",
    slips: droppedPaths,
  },
  {
    id: "M07",
    code: "overwritten-path",
    title: "Only the last contribution counts",
    sentence:
      "Each contribution overwrites the one before instead of being added to it, so that the last one is left.",
    look: {
      en: "{at} is used in several places. Is the last contribution added to the earlier ones, or does it take their place?",
      de: "{at} wird an mehreren Stellen gebraucht. Kommt der letzte Beitrag zu den früheren hinzu, oder tritt er an ihre Stelle?",
    },
    source: "karpathy/nn-zero-to-hero#52 (note on = versus +=); callummcdougall/ARENA_2.0 PR 18",
    slips: lastOnly,
  },
  {
    id: "M08",
    code: "repeated-path",
    title: "A path is counted twice",
    sentence:
      "A value that has been collected already is sent on again, so that a path's product enters twice.",
    look: {
      en: "Count the paths through {at}: each of them enters the sum once.",
      de: "Zähle die Pfade durch {at}: Jeder geht genau einmal in die Summe ein.",
    },
    source: "sebgao/cTensor#5 (7 for 6); SethHWeidman/DLFS_code PR 13 (28 for 24); karpathy/micrograd#2",
    slips: repeatedPaths,
  },
  {
    id: "M09",
    code: "multiplied-paths",
    title: "Paths are multiplied instead of added",
    sentence:
      "The products of several paths are multiplied with each other; independent ways of influence add up.",
    look: {
      en: "A change of {at} reaches the loss over several paths at once. Do their effects multiply or add up?",
      de: "Eine Änderung von {at} erreicht den Verlust auf mehreren Pfaden zugleich. Multiplizieren oder addieren sich die Wirkungen?",
    },
    source: "quiz items on the multivariable chain rule; karpathy/micrograd#72 (doubt about +=)",
    slips: multiplied,
  },
  {
    id: "M10",
    code: "added-factors",
    title: "The factors of a chain are added",
    sentence: "The local derivatives along one path are added; the chain rule multiplies them.",
    look: {
      en: "From one step of the chain to the next at {at}: are rates of change added or multiplied?",
      de: "Von einem Schritt der Kette zum nächsten bei {at}: Werden Änderungsraten addiert oder multipliziert?",
    },
    source: "derived from the chain rule itself: the units of the terms do not fit",
    slips: added,
  },
  {
    id: "M32",
    code: "partial-for-total",
    title: "The partial derivative for the total one",
    sentence:
      "Only the direct dependence is derived; an intermediate quantity that depends on the same variable is held fixed.",
    look: {
      en: "Which other quantities change along with {at}? The total derivative lets them move.",
      de: "Welche anderen Größen ändern sich mit {at}? Die totale Ableitung lässt sie mitgehen.",
    },
    source: "udacity/sdc-issue-reports#464; a lecture note on the multivariable chain rule",
    slips: (task) => leftOut(task, (_, kept, dropped) => holdsFixed(task, kept, dropped)),
  },
] as const satisfies readonly Misconception[];
