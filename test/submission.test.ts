// Submissions as students hand them in: statements with their places, expected by hand.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { overSamples } from "../src/network/batch.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import type { Network } from "../src/network/network.ts";
import { type Dialect, dialect } from "../src/notation/dialect.ts";
import type { NotationKey } from "../src/notation/notation.ts";
import { notations } from "../src/notation/rows.ts";
import { delimited } from "../src/reading/markup.ts";
import type { RelationReading, Statement } from "../src/reading/statement.ts";
import { readSubmission } from "../src/reading/submission.ts";
import { plain } from "../src/writers/print/line.ts";

const descriptions = {
  /** Note 001: two inputs, two hidden units, one output, six weights. */
  "2-2-1": {
    kind: "layers",
    inputs: 2,
    naming: "by-source",
    layers: [
      { type: "dense", units: 2, activation: "sigmoid", bias: "none" },
      { type: "dense", units: 1, activation: "sigmoid", bias: "none" },
    ],
    loss: "half-squared-error",
  },
  /** The network of the figures in many courses: two hidden layers. */
  "2-3-3-2": {
    kind: "layers",
    inputs: 2,
    layers: [
      { type: "dense", units: 3, activation: "sigmoid" },
      { type: "dense", units: 3, activation: "sigmoid" },
      { type: "dense", units: 2, activation: "sigmoid" },
    ],
    loss: "half-squared-error",
  },
  "1-1-1, three samples": {
    kind: "layers",
    inputs: 1,
    layers: [
      { type: "dense", units: 1, activation: "sigmoid" },
      { type: "dense", units: 1, activation: "sigmoid" },
    ],
    loss: "squared-error",
    samples: 3,
  },
  /** The classic 2-2-2 example. */
  units: {
    kind: "units",
    inputs: ["i_1", "i_2"],
    units: [
      { name: "h_1", activation: "sigmoid", from: { i_1: "w_1", i_2: "w_2" }, bias: "b_1" },
      { name: "h_2", activation: "sigmoid", from: { i_1: "w_3", i_2: "w_4" }, bias: "b_1" },
      { name: "o_1", activation: "sigmoid", from: { h_1: "w_5", h_2: "w_6" }, bias: "b_2" },
      { name: "o_2", activation: "sigmoid", from: { h_1: "w_7", h_2: "w_8" }, bias: "b_2" },
    ],
    outputs: ["o_1", "o_2"],
    loss: "half-squared-error",
  },
  /** Note 003. */
  equations: {
    kind: "equations",
    equations: ["z = w*x + b", "yhat = sigmoid(z)", "L = (y - yhat)^2 / 2"],
    loss: "L",
    parameters: ["w", "b"],
    constants: ["x", "y"],
  },
  "3-4-2": {
    kind: "layers",
    inputs: 3,
    layers: [
      { type: "dense", units: 4, activation: "tanh" },
      { type: "dense", units: 2, activation: "softmax" },
    ],
    loss: "categorical-cross-entropy",
  },
} as const satisfies Record<string, NetworkDescription>;

type NetworkName = keyof typeof descriptions;

function network(name: NetworkName): Network {
  return compile(descriptions[name]);
}

/** A batch is judged over all its samples. */
function judged(name: NetworkName): Network {
  const single = network(name);
  return single.samples.count > 1 ? overSamples(single, "rows") : single;
}

interface Told {
  readonly statements: readonly string[];
  readonly slips: readonly string[];
  readonly notation: string;
}

/** Each statement in one line: what it says in plain print, or why it cannot be read. */
function told(name: NetworkName, key: NotationKey | undefined, submission: string | readonly string[]): Told {
  const built = judged(name);
  const { steps, notation } = readSubmission(built, key && notations[key], submission);
  const spoken = dialect(built, notations[notation as NotationKey]);
  const one = (statement: Statement): string => {
    switch (statement.kind) {
      case "relation":
        return (
          statement.shapeProblem ??
          statement.readings.map((reading) => relation(reading, statement.sign, spoken)).join(" or ")
        );
      case "definition":
        return `${statement.quantity.id} is ${plain(statement.value, { dialect: spoken, digits: 9 })}`;
      case "unreadable":
        return statement.failure.message;
    }
  };
  const all = steps.flatMap(({ statements }) => statements);
  return {
    statements: all.map(one),
    slips: all.flatMap((statement) =>
      statement.kind === "relation" ? statement.slips.map(({ message }) => message) : [],
    ),
    notation,
  };
}

/** A relation of single quantities as it is; of many, the first and how many there are. */
function relation({ instances }: RelationReading, sign: string, spoken: Dialect): string {
  const printing = { dialect: spoken, digits: 9 };
  const [first] = instances;
  const text = `${plain(first!.left, printing)} ${sign} ${plain(first!.right, printing)}`;
  return instances.length === 1 ? text : `${text} (1 of ${instances.length})`;
}

type Row = readonly [NetworkName, NotationKey, string | readonly string[], readonly string[]];

