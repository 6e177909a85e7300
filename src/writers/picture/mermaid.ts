// A picture as a Mermaid flowchart: a text that GitHub, Obsidian and many course sites draw by themselves.
import type { Language } from "../../derivation/wording/wordings.ts";
import type { Label, Picture, PictureEdge, PictureNode } from "../../picture/picture.ts";
import type { Printing } from "../print/scope.ts";
import { spokenInlines } from "../sentence.ts";
import { plainOfLabel } from "./label.ts";

/** The brackets that give a node its shape. */
const shapes: Readonly<Record<PictureNode["shape"], readonly [string, string]>> = {
  circle: ["((", "))"],
  box: ["[", "]"],
  bare: ["(", ")"],
};

/** The flowchart with a line break at its end; nodes are numbered, so that no id of a user becomes a keyword. */
export function writeMermaid(
  picture: Picture,
  printing: Printing,
  { language }: { readonly language: Language },
): string {
  const numbers = new Map(picture.nodes.map(({ id }, position) => [id, `n${position}`]));
  const text = (label: Label) => `"${inert(plainOfLabel(label, printing))}"`;
  const node = ({ id, shape, label, notes }: PictureNode): string => {
    const [open, close] = shapes[shape];
    const lines = [label, ...notes.map((note) => note.label)].map((part) =>
      inert(plainOfLabel(part, printing)),
    );
    return `  ${numbers.get(id)}${open}"${lines.join("<br>")}"${close}`;
  };
  const edge = ({ from, to, label, tone }: PictureEdge): string => {
    const arrow = tone === "backward" ? "-.->" : tone === "strong" ? "==>" : "-->";
    return `  ${numbers.get(from)} ${arrow}${label ? `|${text(label)}|` : ""} ${numbers.get(to)}`;
  };
  return [
    "flowchart LR",
    `  accTitle: ${words(spokenInlines(picture.title, printing, language))}`,
    `  accDescr: ${words(spokenInlines(picture.description, printing, language))}`,
    ...picture.nodes.map(node),
    ...picture.edges.map(edge),
    "",
  ].join("\n");
}

/** Letters, digits and signs that mean nothing to Mermaid stay; all others are written by their number. */
function inert(text: string): string {
  return text.replace(
    /[^\p{L}\p{N}\p{M} ()+=·×⋮Σ∂∇−≈′.,:_/*⁽⁾ₐ-ₜ^]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}

/** Words that stand to the end of their line, where nothing can be written by its number. */
function words(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{M} ()+=·×Σ∂∇−≈′.,:_/^⁽⁾]/gu, " ");
}
