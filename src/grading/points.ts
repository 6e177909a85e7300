// Points as a teacher writes them.

/** Decimals that points are rounded to where they are shown. */
const shownDecimals = 2;

/** 3, 2.5 or 0.33. */
export function pointsText(points: number): string {
  return String(roundedPoints(points));
}

/** The sum, without what doubles lose on the way: three thirds are 1. */
export function sumOfPoints(points: readonly number[]): number {
  const sum = points.reduce((total, each) => total + each, 0);
  return Math.round(sum * keptParts) / keptParts;
}

/** Nine decimals: far finer than any mark, far coarser than the rest of a sum of doubles. */
const keptParts = 1e9;

/** Points to two decimals. */
export function roundedPoints(points: number): number {
  return Math.round(points * 10 ** shownDecimals) / 10 ** shownDecimals;
}