describe("a line is read relation by relation", () => {
  const rows: readonly Row[] = [
    ["2-2-1", "layered", ["z_1^{(2)} = w_1 x_1 + w_3 x_2"], ["z₁⁽²⁾ = w₁ x₁ + w₃ x₂"]],
    [
      "2-2-1",
      "layered",
      ["a_1^{(2)} = f(z_1^{(2)}) = \\sigma(z_1^{(2)})"],
      ["a₁⁽²⁾ = f(z₁⁽²⁾)", "f(z₁⁽²⁾) = f(z₁⁽²⁾)"],
    ],
    // A line may go on from the one before, which may be a mere expression
    [
      "2-2-1",
      "layered",
      ["\\frac{\\partial E}{\\partial w_5}", "= \\delta_1^{(3)} a_1^{(2)}", "= a_1^{(2)} \\delta_1^{(3)}"],
      ["∂E/∂w₅ = δ₁⁽³⁾ a₁⁽²⁾", "δ₁⁽³⁾ a₁⁽²⁾ = a₁⁽²⁾ δ₁⁽³⁾"],
    ],
    [
      "2-2-1",
      "layered",
      [
        "\\begin{aligned} E &= \\tfrac12 (y-\\hat y)^2 \\\\ \\frac{\\partial E}{\\partial \\hat y} &= -(y - \\hat y) \\\\ &= \\hat y \\\\ &\\quad - y \\end{aligned}",
      ],
      ["E = 1/2 · (y − a₁⁽³⁾)²", "∂E/∂a₁⁽³⁾ = −(y − a₁⁽³⁾)", "−(y − a₁⁽³⁾) = a₁⁽³⁾ − y"],
    ],
    // Several formulas in a line
    [
      "2-2-1",
      "layered",
      ["x_1 = 0, \\quad x_2 = 1 \\implies w_1 = w_2 \\qquad w_3 = w_4; w_5 = w_6"],
      ["x₁ = 0", "x₂ = 1", "w₁ = w₂", "w₃ = w₄", "w₅ = w₆"],
    ],
    [
      "2-2-1",
      "layered",
      ["\\left\\{\\begin{array}{l} x_1 = 0 \\\\ x_2 = 1 \\end{array}\\right."],
      ["x₁ = 0", "x₂ = 1"],
    ],
    ["2-2-1", "layered", ["\\begin{cases} x_1 = 0 \\\\ x_2 = 1 \\end{cases}"], ["x₁ = 0", "x₂ = 1"]],
    ["2-2-1", "layered", ["\\boxed{x_1 = w_1} \\tag{3}", "x_2 = w_2 \\quad (4)"], ["x₁ = w₁", "x₂ = w₂"]],
    [
      "2-2-1",
      "layered",
      ["x_1 \\stackrel{!}{=} \\underbrace{w_1}_{\\text{why}} \\overset{(2)}{=} w_2"],
      ["x₁ = w₁", "w₁ = w₂"],
    ],
    // ≠ is no equality
    ["2-2-1", "layered", ["x_1 \\neq x_2, x_1 \\not= x_2, x_1 ≠ x_2"], ["x₁ ≠ x₂", "x₁ ≠ x₂", "x₁ ≠ x₂"]],
    // Words
    [
      "2-2-1",
      "layered",
      [
        "\\text{since } \\frac{\\partial z_1^{(3)}}{\\partial w_5} = a_1^{(2)} \\text{ we get } E = 0 \\text{ for all } j = 1, 2",
      ],
      ["∂z₁⁽³⁾/∂w₅ = a₁⁽²⁾", "E = 0"],
    ],
    ["2-2-1", "layered", ["\\text{The error is } E = \\text{of course } 0"], ["E = 0"]],
  ];
  test.each(rows)("%s in %s: %j", (name, key, lines, expected) => {
    expect(told(name, key, lines)).toEqual({ statements: expected, slips: [], notation: key });
  });
});

describe("derivatives, updates and functions are read as they are meant", () => {
  const rows: readonly Row[] = [
    [
      "2-2-1",
      "layered",
      ["\\frac{\\partial E(w_1, w_2)}{\\partial w_1} = \\delta_1^{(2)} x_1"],
      ["∂E/∂w₁ = δ₁⁽²⁾ x₁"],
    ],
    [
      "2-2-1",
      "layered",
      [
        "\\frac{\\partial \\frac{(y-\\hat{y})^2}{2}}{\\partial a_1^{(3)}} = \\frac{\\partial f(z_1^{(3)})}{\\partial z_1^{(3)}}",
      ],
      ["∂(1/2 · (y − a₁⁽³⁾)²)/∂a₁⁽³⁾ = ∂(f(z₁⁽³⁾))/∂z₁⁽³⁾"],
    ],
    [
      "2-2-1",
      "layered",
      [
        "\\frac{\\partial^2 E}{\\partial w_5^2} = \\frac{\\partial}{\\partial w_5}\\left(\\delta_1^{(3)} a_1^{(2)}\\right)",
        "\\frac{\\partial^2 E}{\\partial w_5 \\partial w_6} = ∂²E/(∂w_5 ∂w_6)",
      ],
      ["∂(∂E/∂w₅)/∂w₅ = ∂(δ₁⁽³⁾ a₁⁽²⁾)/∂w₅", "∂(∂E/∂w₆)/∂w₅ = ∂(∂E/∂w₆)/∂w₅"],
    ],
    [
      "2-2-1",
      "layered",
      ["E_{w_1} = \\nabla_{w_1} E = \\partial_{w_1} E"],
      ["∂E/∂w₁ = ∂E/∂w₁", "∂E/∂w₁ = ∂E/∂w₁"],
    ],
    ["2-2-1", "layered", ["f''(z_1^{(2)}) = 0"], ["∂(f′(z₁⁽²⁾))/∂z₁⁽²⁾ = 0"]],
    // What a step of gradient descent makes of a weight, however it is written
    [
      "2-2-1",
      "layered",
      ["w_1^+ = w_1^{new} = w_1^{(t+1)}"],
      ["w₁ − α · ∂E/∂w₁ = w₁ − α · ∂E/∂w₁", "w₁ − α · ∂E/∂w₁ = w₁ − α · ∂E/∂w₁"],
    ],
    [
      "2-2-1",
      "layered",
      ["w_1 \\leftarrow w_1 - \\eta \\delta_1^{(2)} x_1", "w_1 = w_1 - \\alpha x_1"],
      ["w₁ − α · ∂E/∂w₁ ← w₁ − α δ₁⁽²⁾ x₁", "w₁ − α · ∂E/∂w₁ = w₁ − α x₁"],
    ],
    [
      "2-2-1",
      "layered",
      ["\\Delta w_1 = -\\alpha \\frac{\\partial E}{\\partial w_1}"],
      ["−α · ∂E/∂w₁ = −α · ∂E/∂w₁"],
    ],
    // Rules for any argument
    ["equations", "scalar", ["\\sigma'(t) = \\sigma(t)(1-\\sigma(t))"], ["σ′(t) = σ(t) (1 − σ(t))"]],
    ["equations", "scalar", ["\\frac{d}{dt}\\tanh(t) = 1 - \\tanh^2(t)"], ["d(tanh(t))/dt = 1 − tanh(t)²"]],
    // The argument may be left out
    [
      "2-2-1",
      "layered",
      ["f'(x) = f(x)(1-f(x))", "\\sigma' = \\sigma(1-\\sigma)", "\\sigma' = \\sigma - \\sigma^2"],
      ["f′(x) = f(x) (1 − f(x))", "f′(t) = f(t) (1 − f(t))", "f′(t) = f(t) − f(t)²"],
    ],
    // Functions without brackets, and functions that are spelled out
    ["equations", "scalar", ["L = \\sin 2x \\cos x + \\max\\{0, x\\}"], ["L = sin(2 x) cos(x) + max(0, x)"]],
    [
      "equations",
      "scalar",
      ["L = \\log_2 x + \\sinh x - \\sec x"],
      ["L = ln(x)/ln(2) + 1/2 · (eˣ − e⁻ˣ) − 1/cos(x)"],
    ],
    // The comma of a decimal number
    ["equations", "scalar", ["L = 0,5 x + 0{,}25 w + 1,25 b"], ["L = 1/2 · x + 1/4 · w + 5/4 · b"]],
    [
      "equations",
      "scalar",
      ["L = 1{,}000 x"],
      [
        "The comma in 1,000 at character 5 can be one of decimals or of thousands; write a point, or leave it out.",
      ],
    ],
    // Constants of plain algebra, and every function of the catalogue
    [
      "equations",
      "scalar",
      ["L = e x + \\ln(w) \\sqrt{b} + \\max(x, y) + \\operatorname{softplus}(x)"],
      ["L = e¹ x + ln(w) √(b) + max(x, y) + softplus(x)"],
    ],
  ];
  test.each(rows)("%s in %s: %j", (name, key, lines, expected) => {
    expect(told(name, key, lines).statements).toEqual(expected);
  });
});

