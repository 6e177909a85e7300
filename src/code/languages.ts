// The languages of code: one row each. What is the same in all of them is printed in `expression.ts` and `program.ts`.
import { type FunctionRow, functions, type LanguageName } from "./functions.ts";
import { runs } from "./runs.ts";

export interface Language {
  readonly key: LanguageName;
  readonly title: string;
  readonly comment: "#" | "//";
  /** Between two definitions. */
  readonly apart: string;
  /** What stands before everything else. */
  readonly imports: string;
  readonly entry: (name: string, indices: readonly string[]) => string;
  /** 1 where two indices agree, else 0. */
  readonly same: (a: string, b: string) => string;
  /** One entry for each index. */
  readonly each: (size: number, letter: string, entry: string) => string;
  readonly total: (size: number, letter: string, term: string) => string;
  /** The module that has operations of whole arrays: its outer products and sums. */
  readonly wholes?: string;
  /** Entries, or entries of entries, as an array; and a given number. */
  readonly array: (entries: string) => string;
  readonly given: (number: string) => string;
  /** A number as the argument of a function. */
  readonly argument: (number: string) => string;
  readonly assign: (name: string, value: string) => string;
  readonly list: (entries: readonly string[]) => string;
  /** Values by texts. */
  readonly table: (rows: readonly (readonly [key: string, value: string])[]) => string;
  readonly record: (fields: readonly (readonly [name: string, value: string])[]) => string;
  /** A function of one expression. */
  readonly definition: (name: string, parameters: string, body: string) => string;
  /** A function of fields by name, with statements before what it returns. */
  readonly procedure: (
    name: string,
    fields: readonly string[],
    statements: readonly string[],
    returned: readonly string[],
  ) => string;
  /** The whole run: loss and gradients over all samples, the check, and the printed answer. */
  readonly run: string;
}

const list: Language["list"] = (entries) => bracketed("[", entries, "]");

const table: Language["table"] = (rows) =>
  bracketed(
    "{ ",
    rows.map(([key, value]) => `${JSON.stringify(key)}: ${value}`),
    " }",
  );

const python = {
  comment: "#",
  apart: "\n\n\n",
  list,
  table,
  entry: (name, indices) => (indices.length === 0 ? name : `${name}[${indices.join(", ")}]`),
  same: (a, b) => `float(${a} == ${b})`,
  each: (size, letter, entry) => `[${entry} for ${letter} in range(${size})]`,
  total: (size, letter, term) => `sum(${term} for ${letter} in range(${size}))`,
  assign: (name, value) => `${name} = ${value}`,
  record: (fields) =>
    bracketed(
      "dict(",
      fields.map(([name, value]) => `${name}=${value}`),
      ")",
    ),
  definition: (name, parameters, body) => `def ${name}(${parameters}):\n    return ${body}`,
  procedure: (name, fields, statements, returned) =>
    [
      `def ${name}(${fields.join(", ")}):`,
      ...[...statements, `return ${returned.join(", ")}`].map((line) => indented(line, "    ")),
    ].join("\n"),
} as const satisfies Partial<Language>;

export const languages: Readonly<Record<LanguageName, Language>> = {
  numpy: {
    ...python,
    key: "numpy",
    title: "NumPy",
    wholes: "np",
    imports: "import json\nimport math\n\nimport numpy as np",
    array: (entries) => `np.array(${entries})`,
    given: (number) => number,
    argument: (number) => number,
    run: runs.numpy,
  },
  pytorch: {
    ...python,
    key: "pytorch",
    title: "PyTorch",
    wholes: "torch",
    imports: `import json
import math

import torch


def tensor(number):
    return torch.as_tensor(number, dtype=torch.float64)


def array(entries):
    return torch.stack([array(one) if isinstance(one, list) else tensor(one) for one in entries])`,
    array: (entries) => `array(${entries})`,
    given: (number) => `tensor(${number})`,
    argument: (number) => `tensor(${number})`,
    run: runs.pytorch,
  },
  javascript: {
    key: "javascript",
    title: "JavaScript",
    comment: "//",
    apart: "\n\n",
    list,
    table,
    imports: `const each = (size, entry) => Array.from({ length: size }, (_, index) => entry(index));
const total = (size, term) => each(size, term).reduce((sum, next) => sum + next, 0);`,
    entry: (name, indices) => `${name}${indices.map((index) => `[${index}]`).join("")}`,
    same: (a, b) => `Number(${a} === ${b})`,
    each: (size, letter, entry) => `each(${size}, (${letter}) => ${entry})`,
    total: (size, letter, term) => `total(${size}, (${letter}) => ${term})`,
    array: (entries) => entries,
    given: (number) => number,
    argument: (number) => number,
    assign: (name, value) => `const ${name} = ${value};`,
    record: (fields) =>
      bracketed(
        "{ ",
        fields.map(([name, value]) => (name === value ? name : `${name}: ${value}`)),
        " }",
      ),
    definition: (name, parameters, body) => `const ${name} = (${parameters}) => ${body};`,
    procedure: (name, fields, statements, returned) =>
      [
        `function ${name}({ ${fields.join(", ")} }) {`,
        ...[...statements, `return ${returned.length === 1 ? returned[0] : `[${returned.join(", ")}]`};`].map(
          (line) => indented(line, "  "),
        ),
        "}",
      ].join("\n"),
    run: runs.javascript,
  },
};

/** How the code calls a function of the catalogue. */
export function functionName(language: LanguageName, primitive: string): string {
  const { [language]: spelled } = row(primitive);
  return isDefined(spelled) ? primitive.replaceAll("-", "_") : spelled;
}

/** The definitions that the code needs for these functions, each after those that it calls. */
export function functionDefinitions(language: Language, primitives: Iterable<string>): readonly string[] {
  const defined = new Map<string, string>();
  const define = (primitive: string, isCalledByName = false): void => {
    if (defined.has(primitive)) return;
    const { parameters, uses = [], [language.key]: spelled } = row(primitive);
    const name = primitive.replaceAll("-", "_");
    if (isDefined(spelled)) {
      for (const used of uses) define(used, true);
      defined.set(primitive, language.definition(name, parameters, spelled));
    } else if (isCalledByName) defined.set(primitive, language.assign(name, spelled));
  };
  for (const primitive of primitives) define(primitive);
  return [...defined.values()];
}

function row(primitive: string): FunctionRow {
  const found = functions[primitive];
  if (found === undefined) throw new Error(`The table of code has no function "${primitive}".`);
  return found;
}

/** Characters that fit on a line. */
const room = 90;

/** On one line, or one field a line where that is too long. */
function bracketed(open: string, fields: readonly string[], close: string): string {
  if (fields.length === 0) return `${open.trim()}${close.trim()}`;
  const line = `${open}${fields.join(", ")}${close}`;
  if (line.length <= room) return line;
  return [open.trim(), ...fields.map((field) => indented(`${field},`, "    ")), close.trim()].join("\n");
}

function indented(text: string, space: string): string {
  return text.replace(/^/gm, space);
}

/** A body, not a name. */
const isDefined = (spelled: string): boolean => !/^[A-Za-z.]+\w*$/.test(spelled);
