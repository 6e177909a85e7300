// Words between formulas, and what each does to the line: a table of English and a few German ones.

/** `apart`: the words only stand between two statements; `reason`: what follows says why, or for which indices. */
type Role = "apart" | "reason" | "definition";

const rows: Readonly<Record<Role, readonly string[]>> = {
  apart: [
    "and",
    "so",
    "then",
    "thus",
    "hence",
    "therefore",
    "also",
    "finally",
    "now",
    "next",
    "we",
    "get",
    "or",
    "und",
    "also",
    "dann",
    "similarly",
    "likewise",
    "i.e.",
    "implies",
    "consequently",
    "which",
    "gives",
    "have",
    "obtain",
  ],
  reason: [
    "since",
    "because",
    "for",
    "if",
    "when",
    "as",
    "by",
    "using",
    "from",
    "da",
    "weil",
    "denn",
    "wenn",
    "mit",
    "otherwise",
    "sonst",
    "chain rule",
    "all",
    "any",
    "every",
  ],
  definition: ["where", "with", "let", "define", "set", "put", "denote", "call", "sei", "wobei", "setze"],
};

export const phrases: ReadonlyMap<string, Role> = new Map(
  (Object.entries(rows) as readonly (readonly [Role, readonly string[]])[]).flatMap(([role, words]) =>
    words.map((word) => [word, role] as const),
  ),
);

/** What a phrase does, by its last word that is in the table; other words only stand between statements. */
export function roleOf(phrase: string): Role {
  for (const word of phrase
    .toLowerCase()
    .split(/[^\p{L}.]+/u)
    .toReversed()) {
    const role = phrases.get(word) ?? phrases.get(word.replace(/\.$/, ""));
    if (role) return role;
  }
  return "apart";
}