describe("plain text is read like LaTeX", () => {
  const rows: readonly Row[] = [
    ["2-2-1", "layered", ["dE/dw_1 = delta_1^(2) * x_1"], ["∂E/∂w₁ = δ₁⁽²⁾ x₁"]],
    ["2-2-1", "layered", ["dE/dw1 = delta1^(2) x1"], ["∂E/∂w₁ = δ₁⁽²⁾ x₁"]],
    ["2-2-1", "layered", ["∂E/∂w₁ = δ₁⁽²⁾·x₁"], ["∂E/∂w₁ = δ₁⁽²⁾ x₁"]],
    ["2-2-1", "layered", ["partial E / partial w_1 = ∂E/∂w_1"], ["∂E/∂w₁ = ∂E/∂w₁"]],
    ["2-2-1", "layered", ["sigmoid'(z_1^(2)) = f′(z₁⁽²⁾)"], ["f′(z₁⁽²⁾) = f′(z₁⁽²⁾)"]],
    [
      "2-2-1",
      "layered",
      ["E = 1/2 (y - yhat)^2 = ½ (y−ŷ)² = (y - y_hat)**2 / 2"],
      [
        "E = 1/2 · (y − a₁⁽³⁾)²",
        "1/2 · (y − a₁⁽³⁾)² = 1/2 · (y − a₁⁽³⁾)²",
        "1/2 · (y − a₁⁽³⁾)² = 1/2 · (y − a₁⁽³⁾)²",
      ],
    ],
    [
      "2-2-1",
      "layered",
      ["dE/dw_5 = (dE/da_1^(3)) * da_1^(3)/dz_1^(3) * dz_1^(3)/dw_5"],
      ["∂E/∂w₅ = ∂E/∂a₁⁽³⁾ · ∂a₁⁽³⁾/∂z₁⁽³⁾ · ∂z₁⁽³⁾/∂w₅"],
    ],
    [
      "2-2-1",
      "layered",
      ["w_1x_1 + w_3x_2 = z_1^(2)", "x_1^(2) = x_1^2"],
      ["w₁ x₁ + w₃ x₂ = z₁⁽²⁾", "x₁² = x₁²"],
    ],
    [
      "2-2-1",
      "layered",
      ["since dz_1^(3)/dw_5 = a_1^(2), we get dE/dw_5 = delta_1^(3) a_1^(2)."],
      ["∂z₁⁽³⁾/∂w₅ = a₁⁽²⁾", "∂E/∂w₅ = δ₁⁽³⁾ a₁⁽²⁾"],
    ],
    [
      "2-2-1",
      "layered",
      ["w_1 <- w_1 - eta * dE/dw_1", "x_1 != x_2"],
      ["w₁ − α · ∂E/∂w₁ ← w₁ − α · ∂E/∂w₁", "x₁ ≠ x₂"],
    ],
    ["2-2-1", "layered", ["dE/dw_1 = 1.2e-5"], ["∂E/∂w₁ = 1.2·10⁻⁵"]],
    [
      "3-4-2",
      "layered",
      ["delta_j^(2) = f'(z_j^(2)) * sum_k w_kj^(3) delta_k^(3)"],
      ["δ₁⁽²⁾ = f′(z₁⁽²⁾) (w₁₁⁽³⁾ δ₁⁽³⁾ + w₂₁⁽³⁾ δ₂⁽³⁾) (1 of 4)"],
    ],
    [
      "3-4-2",
      "layered",
      ["a_k^(3) = exp(z_k^(3)) / sum_{m=1}^2 exp(z_m^(3))"],
      ["a₁⁽³⁾ = e^(z₁⁽³⁾)/(e^(z₁⁽³⁾) + e^(z₂⁽³⁾)) (1 of 2)"],
    ],
    [
      "units",
      "net-out",
      ["dE_total/dout_o1 * dout_o1/dnet_o1 * dnet_o1/dw_5 = delta_o1 h_1"],
      ["∂E_total/∂out_o1 · ∂out_o1/∂net_o1 · ∂net_o1/∂w₅ = δₒ₁ out_h1"],
    ],
    [
      "equations",
      "scalar",
      ["L = -(y log yhat + (1-y) log(1 - yhat))", "L = (y-1/(1+exp(-(wx+b))))^2/2"],
      ["L = −(y ln(ŷ) + (1 − y) ln(1 − ŷ))", "L = 1/2 · (y − 1/(1 + e^(−(w x + b))))²"],
    ],
    // Text whose letters are all plain may be LaTeX after all
    ["2-2-1", "layered", ["{z_1^{(2)}} = w_1 x_1+w_3x_2"], ["z₁⁽²⁾ = w₁ x₁ + w₃ x₂"]],
    // A text of several lines
    [
      "2-2-1",
      "layered",
      "We start with the chain rule.\ndE/dw_5\n  = delta_1^(3) a_1^(2)\n",
      ["∂E/∂w₅ = δ₁⁽³⁾ a₁⁽²⁾"],
    ],
  ];
  test.each(rows)("%s in %s: %j", (name, key, lines, expected) => {
    expect(told(name, key, lines)).toEqual({ statements: expected, slips: [], notation: key });
  });
});

