// Points as a teacher writes them.

/** Decimals that points are rounded to where they are shown. */
const shownDecimals = 2;

/** 3, 2.5 or 0.33. */
export function pointsText(points: number): string {
  return String(roundedPoints(points));
}

/** Points to two decimals. */
export function roundedPoints(points: number): number {
  return Math.round(points * 10 ** shownDecimals) / 10 ** shownDecimals;
}
