// Values and derivatives by mathjs in 420 digits from definitions as texts: e^−700 beside 1 leaves more than 16 of them.
// mathjs reads the texts with its own parser, so nothing here shares a line with the catalogue or the referee.
import { all, type BigNumber, create } from "mathjs";

const math = create(all, { number: "BigNumber", precision: 420 });

/** The error of a central difference is its square, far below 16 digits; 330 digits are left for tails. */
const step = math.bignumber("1e-90");

/** Φ by its series 1/2 + φ(x) (x + x³/3 + x⁵/(3·5) + …), Abramowitz and Stegun 1964, 26.2.11. */
function normalDistribution(x: BigNumber): BigNumber {
  const density = x
    .times(x)
    .dividedBy(-2)
    .exp()
    .dividedBy(math.bignumber(2).times(math.evaluate("pi")).sqrt());
  let [term, sum] = [x, x];
  for (let odd = 3; !term.isZero() && term.abs().greaterThan("1e-430"); odd += 2) {
    term = term.times(x).times(x).dividedBy(odd);
    sum = sum.plus(term);
  }
  return density.times(sum).plus(0.5);
}

math.import({ Phi: normalDistribution });

type Point = Readonly<Record<string, number>>;

/** The double nearest to the formula in the names of `point`. */
export function exactValue(formula: string, point: Point): number {
  return valueAt(formula, point).toNumber();
}

/** The double nearest to the formula's derivative by `name`, by a central difference. */
export function exactDerivative(formula: string, point: Point, name = "x"): number {
  const [above, below] = [step, step.negated()].map((by) => valueAt(formula, point, name, by)) as [
    BigNumber,
    BigNumber,
  ];
  return above.minus(below).dividedBy(step.times(2)).toNumber();
}

function valueAt(formula: string, point: Point, moved?: string, by?: BigNumber): BigNumber {
  const scope = Object.fromEntries(
    Object.entries(point).map(([name, value]) => {
      const number = math.bignumber(value);
      return [name, name === moved ? number.plus(by!) : number];
    }),
  );
  return math.evaluate(formula, scope);
}