test("formulas in Markdown are read where they stand, prose is not", () => {
  const text = [
    "# My derivation",
    "Let $g = f'(z_1^{(2)})$ and `$x_1 = 5$`. The weights $w_i$ cost \\$5.",
    "",
    "$$",
    "\\delta_1^{(2)} = g",
    "  w_5 \\delta_1^{(3)}",
    "$$",
    "so \\(\\frac{\\partial E}{\\partial w_1}\\) = $\\delta_1^{(2)} x_1$.",
    "{{< katex display=true >}}x_2 = 0{{< /katex >}}",
  ].join("\n");
  const { steps } = readSubmission(network("2-2-1"), notations.layered, text);
  expect(told("2-2-1", "layered", text).statements).toEqual([
    "g is f′(z₁⁽²⁾)",
    "δ₁⁽²⁾ = g w₅ δ₁⁽³⁾",
    "∂E/∂w₁ = δ₁⁽²⁾ x₁",
    "x₂ = 0",
  ]);
  const places = steps.flatMap(({ source, statements }) =>
    statements.map((statement) =>
      statement.kind === "relation" ? source.slice(statement.left.start, statement.right.end) : "definition",
    ),
  );
  expect(places).toEqual([
    "definition",
    "\\delta_1^{(2)} = g\n  w_5 \\delta_1^{(3)}",
    "\\frac{\\partial E}{\\partial w_1}\\) = $\\delta_1^{(2)} x_1",
    "x_2 = 0",
  ]);
});

describe("the markup of the usual flavours holds formulas, its code does not", () => {
  test.each([
    ["GitHub's fence", "```math\nx_1 = 1\n```", ["x_1 = 1"]],
    ["GitLab's and GitHub's inline", "so $`x_1 = 1`$ holds", ["x_1 = 1"]],
    ["MyST's fence", "```{math}\nx_1 = 1\n```", ["x_1 = 1"]],
    ["a fence of tildes", "~~~~math\nx_1 = 1\n~~~~", ["x_1 = 1"]],
    ["Hugo's shortcode", "{{% katex %}}x_1 = 1{{% /katex %}}", ["x_1 = 1"]],
    ["MathJax's brackets", "\\(x_1\\) and \\[x_2\\]", ["x_1", "x_2"]],
    ["an environment", "\\begin{align*}x_1 &= 1\\end{align*}", ["\\begin{align*}x_1 &= 1\\end{align*}"]],
    ["code", "```python\nx = '$x_1 = 1$'\n```\n`$x_2$` and ~~~\n$x_3$\n~~~ $x_4$", ["x_4"]],
    [
      "a drawing and a listing",
      "\\begin{tikzpicture}$a$\\end{tikzpicture}\\begin{verbatim}$b$\\end{verbatim}$c$",
      ["c"],
    ],
    ["money", "\\$5 and $x_1$", ["x_1"]],
  ])("%s", (_, text, formulas) => {
    expect(delimited(text).map(({ start, end }) => text.slice(start, end))).toEqual(formulas);
  });
});

describe("own names are definitions, before or after their use", () => {
  const rows: readonly Row[] = [
    [
      "2-2-1",
      "layered",
      ["\\delta_1^{(2)} = g w_5", "\\text{let } g = f'(z_1^{(2)})"],
      ["δ₁⁽²⁾ = g w₅", "g is f′(z₁⁽²⁾)"],
    ],
    [
      "2-2-1",
      "layered",
      ["\\delta_1^{(2)} = g w_5 \\quad (g = f'(z_1^{(2)}))"],
      ["δ₁⁽²⁾ = g w₅", "g is f′(z₁⁽²⁾)"],
    ],
    [
      "2-2-1",
      "layered",
      ["err = y - ŷ = -q", "q = \\hat y - y"],
      ["err is y − a₁⁽³⁾", "y − a₁⁽³⁾ = −q", "q is a₁⁽³⁾ − y"],
    ],
    ["2-2-1", "layered", ["g = x_1", "g = x_2"], ["g is x₁", "g = x₂"]],
    // Behind another heading a name may mean something else; a number is a claim about what a formula has defined
    [
      "2-2-1",
      "layered",
      "# 1\n$g = x_1$\n## 2\n$g = x_2$\n$g = 3$\n# 3\n$g = 2$\n$p = 1$\n# 4\n$p = 2$",
      ["g is x₁", "g is x₂", "g = 3", "g = 2", "p is 1", "p is 2"],
    ],
    ["2-2-1", "layered", ["g = x_1", "g := x_2"], ["g is x₁", "g is x₂"]],
    // A name of the network's letters is a slip, not a new name, unless "let" says so
    [
      "2-2-1",
      "layered",
      ["z_7^{(2)} = x_1"],
      [
        'Unknown name "z_7^(2)" at character 1; the network has nothing of this name in this notation. Did you mean "z_1^(2)"?',
      ],
    ],
    ["2-2-1", "layered", ["\\text{let } z_7 = x_1", "z_7 = w_1"], ["z_7 is x₁", "z₇ = w₁"]],
    // With an index, the name stands for one number for each unit
    [
      "3-4-2",
      "layered",
      ["e_k = a_k^{(3)} - y_k", "\\delta_k^{(3)} = e_k", "e_2 = 0"],
      ["e_k is aⱼ⁽³⁾ − yⱼ", "δ₁⁽³⁾ = eₖ₁ (1 of 2)", "eₖ₂ = 0"],
    ],
    // Definitions in a circle mean nothing
    [
      "2-2-1",
      "layered",
      ["g = q", "q = g"],
      [
        'Unknown name "g" at character 1; the network has nothing of this name in this notation.',
        'Unknown name "q" at character 1; the network has nothing of this name in this notation.',
      ],
    ],
  ];
  test.each(rows)("%s in %s: %j", (name, key, lines, expected) => {
    expect(told(name, key, lines).statements).toEqual(expected);
  });
});

