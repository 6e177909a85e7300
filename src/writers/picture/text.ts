// A picture in lines of plain text: every edge as an arrow, those that lead to the same node below each other.
import type { Label, Picture, PictureNode } from "../../picture/picture.ts";
import type { Printing } from "../print/scope.ts";
import { plainOfLabel } from "./label.ts";

export function textPicture({ nodes, edges }: Picture, printing: Printing): readonly string[] {
  const spelled = (label: Label) => plainOfLabel(label, printing);
  const named = ({ label, notes: [note] }: PictureNode): string =>
    note && isOperation(label) ? `${spelled(note.label)}: ${spelled(label)}` : spelled(label);
  const names = new Map(nodes.map((node) => [node.id, named(node)]));
  const forward = edges.filter(({ tone }) => tone !== "backward");
  const left = Math.max(0, ...forward.map(({ from }) => names.get(from)!.length));
  const middle = Math.max(0, ...forward.map(({ label }) => (label ? spelled(label).length + 2 : 0)));
  return forward.map(({ from, to, label }) => {
    const along = label ? ` ${spelled(label)} ` : "";
    return `${names.get(from)!.padStart(left)} ──${along.padEnd(middle, "─")}─→ ${names.get(to)}`;
  });
}

/** Many nodes are called Σ or f: what they give tells them apart. */
const isOperation = ({ kind }: Label): boolean => kind === "sign" || kind === "function";
