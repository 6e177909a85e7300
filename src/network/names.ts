// What a user may call a thing: whatever the formula language reads as one name.
import { parseFormula } from "../expression/formula.ts";
import { Failure } from "../failure.ts";

/** The name in its plain spelling (ŷ is yhat, w₁ is w_1); throws `invalid-name` for what cannot be one. */
export function readName(text: string, pointer: string): string {
  const name = nameIn(text);
  if (name !== undefined) return name;
  throw new Failure(
    "invalid-name",
    `"${text}" cannot be a name; use letters or Greek words, digits and _ groups, at most 32 characters, such as w_1 or yhat.`,
    { pointer },
  );
}

function nameIn(text: string): string | undefined {
  try {
    const syntax = parseFormula(text);
    return syntax.kind === "name" ? syntax.name : undefined;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** Refuses a name that stands for two things. */
export class Names {
  readonly #taken = new Map<string, string>();

  /** `what` says what the name is for, as in "the input x_1". */
  take(name: string, what: string, pointer: string): void {
    const known = this.#taken.get(name);
    if (known !== undefined) {
      throw new Failure(
        "duplicate-name",
        `The name "${name}" is given to ${known} and to ${what}; give each thing its own name.`,
        { pointer },
      );
    }
    this.#taken.set(name, what);
  }

  has(name: string): boolean {
    return this.#taken.has(name);
  }

  all(): Iterable<string> {
    return this.#taken.keys();
  }
}
