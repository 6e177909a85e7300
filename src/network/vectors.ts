// The vectors of a description of equations: quantities put together, x = (x_1, x_2), that depend on each other as
// wholes. Every entry keeps its own equation; the sum over all entries and the Jacobian are about the wholes.
import { nodesOf } from "../expression/build.ts";
import type { Quantity, Range } from "../expression/expr.ts";
import { didYouMean, Failure } from "../failure.ts";
import { type Names, readName } from "./names.ts";
import type { Grouped, Network } from "./network.ts";
import { inDependencyOrder } from "./order.ts";
import { requireNoEntries } from "./shapes.ts";

interface Group {
  readonly name: string;
  readonly members: readonly Quantity[];
  /** Absent for a quantity by itself. */
  readonly pointer?: string;
}

/** The network of wholes. Throws Failure for groups that overlap, mix kinds, or depend on themselves. */
export function grouped(
  network: Network,
  vectors: Readonly<Record<string, readonly string[]>>,
  names: Names,
): Grouped {
  const given = Object.entries(vectors).map(([name, members]) => groupOf(name, members, network, names));
  const taken = requireApart(given);
  const alone = network.quantities.filter((quantity) => !taken.has(quantity));
  const groups = [...given, ...alone.map((quantity): Group => ({ name: quantity.id, members: [quantity] }))];
  const wholes = wholesOf(groups);
  const members = new Map([...wholes].map(([{ members: entries }, whole]) => [whole, entries]));
  const quantities = [...wholes.values()];
  const loss = quantities.find((whole) => members.get(whole)!.includes(network.loss))!;
  return {
    network: {
      ...network,
      quantities,
      parameters: quantities.filter(({ role }) => role === "parameter"),
      loss,
    },
    members,
  };
}

function groupOf(
  written: string,
  members: readonly string[],
  { quantities, loss }: Network,
  names: Names,
): Group {
  const pointer = `/vectors/${written}`;
  const name = readName(written, pointer);
  names.take(name, `the vector ${name}`, pointer);
  const found = members.map((member, position) => {
    const place = `${pointer}/${position}`;
    const id = readName(member, place);
    const quantity = quantities.find((each) => each.id === id);
    if (!quantity) {
      throw new Failure(
        "unknown-name",
        `The vector "${name}" names "${id}", which is no parameter, no constant and no left-hand side of an equation.${didYouMean(
          id,
          quantities.map((each) => each.id),
        )}`,
        { pointer: place },
      );
    }
    if (quantity === loss)
      refuse(`The vector "${name}" names the loss "${id}"; the loss stands by itself.`, place);
    if (quantity.ranges.length > 0)
      refuse(`The vector "${name}" names "${id}", which has a shape of its own; name single numbers.`, place);
    return quantity;
  });
  const roles = new Set(found.map(({ role }) => role));
  if (roles.size > 1)
    refuse(
      `The vector "${name}" puts ${found.map(({ id, role }) => `the ${said[role] ?? role} "${id}"`).join(" and ")} together; the entries of a vector are all parameters, all constants or all left-hand sides.`,
      pointer,
    );
  requireNoEntries(
    name,
    pointer,
    names,
    found.map(({ id }) => id),
  );
  return { name, members: found, pointer };
}

const said: Partial<Record<Quantity["role"], string>> = { intermediate: "left-hand side" };

function refuse(sentence: string, pointer: string): never {
  throw new Failure("wrong-shape", sentence, { pointer });
}

/** Every quantity is an entry of one vector at most. */
function requireApart(groups: readonly Group[]): ReadonlySet<Quantity> {
  const owner = new Map<Quantity, Group>();
  for (const group of groups) {
    for (const [position, member] of group.members.entries()) {
      const other = owner.get(member);
      if (other) {
        const where =
          other === group
            ? `twice in the vector "${group.name}"`
            : `in the vectors "${other.name}" and "${group.name}"`;
        refuse(
          `"${member.id}" stands ${where}; every quantity is one entry of one vector.`,
          `${group.pointer}/${position}`,
        );
      }
      owner.set(member, group);
    }
  }
  return new Set(owner.keys());
}

/** One quantity for each group, after those that it depends on. */
function wholesOf(groups: readonly Group[]): ReadonlyMap<Group, Quantity> {
  const byMember = new Map(
    groups.flatMap((group) => group.members.map((member) => [member, group] as const)),
  );
  const byName = new Map(groups.map((group) => [group.name, group]));
  const needs = ({ members }: Group): readonly Group[] => [
    ...new Set(members.flatMap(usedBy).map((quantity) => byMember.get(quantity)!)),
  ];
  const order = inDependencyOrder(
    [...byName.keys()],
    (name) => needs(byName.get(name)!).map((group) => group.name),
    (cycle) => refuseCycle(cycle, byName),
  );
  const wholes = new Map<Group, Quantity>();
  for (const name of order) {
    const group = byName.get(name)!;
    wholes.set(
      group,
      wholeOf(
        group,
        needs(group).map((used) => wholes.get(used)!),
      ),
    );
  }
  return wholes;
}

function usedBy({ define }: Quantity): readonly Quantity[] {
  if (!define) return [];
  return [...nodesOf(define)].flatMap((node) => (node.kind === "symbol" ? [node.quantity] : []));
}

function refuseCycle(cycle: readonly string[], byName: ReadonlyMap<string, Group>): never {
  const vector = cycle.find((name) => byName.get(name)!.pointer !== undefined)!;
  refuse(
    `The vectors form a cycle: ${cycle.map((name) => `"${name}"`).join(" is needed for ")}; put together only quantities that do not depend on each other.`,
    byName.get(vector)!.pointer!,
  );
}

function wholeOf({ name, members, pointer }: Group, on: readonly Quantity[]): Quantity {
  const [{ role }] = members as readonly [Quantity, ...Quantity[]];
  const size = members.length;
  const range: Range = { name: `entries of ${name}`, size, limit: String(size) };
  return {
    id: name,
    role,
    ranges: pointer === undefined ? [] : [range],
    formals: pointer === undefined ? [] : ["$0"],
    entryNames: members.map(({ id }) => id),
    ...(on.length > 0 && { whole: { on } }),
  };
}
