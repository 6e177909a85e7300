// The pages that a PDF may be set on, and how much of a formula fits on a line of them.

/** Width and height in millimetres (ISO 216; ANSI/ASME Y14.1). */
const papers = {
  a4: [210, 297],
  a5: [148, 210],
  letter: [215.9, 279.4],
  legal: [215.9, 355.6],
} as const satisfies Record<string, readonly [number, number]>;

export type Paper = keyof typeof papers;

export const paperNames = Object.keys(papers) as Paper[];

export const fontSizes = { least: 8, usual: 11, most: 16 } as const;

export const mostColumns = 2;

/** What the template sets the pages by. Lengths are in millimetres, the font size in points. */
export interface Look {
  readonly paper: readonly [width: number, height: number];
  readonly margin: number;
  readonly fontSize: number;
  readonly columns: number;
}

const margins: Readonly<Record<Paper, number>> = { a4: 24, a5: 16, letter: 25, legal: 25 };

export function lookOf(paper: Paper = "a4", fontSize: number = fontSizes.usual, columns = 1): Look {
  return { paper: papers[paper], margin: margins[paper], fontSize, columns };
}

/** em; before the first character of a formula, and for its number behind the last. */
const indent = 1.4;
const numberWidth = 2.4;

const millimetresPerPoint = 25.4 / 72;

/** Between two columns, in millimetres. */
const gutter = 8;

/** How much of a formula fits on a line, in em. */
export function roomOf({ paper, margin, fontSize, columns }: Look): number {
  const text = (paper[0] - 2 * margin - (columns - 1) * gutter) / columns;
  const em = fontSize * millimetresPerPoint;
  return text / em - indent - numberWidth;
}