describe("slips of notation are read with a sentence, where they can mean one thing only", () => {
  const rows: readonly (readonly [NetworkName, NotationKey, string, string, readonly string[]])[] = [
    [
      "2-2-1",
      "layered",
      "z_1^2 = 0",
      "z₁⁽²⁾ = 0",
      ["z_1^2 is read as z_1^(2): a layer mark stands in brackets, or it is a power."],
    ],
    ["2-2-1", "layered", "L = 0", "E = 0", ["L is a name of the dialect bishop; in layered it is E."]],
    [
      "2-2-1",
      "layered",
      "net_{h1} = 0",
      "z₁⁽²⁾ = 0",
      ["net_h1 is a name of the dialect net-out; in layered it is z_1^(2)."],
    ],
    [
      "3-4-2",
      "layered",
      "w_{31}^{(3)} = 0",
      "w₁₃⁽³⁾ = 0",
      ["The indices of w_31^(3) stand the other way round; in layered it is w_13^(3)."],
    ],
    [
      "3-4-2",
      "layered",
      "\\delta_j^{(2)} = \\sum_k w_{jk}^{(3)} \\delta_k^{(3)}",
      "δ₁⁽²⁾ = w₁₁⁽³⁾ δ₁⁽³⁾ + w₂₁⁽³⁾ δ₂⁽³⁾ (1 of 4)",
      ["The indices of w_jk^(3) stand the other way round; in layered it is w_kj^(3)."],
    ],
    // Both orders are weights: nothing is guessed
    ["3-4-2", "layered", "w_{12}^{(3)} = 0", "w₁₂⁽³⁾ = 0", []],
    ["equations", "scalar", "w^2 = 0", "w² = 0", []],
  ];
  test.each(rows)("%s in %s: %s", (name, key, line, statement, slips) => {
    expect(told(name, key, [line])).toEqual({ statements: [statement], slips, notation: key });
  });
});

describe("a dialect that nobody declared is the one that reads most", () => {
  const rows: readonly (readonly [NetworkName, readonly string[], NotationKey])[] = [
    ["3-4-2", ["\\delta_j^{(2)} = f'(z_j^{(2)}) \\sum_k w_{kj}^{(3)} \\delta_k^{(3)}"], "layered"],
    ["3-4-2", ["E = 0"], "layered"],
    ["3-4-2", ["a_4 = w_{41} x_1 + w_{42} x_2 + w_{43} x_3 + b_4", "z_4 = h(a_4)"], "bishop"],
    ["3-4-2", ["net_{h1} = w_{i1h1} i_1", "out_{h1} = \\tanh(net_{h1})"], "net-out"],
    ["2-3-3-2", ["C = 0", "a_1^{(2)} = \\sigma(z_1^{(2)})"], "nielsen"],
    ["units", ["\\delta_{o1} = -(target_{o1} - out_{o1})"], "net-out"],
  ];
  test.each(rows)("%s: %j", (name, lines, notation) => {
    expect(told(name, undefined, lines).notation).toBe(notation);
  });
});

describe("index letters stand for every unit, letters of layers for every layer", () => {
  const rows: readonly Row[] = [
    [
      "3-4-2",
      "layered",
      ["\\frac{\\partial E}{\\partial w_{ji}^{(2)}} = \\delta_j^{(2)} x_i"],
      ["∂E/∂w₁₁⁽²⁾ = δ₁⁽²⁾ x₁ (1 of 12)"],
    ],
    [
      "2-3-3-2",
      "layered",
      ["\\delta_j^{(l)} = f'(z_j^{(l)}) \\sum_k w_{kj}^{(l+1)} \\delta_k^{(l+1)}"],
      ["δ₁⁽²⁾ = f′(z₁⁽²⁾) (w₁₁⁽³⁾ δ₁⁽³⁾ + w₂₁⁽³⁾ δ₂⁽³⁾ + w₃₁⁽³⁾ δ₃⁽³⁾) (1 of 6)"],
    ],
    [
      "2-3-3-2",
      "nielsen",
      ["\\delta^l_j = \\sigma'(z^l_j) \\sum_k w^{l+1}_{kj} \\delta^{l+1}_k"],
      ["δ₁⁽²⁾ = (δ₁⁽³⁾ w₁₁⁽³⁾ + δ₂⁽³⁾ w₂₁⁽³⁾ + δ₃⁽³⁾ w₃₁⁽³⁾) · ∂a₁⁽²⁾/∂z₁⁽²⁾ (1 of 6)"],
    ],
    ["2-3-3-2", "layered", ["\\delta_k^{(L)} = a_k^{(L)} - y_k"], ["δ₁⁽⁴⁾ = a₁⁽⁴⁾ − y₁ (1 of 2)"]],
    // Given names are counted
    [
      "2-2-1",
      "layered",
      ["w_i := w_i - \\alpha \\frac{\\partial E}{\\partial w_i}"],
      ["w₁ − α · ∂E/∂w₁ := w₁ − α · ∂E/∂w₁ (1 of 6)"],
    ],
    [
      "units",
      "net-out",
      ["\\delta_{o_k} = -(target_{o_k} - out_{o_k})", "E = \\sum_k \\frac12 (target_{o_k} - out_{o_k})^2"],
      [
        "δₒ₁ = −(target_o1 − out_o1) (1 of 2)",
        "E_total = 1/2 · (target_o1 − out_o1)² + 1/2 · (target_o2 − out_o2)²",
      ],
    ],
    [
      "units",
      "net-out",
      [
        "\\delta_{o} = -(target_{o} - out_{o})",
        "E_{total} = \\sum\\limits_{o} {\\frac12 (target_{o} - out_{o})^2}",
      ],
      [
        "δₒ₁ = −(target_o1 − out_o1) (1 of 2)",
        "E_total = 1/2 · (target_o1 − out_o1)² + 1/2 · (target_o2 − out_o2)²",
      ],
    ],
    ["2-2-1", "layered", ["\\delta_1^{[3]} = 0 \\; \\checkmark"], ["δ₁⁽³⁾ = 0"]],
    // Where layers have no marks, each layer that fits is a reading
    [
      "2-3-3-2",
      "bishop",
      ["\\delta_j = h'(a_j) \\sum_k w_{kj} \\delta_k"],
      ["δ₃ = h′(a₃) (w₆₃ δ₆ + w₇₃ δ₇ + w₈₃ δ₈) (1 of 3) or δ₆ = h′(a₆) (w₉₆ δ₉ + w_{10,6} δ₁₀) (1 of 3)"],
    ],
    // An index that would count two things
    [
      "3-4-2",
      "layered",
      ["z_j^{(2)} = \\sum_i w_{ji}^{(2)} x_j"],
      [
        "The index j counts units of layer 1 in z_j^(2) and inputs in x_j at character 33; it must count the same in both.",
      ],
    ],
    // Samples: the index may be left out
    [
      "1-1-1, three samples",
      "nielsen",
      [
        "\\frac{\\partial C}{\\partial w^{(2)}} = \\frac1n \\sum_{i=0}^{n-1} \\frac{\\partial C_i}{\\partial w^{(2)}}",
      ],
      ["∂C/∂w⁽²⁾ = 1/3 · (∂C₁/∂w⁽²⁾ + ∂C₂/∂w⁽²⁾ + ∂C₃/∂w⁽²⁾)"],
    ],
    [
      "1-1-1, three samples",
      "nielsen",
      ["z^{(3)} = w^{(3)} a^{(2)} + b^{(3)}"],
      ["z₁⁽³⁾ = w⁽³⁾ a₁⁽²⁾ + b⁽³⁾ (1 of 3)"],
    ],
  ];
  test.each(rows)("%s in %s: %j", (name, key, lines, expected) => {
    expect(told(name, key, lines).statements).toEqual(expected);
  });
});

