// What is reported about a page besides the misconceptions of a false line: one row each.

/** As compilers have them; only an error says that something is wrong. */
export type Level = "error" | "warning" | "note";

export const lintRules = {
  "false-equality": { level: "error", title: "The two sides are not equal" },
  "wrong-shape": { level: "error", title: "Shapes or layouts do not fit each other" },
  "missing-bias": { level: "error", title: "A bias of the network is missing" },
  "defined-twice": { level: "warning", title: "A name is given two meanings" },
  conditional: { level: "warning", title: "True only under a condition" },
  notation: { level: "warning", title: "Right mathematics with a slip of notation" },
  "broken-markup": { level: "error", title: "The formula does not render in KaTeX" },
  undecided: { level: "note", title: "Neither confirmed nor refuted" },
  unreadable: { level: "note", title: "Not a statement about this network that can be read" },
} as const satisfies Record<string, { level: Level; title: string }>;

export type LintRule = keyof typeof lintRules;
