// The notebook: its structure is that of nbformat 4.5, and its code cells run one after the other.
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { examples, exampleText } from "../src/examples.ts";
import { derivation, gradients } from "../src/index.ts";
import { checkDerivationRequest } from "../src/request/read.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
import { hasModule, python, runPython } from "./support/code.ts";

interface Cell {
  readonly id: string;
  readonly cell_type: "markdown" | "code";
  readonly metadata: object;
  readonly source: string;
  readonly execution_count?: null;
  readonly outputs?: readonly unknown[];
}

interface Notebook {
  readonly nbformat: number;
  readonly nbformat_minor: number;
  readonly metadata: { readonly kernelspec: { readonly name: string; readonly display_name: string } };
  readonly cells: readonly Cell[];
}

const exampleRequest = (name: string): DerivationRequest =>
  checkDerivationRequest(JSON.parse(exampleText(name)));

const notebook = (request: DerivationRequest): Notebook =>
  JSON.parse(derivation(request, "ipynb")) as Notebook;

const codeIn = ({ cells }: Notebook): readonly string[] =>
  cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => source);

/** The examples that have numbers. */
const books = examples.flatMap(({ name }) => {
  const request = exampleRequest(name);
  try {
    return [{ name, request, book: notebook(request) }];
  } catch {
    return [];
  }
});

interface Numbers {
  readonly loss: number;
  readonly gradients: object;
}

/** The same formulas in doubles, added in another order. */
const rounding = 1e-9;

function expectNear(printed: Numbers, expected: object, name: string): void {
  const { loss, gradients: slopes } = expected as Numbers;
  expect(Object.keys(printed.gradients).toSorted()).toEqual(Object.keys(slopes).toSorted());
  for (const [parameter, ours, theirs] of [
    ["loss", loss, printed.loss] as const,
    ...Object.entries(slopes).map(
      ([id, value]) => [id, value, (printed.gradients as Record<string, unknown>)[id]] as const,
    ),
  ]) {
    const numbers = [theirs].flat(9) as number[];
    for (const [place, number] of ([ours].flat(9) as number[]).entries())
      expect(Math.abs(numbers[place]! - number), `${name}: ${parameter}`).toBeLessThanOrEqual(
        rounding * Math.abs(number),
      );
  }
}

/** What the validator of Jupyter says of each notebook. */
const validated = (texts: readonly string[]): readonly string[] =>
  JSON.parse(
    execFileSync(
      python,
      [
        "-c",
        `import json, sys, nbformat
def said(text):
    try:
        nbformat.validate(json.loads(text))
        return "valid"
    except nbformat.ValidationError as error:
        return error.message
print(json.dumps([said(text) for text in json.load(sys.stdin)]))`,
      ],
      { input: JSON.stringify(texts), encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] },
    ),
  ) as string[];

const classic = notebook(exampleRequest("classic-2-2-2"));

describe("a notebook", () => {
  it("is nbformat 4.5", () => {
    expect([classic.nbformat, classic.nbformat_minor]).toEqual([4, 5]);
    expect(classic.metadata.kernelspec).toMatchObject({ name: "python3", display_name: "Python 3" });
    expect(new Set(classic.cells.map(({ id }) => id)).size).toBe(classic.cells.length);
    for (const { id, cell_type, metadata, source, execution_count, outputs } of classic.cells) {
      // nbformat.v4.5.schema.json: cell_id, code_cell and markdown_cell
      expect(id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
      expect(metadata).toEqual({});
      expect(typeof source).toBe("string");
      expect([execution_count, outputs]).toEqual(cell_type === "code" ? [null, []] : [undefined, undefined]);
    }
  });

  it("has the sections of the derivation, with the code behind them", () => {
    const opening = classic.cells.map(({ cell_type, source }) =>
      cell_type === "code" ? "code" : source.split("\n")[0],
    );
    expect(opening[0]).toMatch(/^# /);
    const forward = opening.findIndex((line) => line?.startsWith("## Forward pass"));
    expect(opening[forward + 1]).toBe("code");
    expect(classic.cells.some(({ source }) => source.includes("$$\n\\begin{aligned}"))).toBe(true);
  });

  it.skipIf(!hasModule("nbformat"))("is valid by the schema of nbformat", () => {
    const hostile = "<script> ]]> \u0007 \u202e 🙂 日本";
    const all = [...books.map(({ request }) => request), exampleRequest("note-001")].map(
      (request, position) =>
        derivation({ ...request, ...(position === books.length && { render: { title: hostile } }) }, "ipynb"),
    );
    expect(validated(all)).toEqual(all.map(() => "valid"));
    const [first] = all;
    // The reader does refuse something.
    expect(validated([first!.replaceAll('"cell_type": "markdown"', '"cell_type": "prose"')])).not.toEqual([
      "valid",
    ]);
  });

  it.skipIf(!hasModule("numpy"))("recomputes the numbers of every example", () => {
    expect(books.length).toBeGreaterThan(12);
    const output = runPython(books.map(({ book }) => codeIn(book).join("\n\n")));
    const printed = output.split("\n").filter((line) => line.startsWith('{"loss"'));
    expect(printed.length).toBe(books.length);
    for (const [position, { request, name }] of books.entries())
      expectNear(
        JSON.parse(printed[position]!) as Numbers,
        gradients({ network: request.network, shape: "arrays" }),
        name,
      );
    // Mazur 2015, "A Step by Step Backpropagation Example": ∂E/∂w_5 = 0.74136507 · 0.186815602 · 0.593269992 = 0.082167041
    expect(output).toMatch(/dE\/dw_5: 1 \* 0\.741365 \* 0\.186816 \* 0\.59327 = 0\.0821670405/);
  });

  it.skipIf(!hasModule("numpy"))("takes the update's step", () => {
    // Mazur 2015: w_5 from 0.4 to 0.35891648 at the learning rate 0.5
    const request = { ...exampleRequest("classic-2-2-2"), update: { learningRate: 0.5, only: ["w_5"] } };
    const output = runPython([codeIn(notebook(request)).join("\n\n")]);
    expect(output).toMatch(/W2 = \[\[0\.35891648 0\.45 {6}\]\n \[0\.5 {8}0\.55 {6}\]\]/);
  });

  it("keeps hostile titles out of the code, and inert in the text", () => {
    const title = "$x$ \\(y\\) \\begin{align} <script>alert(1)</script> @@0@@ %load /etc/passwd";
    const hostile = notebook({ ...exampleRequest("classic-2-2-2"), render: { title } });
    expect(codeIn(hostile)).toEqual(codeIn(classic));
    const [{ source }] = hostile.cells as [Cell];
    expect(source).not.toMatch(/[$<]|@@|\\(?![>_*.:])/);
  });
});