describe("formulas of whole layers are read entry by entry", () => {
  const rows: readonly Row[] = [
    [
      "3-4-2",
      "layered",
      [
        "z^{(2)} = W^{(2)} x + b^{(2)}",
        "\\mathbf{z}^{(3)} = \\mathbf{W}^{(3)} \\vec{a}^{(2)} + \\boldsymbol{b}^{(3)}",
      ],
      [
        "z₁⁽²⁾ = w₁₁⁽²⁾ x₁ + w₁₂⁽²⁾ x₂ + w₁₃⁽²⁾ x₃ + b₁⁽²⁾ (1 of 4)",
        "z₁⁽³⁾ = w₁₁⁽³⁾ a₁⁽²⁾ + w₁₂⁽³⁾ a₂⁽²⁾ + w₁₃⁽³⁾ a₃⁽²⁾ + w₁₄⁽³⁾ a₄⁽²⁾ + b₁⁽³⁾ (1 of 2)",
      ],
    ],
    [
      "3-4-2",
      "layered",
      [
        "\\delta^{(2)} = f'(z^{(2)}) \\odot (W^{(3)})^T \\delta^{(3)}",
        "\\delta^{(2)} = W^{(3)\\top} \\delta^{(3)} \\circ f'(z^{(2)})",
      ],
      [
        "δ₁⁽²⁾ = f′(z₁⁽²⁾) (w₁₁⁽³⁾ δ₁⁽³⁾ + w₂₁⁽³⁾ δ₂⁽³⁾) (1 of 4)",
        "δ₁⁽²⁾ = (w₁₁⁽³⁾ δ₁⁽³⁾ + w₂₁⁽³⁾ δ₂⁽³⁾) f′(z₁⁽²⁾) (1 of 4)",
      ],
    ],
    [
      "3-4-2",
      "layered",
      ["\\frac{\\partial E}{\\partial W^{(3)}} = \\nabla_{W^{(3)}} E = \\delta^{(3)} (a^{(2)})^T"],
      ["∂E/∂w₁₁⁽³⁾ = ∂E/∂w₁₁⁽³⁾ (1 of 8)", "∂E/∂w₁₁⁽³⁾ = δ₁⁽³⁾ a₁⁽²⁾ (1 of 8)"],
    ],
    [
      "3-4-2",
      "layered",
      ["\\frac{\\partial a^{(2)}}{\\partial z^{(2)}} = \\operatorname{diag}(f'(z^{(2)}))"],
      ["∂a₁⁽²⁾/∂z₁⁽²⁾ = f′(z₁⁽²⁾) (1 of 16)"],
    ],
    [
      "3-4-2",
      "layered",
      ["\\hat y = \\operatorname{softmax}(z^{(3)})", "a^{(2)} \\odot (1 - a^{(2)}) = 0"],
      ["a₁⁽³⁾ = softmax(z₁⁽³⁾, z₂⁽³⁾)₁ (1 of 2)", "a₁⁽²⁾ (1 − a₁⁽²⁾) = 0 (1 of 4)"],
    ],
    [
      "3-4-2",
      "layered",
      ["x = \\begin{bmatrix} x_1 \\\\ 0.5 \\\\ x_3 \\end{bmatrix}", "\\left(W^{(3)} a^{(2)}\\right)_2 = 0"],
      ["x₁ = x₁ (1 of 3)", "w₂₁⁽³⁾ a₁⁽²⁾ + w₂₂⁽³⁾ a₂⁽²⁾ + w₂₃⁽³⁾ a₃⁽²⁾ + w₂₄⁽³⁾ a₄⁽²⁾ = 0"],
    ],
    [
      "2-3-3-2",
      "layered",
      ["E = \\frac12 \\|\\hat y - y\\|^2"],
      ["E = 1/2 · ((y₁ − a₁⁽⁴⁾)² + (y₂ − a₂⁽⁴⁾)²)"],
    ],
    [
      "2-3-3-2",
      "layered",
      ["\\delta^{(l)} = (W^{(l+1)})^T \\delta^{(l+1)} \\odot f'(z^{(l)})"],
      ["δ₁⁽²⁾ = (w₁₁⁽³⁾ δ₁⁽³⁾ + w₂₁⁽³⁾ δ₂⁽³⁾ + w₃₁⁽³⁾ δ₃⁽³⁾) f′(z₁⁽²⁾) (1 of 6)"],
    ],
    [
      "3-4-2",
      "layered",
      ["W^{(2)} := W^{(2)} - \\alpha \\delta^{(2)} x^T"],
      ["w₁₁⁽²⁾ − α · ∂E/∂w₁₁⁽²⁾ := w₁₁⁽²⁾ − α δ₁⁽²⁾ x₁ (1 of 12)"],
    ],
    // Shapes that do not fit
    [
      "3-4-2",
      "layered",
      ["\\delta^{(2)} = W^{(3)} \\delta^{(3)} \\odot f'(z^{(2)})"],
      [
        "A product of what is 2 × 4 and what is 2 × 1 at character 16 does not exist: 4 columns cannot meet 2 rows; an elementwise product is written ⊙.",
      ],
    ],
    [
      "3-4-2",
      "layered",
      ["\\delta^{(2)} = (W^{(3)})^T \\delta^{(3)} f'(z^{(2)})"],
      [
        "A product of what is 4 × 1 and what is 4 × 1 at character 16 does not exist: 1 column cannot meet 4 rows; an elementwise product is written ⊙.",
      ],
    ],
    [
      "3-4-2",
      "layered",
      ["\\frac{\\partial E}{\\partial W^{(2)}} = x (\\delta^{(2)})^T"],
      ["What is 4 × 3 and what is 3 × 4 at character 6 cannot be equal: their shapes differ."],
    ],
    [
      "3-4-2",
      "layered",
      ["\\delta^{(2)} = x + b^{(2)}"],
      ["What is 3 × 1 and what is 4 × 1 at character 16 cannot be added: their shapes differ."],
    ],
  ];
  test.each(rows)("%s in %s: %j", (name, key, lines, expected) => {
    expect(told(name, key, lines).statements).toEqual(expected);
  });
});

