// A derivation as a Jupyter notebook: its sections as Markdown cells, and behind each the NumPy code that computes the
// same numbers (nbformat 4.5, https://nbformat.readthedocs.io/en/latest/format_description.html).
import type { Derived } from "../derivation/derived.ts";
import type { Block, DerivationDocument } from "../derivation/document.ts";
import type { Network } from "../network/network.ts";
import type { UpdateRequest } from "../numeric/update.ts";
import { markdownParts } from "../writers/markdown.ts";
import { jupyter } from "../writers/markdown-flavors.ts";
import type { Printing } from "../writers/print/scope.ts";
import type { RenderOptions } from "../writers/writing.ts";
import { requireNumbers } from "./formats.ts";
import { type Chain, codeOf } from "./program.ts";

interface Cell {
  readonly cell_type: "markdown" | "code";
  readonly source: string;
}

/** Code, and the section that it stands behind; without that section it stands before the next code. */
interface Step {
  readonly section?: string;
  readonly source: string;
}

/** `derived` is absent where only the forms of whole layers are shown. Throws Failure `impossible-request` without numbers. */
export function writeNotebook(
  network: Network,
  derived: Derived | undefined,
  document: DerivationDocument,
  printing: Printing,
  render: RenderOptions,
): string {
  requireNumbers(network);
  const { frontMatter: _ofPages, ...rest } = render;
  const { head, blocks, foot } = markdownParts(document, printing, jupyter, rest);
  const steps = stepsOf(network, derived);
  const cells: Cell[] = [markdown(head)];
  let next = 0;
  const codeUpTo = (end: number): void => {
    for (; next < end; next += 1) cells.push({ cell_type: "code", source: steps[next]!.source });
  };
  codeUpTo(1);
  for (const { block, texts } of blocks) {
    cells.push(markdown(texts));
    codeUpTo(steps.findLastIndex(({ section }) => section === idOf(block)) + 1);
  }
  codeUpTo(steps.length);
  return notebookOf([...cells, markdown([foot])]);
}

const markdown = (texts: readonly string[]): Cell => ({ cell_type: "markdown", source: texts.join("\n\n") });

const idOf = (block: Block): string | undefined => (block.kind === "section" ? block.id : undefined);

function stepsOf(network: Network, derived: Derived | undefined): readonly Step[] {
  const chains = derived?.gradients.some(({ paths }) => paths.length > 0) ? chainsOf(derived) : undefined;
  const update = derived?.update?.request;
  const { imports, given, forward, chain, backward, moves, run } = codeOf(network, "numpy", {
    ...(chains && { chains }),
    ...(update?.only && { only: update.only }),
  });
  return [
    { source: `${imports}\n\n\n${given}` },
    { section: "forward", source: `${forward}\n\n\n${showForward}` },
    ...(chain === undefined ? [] : [{ section: "chain", source: `${chain}\n\n\n${showChain}` }]),
    { section: "deltas", source: `${backward}\n\n\n${showDeltas}` },
    { section: "check", source: run },
    ...(update ? [{ section: "update", source: updateCode(update, moves) }] : []),
  ];
}

function chainsOf({ gradients }: Derived): readonly Chain[] {
  return gradients.map(({ id, paths, complete }) => ({
    id: complete ? id : `${id} (paths that are listed)`,
    paths: paths.map(({ factors }) => factors.map(({ worked, result }) => worked ?? result)),
  }));
}

const showForward = `for sample in samples:
    for name, value in forward(**parameters, **constants, **sample).items():
        print(name, "=", value)`;

const showChain = `for sample in samples:
    given = dict(**parameters, **constants, **sample)
    for name, paths in chain_products(**given, **forward(**given)).items():
        for factors in paths:
            print(f"dE/d{name}:", " * ".join(f"{float(factor):.6g}" for factor in factors), "=", math.prod(factors))
        print(f"dE/d{name} =", sum(math.prod(factors) for factors in paths))`;

const showDeltas = `for sample in samples:
    given = dict(**parameters, **constants, **sample)
    deltas, own = backward(**given, **forward(**given))
    for name, value in deltas.items():
        print(name, "=", value)
    for name, value in own.items():
        print(f"dE/d{ids[name]} =", value)`;

/** Steps of gradient descent; where not every parameter moves, `moves` is 1 at those that do. */
function updateCode({ learningRate, steps = 1 }: UpdateRequest, moves: string | undefined): string {
  const rate = moves === undefined ? "learning_rate" : "learning_rate * moves[name]";
  return `${moves === undefined ? "" : `${moves}\n`}learning_rate = ${learningRate}
updated, losses = parameters, [loss(parameters)]
for step in range(${steps}):
    slope = gradients(updated)
    updated = {name: value - ${rate} * slope[name] for name, value in updated.items()}
    losses.append(loss(updated))
print("losses:", *losses[:200])
for name, value in updated.items():
    print(ids[name], "=", value)`;
}

/** The file: cells are numbered through, and have not been run. */
function notebookOf(cells: readonly Cell[]): string {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
      language_info: { name: "python" },
    },
    cells: cells.map(({ cell_type, source }, position) => ({
      id: `cell-${position + 1}`,
      cell_type,
      metadata: {},
      source,
      ...(cell_type === "code" && { execution_count: null, outputs: [] }),
    })),
  };
  return `${JSON.stringify(notebook, undefined, 1)}\n`;
}
