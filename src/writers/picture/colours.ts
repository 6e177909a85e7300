// The colours of the pictures: one row for each theme, named by what they paint.
import type { Tone } from "../../picture/picture.ts";

/** `print` is `light` on white paper. */
export type Theme = "light" | "dark" | "print" | "auto";

interface Palette {
  readonly paper: string;
  readonly ink: string;
  /** Edges and outlines. */
  readonly line: string;
  /** Lines, outlines and fills by what they are about; contrast of letters at least 4.5 to 1 (WCAG 2.2, 1.4.3). */
  readonly tones: Readonly<
    Record<Tone, { readonly line: string; readonly fill: string; readonly ink: string }>
  >;
}

const light: Palette = {
  paper: "#fffefb",
  ink: "#1d1d1f",
  line: "#8b8b93",
  tones: {
    plain: { line: "#1f4e8c", fill: "#eaf1fa", ink: "#1d1d1f" },
    input: { line: "#6b6b73", fill: "#f4f4f1", ink: "#1d1d1f" },
    parameter: { line: "#2e6b3f", fill: "#edf6ef", ink: "#1d1d1f" },
    loss: { line: "#8a5300", fill: "#fbf1e0", ink: "#1d1d1f" },
    backward: { line: "#a8321e", fill: "#fbebe7", ink: "#8f2513" },
    strong: { line: "#a8321e", fill: "#fbebe7", ink: "#8f2513" },
  },
};

export const palettes: Readonly<Record<Exclude<Theme, "auto">, Palette>> = {
  light,
  print: { ...light, paper: "#ffffff" },
  dark: {
    paper: "#19191b",
    ink: "#e6e4df",
    line: "#84848c",
    tones: {
      plain: { line: "#8db7ee", fill: "#1e2a3a", ink: "#e6e4df" },
      input: { line: "#9a9aa2", fill: "#28282b", ink: "#e6e4df" },
      parameter: { line: "#8fce9f", fill: "#1f2d22", ink: "#e6e4df" },
      loss: { line: "#f0b866", fill: "#332a1b", ink: "#e6e4df" },
      backward: { line: "#f29a86", fill: "#38221d", ink: "#f5b1a1" },
      strong: { line: "#f29a86", fill: "#38221d", ink: "#f5b1a1" },
    },
  },
};

/** The style sheet of pictures; every rule lives below their own class, and below the selector of the page around them. */
export function pictureStyle(theme: Theme, below = ""): string {
  const styled = (own: Exclude<Theme, "auto">): string =>
    rules(palettes[own]).replaceAll(".hgp", `${below}.hgp`);
  if (theme !== "auto") return styled(theme);
  return `${styled("light")}@media (prefers-color-scheme:dark){${styled("dark")}}@media print{${styled("light")}}`;
}

function rules({ paper, ink, line, tones }: Palette): string {
  const own = Object.entries(tones).map(
    ([tone, { line: stroke, fill, ink: letters }]) =>
      `.hgp .n.${tone}{stroke:${stroke};fill:${fill}}.hgp .${tone}.t{fill:${letters}}` +
      (tone === "plain" ? "" : `.hgp .e.${tone}{stroke:${stroke}}.hgp .h.${tone}{fill:${stroke}}`),
  );
  return [
    `.hgp .paper,.hgp .halo{fill:${paper}}`,
    `.hgp .e{fill:none;stroke:${line};stroke-width:1.25}`,
    `.hgp .h{fill:${line}}`,
    ".hgp .n{stroke-width:1.5}",
    `.hgp .t{fill:${ink}}`,
    ...own,
    ".hgp .e.strong,.hgp .e.backward{stroke-width:2}",
    `.hgp .ring{fill:none;stroke:${tones.strong.line};stroke-width:3}`,
    ".hgp .o{visibility:hidden}",
    ".hgp.steps .backward{opacity:.35}",
  ].join("");
}