describe("what cannot be read is said in its place, and the rest is read", () => {
  const rows: readonly Row[] = [
    [
      "2-2-1",
      "layered",
      ["e = a_1^{(3)} - y"],
      [
        "The e at character 1 is Euler's number, 2.718…; give a quantity of your own another name, such as err or e_1.",
      ],
    ],
    // The derivative by w, or a differential: no name of one's own
    [
      "2-2-1",
      "layered",
      ["dw_5 = x_1"],
      ['Unknown name "d" at character 1; the network has nothing of this name in this notation.'],
    ],
    [
      "2-2-1",
      "layered",
      ["\\left.\\frac{\\partial E}{\\partial w_5}\\right|_{w_5=0.3} = 0.02"],
      [
        "What is put in at a bar at character 12, as in |_{w=0.6}, is not read; write the derivative alone: numbers are compared at the values that are given.",
      ],
    ],
    [
      "2-2-1",
      "layered",
      ["x_1 = q + p = x_2 = w_1"],
      ['Unknown name "q" at character 7; the network has nothing of this name in this notation.', "x₂ = w₁"],
    ],
    [
      "2-2-1",
      "layered",
      ["x_1 = 0, x_2 = £, w_1 = 0"],
      [
        "x₁ = 0",
        "The sign £ at character 16 is not read in a formula; use names, numbers, + − · / ^, fractions, functions, Σ, ∂ and relations.",
        "w₁ = 0",
      ],
    ],
    ["2-2-1", "layered", ["x_1 = (x_2"], ["The bracket ( at character 7 is never closed; close it by )."]],
    [
      "2-2-1",
      "layered",
      ["\\def\\a{\\a\\a}\\a", "x_1 = 0"],
      [
        "The command \\def at character 1 defines or builds other commands, and formulas are read as they stand; write the formula out.",
        "x₁ = 0",
      ],
    ],
    [
      "2-2-1",
      "layered",
      ["$\\gdef\\frac#1#2{0}$ and $x_1 = 0$"],
      [
        "The command \\gdef at character 2 defines or builds other commands, and formulas are read as they stand; write the formula out.",
        "x₁ = 0",
      ],
    ],
    [
      "2-2-1",
      "layered",
      ["\\delta_1^{[:=3]} = 0"],
      [
        "The script at character 12 is no index; write letters, numbers and commas in subscripts, and a layer as ^{(2)}.",
      ],
    ],
    [
      "2-2-1",
      "layered",
      ["x_1 \\le x_2"],
      ["The sign ≤ at character 5 is no relation that is read; write =, ≈, := or ←."],
    ],
  ];
  test.each(rows)("%s in %s: %j", (name, key, lines, expected) => {
    expect(told(name, key, lines).statements).toEqual(expected);
  });

  /** Lines of all kinds, from which any parts may go missing or be doubled. */
  const lines = [
    "\\begin{aligned} \\frac{\\partial E}{\\partial w_{ji}^{(2)}} &= \\delta_j^{(l)} x_i \\\\ &\\quad + \\sum_{k=1}^{n} w_{kj}^{(3)} \\end{aligned}",
    "\\delta^{(2)} = (W^{(3)})^T \\delta^{(3)} \\odot f'(z^{(2)}) \\text{ where } g_j = \\boxed{\\hat y_j} \\quad (e = 1)",
    "$x = \\begin{bmatrix} 0{,}5 \\\\ x_2 \\end{bmatrix}$ and $$\\|x\\|^2 \\neq \\left. \\sqrt[3]{x} \\right|_{1}$$",
    "since dE/dw_31^(2) = sum_k delta_k^(3) * f''(z_1^(2)), w_11^+ <- w_11 - eta * d^2E/(dw_1 dw_2) = 1.2e-5",
    "\\sigma' = \\sigma(1-\\sigma) \\implies \\Delta w_i := \\max\\{0, \\log_2 x\\} \\stackrel{!}{=} \\sin 2x",
  ].map((line): readonly string[] => line.match(/\\[A-Za-z]+|\\.|[A-Za-z]+|./gsu)!);

  test("no text makes the reader throw", () => {
    const built = network("3-4-2");
    const line = fc.constantFrom(...lines);
    const cuts = fc.array(fc.tuple(fc.nat(), fc.nat(3), line, fc.nat()), { maxLength: 4 });
    fc.assert(
      fc.property(line, cuts, (parts, changes) => {
        const changed = changes.reduce<readonly string[]>((text, [place, gone, other, from]) => {
          const at = place % text.length;
          return [
            ...text.slice(0, at),
            ...other.slice(from % other.length).slice(0, 2),
            ...text.slice(at + gone),
          ];
        }, parts);
        expect(readSubmission(built, notations.layered, [changed.join("")]).steps).toHaveLength(1);
      }),
      { seed: 20240501, numRuns: 300 },
    );
  });

  test("steps beyond the limit are named, those before are read", () => {
    const { statements } = told(
      "2-2-1",
      "layered",
      Array.from({ length: 62 }, () => "x_1 = 0"),
    );
    expect(statements.slice(59)).toEqual([
      "x₁ = 0",
      "The submission has 62 steps, and at most 60 are read; hand in the others apart.",
      "The submission has 62 steps, and at most 60 are read; hand in the others apart.",
    ]);
  });

  test("long lines count together, and those behind the limit are named", () => {
    const line = `x_1 = 0${" + 0".repeat(900)}`;
    const { statements } = told(
      "2-2-1",
      "layered",
      Array.from({ length: 20 }, () => line),
    );
    expect(statements[12]).toBe("x₁ = 0");
    expect(statements[13]).toBe(
      "The submission has 72140 characters, and at most 50000 are read; hand in the others apart.",
    );
  });

  /** CPU time on a busy machine; the slowest of these takes about a tenth of it. */
  const budgetMs = 2000;

  test.each([
    ["braces", `${"{".repeat(1900)}x${"}".repeat(1900)}`],
    ["plain brackets", `${"(".repeat(1900)}x_1${")".repeat(1900)} = 0`],
    ["scripts", `x${"^{x".repeat(900)}`],
    ["plain scripts", `x${"^(x".repeat(900)}`],
    ["equality signs", "x_1 =".repeat(790)],
    ["letters for indices", `${"w_{ij}^{(2)} ".repeat(300)} = 0`],
    ["sums of sums", `${"\\sum_k ".repeat(500)} x_k = 0`],
    [
      "letters for layers",
      `${Array.from({ length: 300 }, (_, place) => `z_{${"abcdefgh"[place % 8]}}^{(l)}`).join("+")} = 0`,
    ],
    ["derivatives of derivatives", `${"\\frac{\\partial}{\\partial w_{11}^{(2)}}".repeat(90)} E = 0`],
    ["a matrix of matrices", `\\begin{bmatrix}${"x_1 & ".repeat(600)}x_1\\end{bmatrix} = 0`],
    ["whole layers", `${"W^{(2)} x + ".repeat(300)}x = 0`],
    ["own names", Array.from({ length: 300 }, (_, place) => `g_{a${place}} = g_{a${place + 1}}`).join(", ")],
    ["dollars", "$x_1 = 0$ ".repeat(390)],
    ["words", "since so where ".repeat(260)],
  ])("%s without end cost little", (_, source) => {
    const built = network("3-4-2");
    const before = process.cpuUsage();
    readSubmission(built, undefined, [source]);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(budgetMs);
  });
});

