// Dependency order of named things: each after what it needs (depth-first search, iterative; Tarjan 1976).

/** `needs` lists what a name depends on; a cycle is reported with its names, first repeated last. */
export function inDependencyOrder(
  names: readonly string[],
  needs: (name: string) => readonly string[],
  onCycle: (cycle: readonly string[]) => never,
): readonly string[] {
  const state = new Map<string, "open" | "done">();
  const ordered: string[] = [];
  for (const start of names) {
    if (state.has(start)) continue;
    const stack = [{ name: start, rest: [...needs(start)] }];
    state.set(start, "open");
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const next = top.rest.shift();
      if (next === undefined) {
        state.set(top.name, "done");
        ordered.push(top.name);
        stack.pop();
      } else if (state.get(next) === "open") {
        const path = stack.map(({ name }) => name);
        onCycle([...path.slice(path.indexOf(next)), next].reverse());
      } else if (!state.has(next)) {
        state.set(next, "open");
        stack.push({ name: next, rest: [...needs(next)] });
      }
    }
  }
  return ordered;
}
