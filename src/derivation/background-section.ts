// What a course says before the first formula: both passes, partial derivatives, the usual functions, the name of it all.
import type { Block } from "./document.ts";
import { paragraph, type SectionBlock, section, text } from "./prose.ts";
import type { Wording } from "./wording/english.ts";

export function backgroundSection(words: Wording): SectionBlock {
  const steps = (items: readonly string[]): Block => ({
    kind: "list",
    ordered: true,
    items: items.map((item) => [text(item)]),
  });
  return section("background", words.background, [
    paragraph(words.backgroundForward),
    steps(words.backgroundForwardParts),
    paragraph(words.backgroundBackward),
    steps(words.backgroundBackwardParts),
    paragraph(words.backgroundPartial),
    paragraph(words.backgroundFunctions),
    paragraph(words.backgroundModes),
  ]);
}
