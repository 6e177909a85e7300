// The type of a row of knowledge: one operation or activation, its derivative, its names in every language we print.

/** The words for one thing in each language that formulas are read aloud in. */
export interface Spoken {
  readonly en: string;
  readonly de: string;
}

/** How an operation is written in each language. */
export interface Spelling {
  /** The function's name in LaTeX, e.g. `\\sigma` or `\\operatorname{ReLU}`. */
  readonly latex: string;
  /** In plain text, e.g. `σ`. */
  readonly plain: string;
  /** Spoken as it stands before "of": `sigmoid`, `the square root`. */
  readonly speech: Spoken;
  /** Own shape instead of name(args): a root, bars, a power of e. */
  readonly shape?: "root" | "bars" | "exponential" | "cases";
  /** Written before the first argument, alike in every language: the `0, ` of max(0, x). */
  readonly before?: string;
}

/** A point where the derivative jumps, with the value used there. */
interface Kink {
  /** Formula in x1, x2 whose zeros are the kinks. */
  readonly where: string;
  /** The convention in one sentence, naming who uses it. */
  readonly convention: string;
}

/** Anything that can be applied: a catalogue row, a formula given by the user, or an abstract function. */
export interface Operation {
  readonly name: string;
  /** `scalar`: a function of the listed arguments; `vector`: one output per argument (softmax). */
  readonly kind: "sum" | "product" | "power" | "scalar" | "vector" | "abstract";
  readonly spelling: Spelling;
  /** The derivative keeps its prime until it is worked out (activations, abstract functions). */
  readonly primed: boolean;
  /** Partial derivative in each argument, as formula text in x1, x2, … and the output y.
   *  Vector rows have one: the entry k by argument m, in y[k], y[m], same(k,m).
   *  Absent: abstract functions, and sums, products and powers, which the differentiator has rules for. */
  readonly partials?: readonly string[];
  /** Double-precision value; absent for vector and abstract operations. */
  readonly value?: (...args: number[]) => number;
}

/** A catalogue row: an operation with everything a mathematician would check. */
export interface Primitive extends Operation {
  /** Constants that fill missing trailing arguments, with the name used in requests: leaky-relu's alpha. */
  readonly constants?: readonly { readonly name: string; readonly value: string }[];
  /** Whether a layer may use it as its activation. */
  readonly activation: boolean;
  /** Where the value exists, as formula texts that must be positive. */
  readonly domain?: readonly string[];
  readonly kinks?: readonly Kink[];
  /** Complex-differentiable where the referee uses it, so that the complex step applies. */
  readonly analytic: boolean;
  /** Double-precision values of a vector operation, all outputs at once. */
  readonly values?: (args: Float64Array, into: Float64Array) => void;
  /** The definition as a teacher writes it, LaTeX in x. */
  readonly definition: string;
  /** The definition as it is read aloud. */
  readonly spokenDefinition: Spoken;
  /** The definition in the formula language, as a formula in x; absent where it has cases or constants. */
  readonly definitionFormula?: string;
  /** Book or paper where definition and derivative can be looked up. */
  readonly source: string;
}
