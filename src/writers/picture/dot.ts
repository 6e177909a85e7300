// A picture in the language of Graphviz.
import type { Picture, PictureEdge, PictureNode } from "../../picture/picture.ts";
import type { Printing } from "../print/scope.ts";
import { plainInlines } from "../sentence.ts";
import { plainOfLabel } from "./label.ts";

const shapes: Readonly<Record<PictureNode["shape"], string>> = {
  circle: "circle",
  box: "box",
  bare: "plaintext",
};

/** The graph with a line break at its end; the nodes of a column share a rank. */
export function writeDot(picture: Picture, printing: Printing): string {
  const title = plainInlines(picture.title, printing);
  const columns = new Map<number, string[]>();
  for (const { id, column } of picture.nodes)
    columns.set(column, [...(columns.get(column) ?? []), quoted(id)]);
  const node = ({ id, shape, label, notes }: PictureNode): string => {
    const outside = notes.map((note) => plainOfLabel(note.label, printing)).join("\n");
    const beside = notes.length > 0 ? `, xlabel=${quoted(outside)}` : "";
    return `  ${quoted(id)} [shape=${shapes[shape]}, label=${quoted(plainOfLabel(label, printing))}${beside}];`;
  };
  const edge = ({ from, to, label, tone }: PictureEdge): string => {
    const styles = { backward: ["style=dashed", "constraint=false"], strong: ["penwidth=2"] } as const;
    const own = tone === "backward" || tone === "strong" ? styles[tone] : [];
    const attributes = [...(label ? [`label=${quoted(plainOfLabel(label, printing))}`] : []), ...own];
    return `  ${quoted(from)} -> ${quoted(to)}${attributes.length > 0 ? ` [${attributes.join(", ")}]` : ""};`;
  };
  return [
    "digraph {",
    "  rankdir=LR;",
    `  label=${quoted(title)};`,
    ...picture.nodes.map(node),
    ...[...columns.values()].map((ids) => `  { rank=same; ${ids.join("; ")} }`),
    ...picture.edges.map(edge),
    "}",
    "",
  ].join("\n");
}

/** A quoted string in which a backslash is a backslash; only line breaks are commands. */
function quoted(text: string): string {
  const inert = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  return `"${inert.replace(/\p{Cc}/gu, " ")}"`;
}
