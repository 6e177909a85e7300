// How every line is measured: two pieces of work in turn, in CPU time, so that whatever else the machine does meets
// both alike and waiting for a core counts for neither.

/** Repeats of a comparison; the median of their ratios stands. */
const defaultRounds = 15;

/** One reading takes at least this long, or the clock and the collector are what is measured. */
const shortestReading = 4;

/** Milliseconds of one call, from one reading. */
export type Reading = () => number | Promise<number>;

/** A line of the report. Without a goal it stands for comparison only. */
export interface Line {
  readonly name: string;
  readonly figure: number;
  readonly unit?: string;
  readonly goal?: Goal;
}

export type Goal = { readonly atMost: number } | { readonly atLeast: number };

/** CPU milliseconds of this process so far, its collector's and compiler's threads included. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of one call of `work`, as often in a row as one reading needs. */
export function reading(work: () => unknown): Reading {
  let calls = 1;
  const read = (): number => {
    const start = cpuTime();
    for (let call = 0; call < calls; call += 1) work();
    return cpuTime() - start;
  };
  return () => {
    let total = read();
    while (total < shortestReading) {
      calls *= 2;
      total = read();
    }
    return total / calls;
  };
}

/** Median of subject / yardstick over rounds in which both are read once; the first round warms up. */
export async function ratio(subject: Reading, yardstick: Reading, rounds = defaultRounds): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const time = await subject();
    ratios.push(time / (await yardstick()));
  }
  return median(ratios.slice(1));
}

/** Milliseconds of one call: the median over rounds; the first warms up. */
export async function milliseconds(subject: Reading, rounds = defaultRounds): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) times.push(await subject());
  return median(times.slice(1));
}

/** Least CPU time of `work` at each size, the sizes in turn; the exponent p of cost = c · size^p by least squares. */
export function exponent(
  points: readonly { readonly size: number; readonly work: () => unknown }[],
  rounds = 5,
): number {
  const least = points.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [position, { work }] of points.entries()) {
      const start = cpuTime();
      work();
      if (round > 0) least[position] = Math.min(least[position]!, cpuTime() - start);
    }
  }
  return slope(points.map(({ size }, position) => [Math.log(size), Math.log(least[position]!)]));
}

function slope(points: readonly (readonly [number, number])[]): number {
  const meanOf = (axis: 0 | 1): number =>
    points.reduce((total, point) => total + point[axis], 0) / points.length;
  const [x, y] = [meanOf(0), meanOf(1)];
  const above = points.reduce((total, [u, v]) => total + (u - x) * (v - y), 0);
  return above / points.reduce((total, [u]) => total + (u - x) ** 2, 0);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
}