test("places are offsets into the line", () => {
  const source = "z_1^{(2)} = w_1 x_1 = 0";
  const { steps, notation } = readSubmission(network("2-2-1"), notations.layered, [
    { id: "first", latex: source },
    "= x_2",
  ]);
  expect(notation).toBe("layered");
  expect(steps.map(({ index, id }) => [index, id])).toEqual([
    [0, "first"],
    [1, undefined],
  ]);
  const places = steps.flatMap((step) =>
    step.statements.map((statement) =>
      statement.kind === "relation"
        ? [
            step.source.slice(statement.left.start, statement.left.end),
            step.source.slice(statement.right.start, statement.right.end),
            statement.implicitLeft,
          ]
        : statement,
    ),
  );
  expect(places).toEqual([
    ["z_1^{(2)}", "w_1 x_1", false],
    ["w_1 x_1", "0", false],
    ["", "x_2", true],
  ]);
});

test("a decimal keeps its digits, other numbers are put together", () => {
  const { steps } = readSubmission(network("2-2-1"), notations.layered, ["x_1 = 0.50 \\cdot 2 \\cdot 3"]);
  const [statement] = steps[0]!.statements;
  expect(statement).toMatchObject({
    readings: [
      {
        right: {
          args: [
            { value: { numerator: 1n, denominator: 2n }, decimals: 2 },
            { value: { numerator: 2n } },
            { value: { numerator: 3n } },
          ],
        },
      },
    ],
  });
});

test("free letters stand for every unit, sums are written out", () => {
  const { steps } = readSubmission(network("3-4-2"), notations.layered, [
    "z_j^{(2)} = \\sum_i w_{ji}^{(2)} x_i + b_j^{(2)}",
  ]);
  const [statement] = steps[0]!.statements;
  if (statement?.kind !== "relation") throw new Error("not read");
  const [reading] = statement.readings;
  const printing = { dialect: dialect(network("3-4-2"), notations.layered), digits: 9 };
  expect(
    reading!.instances.map(({ left, right, at }) => [at, plain(left, printing), plain(right, printing)]),
  ).toEqual([
    [[["j", 1]], "z₁⁽²⁾", "w₁₁⁽²⁾ x₁ + w₁₂⁽²⁾ x₂ + w₁₃⁽²⁾ x₃ + b₁⁽²⁾"],
    [[["j", 2]], "z₂⁽²⁾", "w₂₁⁽²⁾ x₁ + w₂₂⁽²⁾ x₂ + w₂₃⁽²⁾ x₃ + b₂⁽²⁾"],
    [[["j", 3]], "z₃⁽²⁾", "w₃₁⁽²⁾ x₁ + w₃₂⁽²⁾ x₂ + w₃₃⁽²⁾ x₃ + b₃⁽²⁾"],
    [[["j", 4]], "z₄⁽²⁾", "w₄₁⁽²⁾ x₁ + w₄₂⁽²⁾ x₂ + w₄₃⁽²⁾ x₃ + b₄⁽²⁾"],
  ]);
});
