// A printed name as parts: which letter, which accent, which scripts. No markup; every output spells the parts itself,
// so that a layer mark can meet a power and an index can join a subscript without two scripts colliding.

/** A script is a short text (`1`, `h1`, `(2)`, `1,12`), or a name of its own: the h_1 of z_{h_1}. */
export type Part = string | Name;

export interface Name {
  /** One Latin letter, the English word of a Greek letter, or a word, which is set upright. */
  readonly letter: string;
  readonly accent?: "hat";
  readonly upright?: boolean;
  readonly sub: readonly Part[];
  /** Layer marks, with their brackets: `(2)`. */
  readonly sup: readonly Part[];
}

interface Greek {
  readonly latex: string;
  readonly plain: string;
}

const greekRow = (word: string, plain: string, latex = `\\${word}`): [string, Greek] => [
  word,
  { latex, plain },
];

/** Greek letters by their English words; ε is the curly one, as in handwriting. */
export const greekLetters: ReadonlyMap<string, Greek> = new Map([
  greekRow("alpha", "α"),
  greekRow("beta", "β"),
  greekRow("gamma", "γ"),
  greekRow("delta", "δ"),
  greekRow("epsilon", "ε", "\\varepsilon"),
  greekRow("zeta", "ζ"),
  greekRow("eta", "η"),
  greekRow("theta", "θ"),
  greekRow("iota", "ι"),
  greekRow("kappa", "κ"),
  greekRow("lambda", "λ"),
  greekRow("mu", "μ"),
  greekRow("nu", "ν"),
  greekRow("xi", "ξ"),
  greekRow("pi", "π"),
  greekRow("rho", "ρ"),
  greekRow("sigma", "σ"),
  greekRow("tau", "τ"),
  greekRow("upsilon", "υ"),
  greekRow("phi", "φ", "\\varphi"),
  greekRow("chi", "χ"),
  greekRow("psi", "ψ"),
  greekRow("omega", "ω"),
  greekRow("Gamma", "Γ"),
  greekRow("Delta", "Δ"),
  greekRow("Theta", "Θ"),
  greekRow("Lambda", "Λ"),
  greekRow("Xi", "Ξ"),
  greekRow("Pi", "Π"),
  greekRow("Sigma", "Σ"),
  greekRow("Upsilon", "Υ"),
  greekRow("Phi", "Φ"),
  greekRow("Psi", "Ψ"),
  greekRow("Omega", "Ω"),
]);

const greekWords = new Map([...greekLetters].map(([word, { plain }]) => [plain, word]));

/** The name of a letter or word with nothing attached. */
export function bareName(letter: string): Name {
  const word = greekWords.get(letter) ?? letter;
  return { letter: word, ...(isWord(word) && { upright: true }), sub: [], sup: [] };
}

/**
 * Reads a name as a user writes it: `w_1`, `yhat`, `delta_1`, `x12`, `h_1_2`, `z_1^(2)`, `net_h1`.
 * Groups after the first join into one subscript with commas (h_1_2 is h with 1,2; h_12 is h with 12); digits at the
 * end of the letter are its subscript. Any text gives some name: what is not a letter or digit stays one inert part.
 */
export function parseName(text: string): Name {
  const { head, groups, mark } = splitName(text.normalize("NFC"));
  const hatted = /^(.+)hat$/u.exec(head);
  const core = hatted && !isWord(hatted[1]!) ? hatted[1]! : head;
  const name = bareName(core);
  return {
    ...name,
    ...(core !== head && { accent: "hat" as const }),
    sub: groups.length === 0 ? [] : [groups.join(",")],
    sup: mark === undefined ? [] : [`(${mark})`],
  };
}

function splitName(text: string): { head: string; groups: readonly string[]; mark: string | undefined } {
  const match = /^([\p{L}]+)([0-9]*)((?:_[\p{L}0-9]+)*)(?:\^\(([\p{L}0-9+-]{1,8})\))?$/u.exec(text);
  if (!match) return { head: text, groups: [], mark: undefined };
  const [, head = "", digits = "", rest = "", mark] = match;
  const groups = [digits, ...rest.split("_")].filter((group) => group !== "");
  return { head, groups, mark };
}

function isWord(letter: string): boolean {
  return [...letter].length > 1 && !greekLetters.has(letter);
}

/** Index parts side by side while each is one character (`12`, `ji`), else with commas (`1,12`). */
export function separator(parts: readonly Part[]): "" | "," {
  return parts.every((part) => typeof part === "string" && [...part].length === 1) ? "" : ",";
}

/** Two names print alike exactly when their keys are equal. */
export function nameKey(name: Name): string {
  return `${name.letter}${name.accent ?? ""}_${scriptKey(name.sub)}^${scriptKey(name.sup)}`;
}

/** A name as a user would write it, for sentences: `a_1^(2)`, `yhat`. */
export function nameText(name: Name): string {
  const sub = name.sub.length === 0 ? "" : `_${scriptText(name.sub)}`;
  const sup = name.sup.length === 0 ? "" : `^${scriptText(name.sup)}`;
  return name.letter + (name.accent ?? "") + sub + sup;
}

function scriptText(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === "string" ? part : nameText(part))).join(separator(parts));
}

function scriptKey(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === "string" ? part : `{${nameKey(part)}}`)).join(separator(parts));
}
