// The five lecture notes, row by row: what each of them says stands in the answer to its example, in its dialect, and
// lines of the same kinds stand in the answer to a second network of other sizes and another loss.
//
// Expected formulas are written down from the notes by hand, corrected where a note slips; `corrected` says how.
import { describe, expect, it } from "vitest";
import { exampleText } from "../src/examples.ts";
import { derivation } from "../src/index.ts";
import type { DerivationRequest } from "../src/request/schema.ts";

interface Row {
  /** The row's key in the list of what is to be reproduced. */
  readonly row: string;
  readonly example: string;
  /** LaTeX in the note's letters: every entry is part of one line of the example's answer with this `rule`. */
  readonly says: readonly string[];
  /** Key of the kind of line, or "sentence" for running text, in which `says` are words. */
  readonly rule: string;
  /** How a line of the same kind looks in the second network. */
  readonly elsewhere: RegExp;
  readonly corrected?: string;
}

/** A derivative ∂of/∂by or dof/dby in canonical LaTeX, as a pattern. */
const by = (of: string, under: string): string =>
  `\\\\frac\\{(\\\\partial|d)${of}\\}\\{(\\\\partial|d)${under}\\}`;

const rows: readonly Row[] = [
  {
    row: "000-a",
    example: "note-000",
    rule: "definition",
    says: ["a_j = \\sum_i w_{ji} z_i"],
    elsewhere: /^a_j=\\sum_iw_\{ji\}z_i\+b_j$/,
  },
  {
    row: "000-a",
    example: "note-000",
    rule: "definition",
    says: ["z_j = h(a_j)"],
    elsewhere: /^z_j=h\(a_j\)$/,
  },
  {
    row: "000-a",
    example: "note-000",
    rule: "sentence",
    says: ["pre-activation", "activation", "forward propagation"],
    elsewhere: /pre-activation.*activation.*forward propagation/,
  },
  {
    row: "000-b",
    example: "note-000",
    rule: "samples",
    says: ["L = \\sum_{n=1}^{N} L_n"],
    elsewhere: /^L=\\frac\{1\}\{N\}\\sum_\{n=1\}\^NL_n=/,
  },
  {
    row: "000-c",
    example: "note-000",
    rule: "gradient",
    says: [
      "\\frac{\\partial L_n}{\\partial w_{ji}} = \\frac{\\partial L_n}{\\partial a_j} \\frac{\\partial a_j}{\\partial w_{ji}} = \\delta_j z_i",
    ],
    elsewhere: new RegExp(`^${by("L_n", "w_\\{ji\\}")}=.*=\\\\delta_jz_i$`),
  },
  {
    row: "000-c",
    example: "note-000",
    rule: "local",
    says: ["\\frac{\\partial a_j}{\\partial w_{ji}} = z_i"],
    elsewhere: new RegExp(`^${by("a_j", "w_\\{ji\\}")}=z_i$`),
  },
  {
    row: "000-c",
    example: "note-000",
    rule: "sentence",
    says: ["local computation", "error signal at the output end", "activation signal at its input end"],
    elsewhere: /local computation/,
  },
  {
    row: "000-d",
    example: "note-000",
    rule: "sentence",
    says: ["are called errors"],
    elsewhere: /are called errors/,
  },
  {
    row: "000-e",
    example: "note-000",
    rule: "assignment",
    says: ["\\delta_k \\leftarrow \\frac{\\partial L_n}{\\partial a_k}"],
    elsewhere: new RegExp(`^\\\\delta_k\\\\leftarrow${by("L_n", "a_k")}$`),
  },
  {
    row: "000-e",
    example: "note-000",
    rule: "delta",
    says: ["= y_{n,o_1} - t_{n,o_1}"],
    elsewhere: /^\\delta_\{p_1\}=.*2\(y_\{n,p_1\}-t_\{n,p_1\}\)/,
  },
  {
    row: "000-f",
    example: "note-000",
    rule: "chain-rule",
    says: [
      "\\frac{\\partial L_n}{\\partial a_j} = \\sum_k \\frac{\\partial L_n}{\\partial a_k} \\frac{\\partial a_k}{\\partial a_j}",
    ],
    elsewhere: new RegExp(`^${by("L_n", "a_j")}=\\\\sum_k`),
  },
  {
    row: "000-f",
    example: "note-000",
    rule: "sentence",
    says: ["over all units to which it sends a connection"],
    elsewhere: /over all units to which it sends a connection/,
  },
  {
    row: "000-g",
    example: "note-000",
    rule: "delta",
    says: ["\\delta_j = h^{'}(a_j) \\sum_k w_{kj} \\delta_k"],
    elsewhere: /^\\delta_j=h'\(a_j\)\\sum_kw_\{kj\}\\delta_k/,
  },
  {
    row: "000-h",
    example: "note-000",
    rule: "assignment",
    says: ["a_j \\leftarrow \\sum_i w_{ji} z_i"],
    elsewhere: /^a_j\\leftarrow\\sum_i/,
  },
  {
    row: "000-h",
    example: "note-000",
    rule: "assignment",
    says: ["\\delta_j \\leftarrow h^{'}(a_j) \\sum_k w_{kj} \\delta_k"],
    elsewhere: /^\\delta_j\\leftarrowh'\(a_j\)\\sum_k/,
  },
  {
    row: "000-h",
    example: "note-000",
    rule: "assignment",
    says: ["\\frac{\\partial L_n}{\\partial w_{ji}} \\leftarrow \\delta_j z_i"],
    elsewhere: /\\leftarrow\\delta_jz_i$/,
  },
  {
    row: "001-a",
    example: "note-001",
    rule: "update",
    says: ["w_1 := w_1 - \\alpha \\frac{\\partial E}{\\partial w_1}"],
    elsewhere: /^w_1:=w_1-\\alpha/,
  },
  {
    row: "001-b",
    example: "note-001",
    rule: "sentence",
    says: ["exercise", "diet", "∂y/∂x"],
    elsewhere: /exercise.*diet/,
  },
  {
    row: "001-c",
    example: "note-001",
    rule: "definition",
    says: ["z_1^{(2)} = w_1 x_1 + w_3 x_2"],
    elsewhere: /^z_1\^\{\(2\)\}=w_1x_1\+w_4x_2\+w_7x_3/,
  },
  {
    row: "001-c",
    example: "note-001",
    rule: "definition",
    says: ["z_1^{(3)} = w_5 a_1^{(2)} + w_6 a_2^{(2)}"],
    elsewhere: /^z_1\^\{\(3\)\}=w_\{10\}a_1\^\{\(2\)\}\+w_\{12\}a_2\^\{\(2\)\}\+w_\{14\}a_3\^\{\(2\)\}/,
    corrected: "The note adds a_1 w_6; w_6 leads from the second hidden unit.",
  },
  {
    row: "001-d",
    example: "note-001",
    rule: "definition",
    says: ["E = \\frac{1}{2} (y - a_1^{(3)})^2"],
    elsewhere: /^E_1=\(y_1-a_1\^\{\(3\)\}\)\^2/,
  },
  {
    row: "001-d",
    example: "note-001",
    rule: "sentence",
    says: ["cancels the 2"],
    elsewhere: /every unit is tanh/,
    corrected: "The second network's loss has no half, so nothing is said about one.",
  },
  {
    row: "001-e",
    example: "note-001",
    rule: "sentence",
    says: ["multiplications, one sum, and one function"],
    elsewhere: /multiplications, one sum/,
  },
  {
    row: "001-e",
    example: "note-001",
    rule: "cell",
    says: ["w_1 x_1"],
    elsewhere: /^w_7x_3$/,
  },
  {
    row: "001-f",
    example: "note-001",
    rule: "layer-mark",
    says: ["x_1 = a_1^{(1)}"],
    elsewhere: /^x_3=a_3\^\{\(1\)\}$/,
  },
  {
    row: "001-f",
    example: "note-001",
    rule: "sentence",
    says: ["subscript counts the units", "superscript names the layer"],
    elsewhere: /superscript names the layer/,
  },
  {
    row: "001-g",
    example: "note-001",
    rule: "chain-rule",
    says: [
      "\\frac{\\partial E}{\\partial w_1} = \\frac{\\partial E}{\\partial a_1^{(3)}} \\frac{\\partial a_1^{(3)}}{\\partial w_1}" +
        " = \\frac{\\partial E}{\\partial a_1^{(3)}} \\frac{\\partial a_1^{(3)}}{\\partial z_1^{(3)}} \\frac{\\partial z_1^{(3)}}{\\partial w_1}" +
        " = \\frac{\\partial E}{\\partial a_1^{(3)}} \\frac{\\partial a_1^{(3)}}{\\partial z_1^{(3)}} \\frac{\\partial z_1^{(3)}}{\\partial a_1^{(2)}} \\frac{\\partial a_1^{(2)}}{\\partial w_1}" +
        " = \\frac{\\partial E}{\\partial a_1^{(3)}} \\frac{\\partial a_1^{(3)}}{\\partial z_1^{(3)}} \\frac{\\partial z_1^{(3)}}{\\partial a_1^{(2)}} \\frac{\\partial a_1^{(2)}}{\\partial z_1^{(2)}} \\frac{\\partial z_1^{(2)}}{\\partial w_1}",
    ],
    elsewhere: new RegExp(
      `^${by("E", "w_1")}=${by("E", "E_1")}${by("E_1", "w_1")}\\+${by("E", "E_2")}${by("E_2", "w_1")}=`,
    ),
  },
  {
    row: "001-h",
    example: "note-001",
    rule: "delta",
    says: [
      "\\frac{\\partial E}{\\partial a_1^{(3)}} \\frac{\\partial a_1^{(3)}}{\\partial z_1^{(3)}} = -(y - a_1^{(3)}) f'(z_1^{(3)}) = (a_1^{(3)} - y) f'(z_1^{(3)})",
    ],
    elsewhere:
      /^\\delta_1\^\{\(3\)\}=.*=-2\(y_1-a_1\^\{\(3\)\}\)f'\(z_1\^\{\(3\)\}\)=2\(a_1\^\{\(3\)\}-y_1\)f'/,
  },
  {
    row: "001-i",
    example: "note-001",
    rule: "gradient",
    says: [
      "\\frac{\\partial E}{\\partial w_5} = \\frac{\\partial E}{\\partial z_1^{(3)}} \\frac{\\partial z_1^{(3)}}{\\partial w_5} = \\delta_1^{(3)} a_1^{(2)}",
    ],
    elsewhere: new RegExp(`^${by("E", "w_\\{15\\}")}=.*=\\\\delta_2\\^\\{\\(3\\)\\}a_3\\^\\{\\(2\\)\\}`),
  },
  {
    row: "001-i",
    example: "note-001",
    rule: "gradient",
    says: ["\\frac{\\partial E}{\\partial w_6} =", "= \\delta_1^{(3)} a_2^{(2)}"],
    elsewhere: new RegExp(`^${by("E", "w_\\{10\\}")}=.*=\\\\delta_1\\^\\{\\(3\\)\\}a_1\\^\\{\\(2\\)\\}`),
  },
  {
    row: "001-j",
    example: "note-001",
    rule: "delta",
    says: [
      "\\delta_1^{(2)} =",
      "\\frac{\\partial E}{\\partial z_1^{(3)}} \\frac{\\partial z_1^{(3)}}{\\partial a_1^{(2)}} \\frac{\\partial a_1^{(2)}}{\\partial z_1^{(2)}} = \\delta_1^{(3)} w_5 f'(z_1^{(2)})",
    ],
    elsewhere:
      /^\\delta_1\^\{\(2\)\}=.*\(\\delta_1\^\{\(3\)\}w_\{10\}\+\\delta_2\^\{\(3\)\}w_\{11\}\)f'\(z_1\^\{\(2\)\}\)/,
    corrected: "The note has ∂z_1^(3)/∂a_1^(3); the chain goes on through a_1^(2).",
  },
  {
    row: "001-j",
    example: "note-001",
    rule: "delta",
    says: ["\\delta_2^{(2)} =", "= \\delta_1^{(3)} w_6 f'(z_2^{(2)})"],
    elsewhere: /^\\delta_3\^\{\(2\)\}=/,
  },
  {
    row: "001-k",
    example: "note-001",
    rule: "gradient",
    says: ["\\frac{\\partial E}{\\partial w_1} =", "= \\delta_1^{(2)} x_1 = \\delta_1^{(2)} a_1^{(1)}"],
    elsewhere: /=\\delta_2\^\{\(2\)\}x_3=\\delta_2\^\{\(2\)\}a_3\^\{\(1\)\}/,
  },
  {
    row: "001-l",
    example: "note-001",
    rule: "sentence",
    says: ["20 multiplications", "11 multiplications", "dynamic programming"],
    elsewhere: /\d+ multiplications.*\d+ multiplications.*dynamic programming/,
  },
  {
    row: "001-l",
    example: "note-001",
    rule: "sentence",
    says: ["It is used 4 times"],
    elsewhere: /It is used 6 times/,
  },
  {
    row: "001-m",
    example: "note-001",
    rule: "sentence",
    says: ["sigmoid, tanh and ReLU"],
    elsewhere: /sigmoid, tanh and ReLU/,
  },
  {
    row: "002-a",
    example: "note-002",
    rule: "sentence",
    says: ["The forward pass has three parts"],
    elsewhere: /The backward pass has two/,
  },
  {
    row: "002-b",
    example: "note-002",
    rule: "chain-rule",
    says: [
      "\\frac{\\partial L}{\\partial w_{35}} =",
      "\\frac{\\partial L}{\\partial a_5} \\frac{\\partial a_5}{\\partial z_5} \\frac{\\partial z_5}{\\partial w_{35}}",
    ],
    elsewhere: new RegExp(`${by("L_6", "a_6")}${by("a_6", "z_6")}${by("z_6", "w_\\{46\\}")}`),
  },
  {
    row: "002-b",
    example: "note-002",
    rule: "sentence",
    says: ["tells how much the loss L changes with the output a₅"],
    elsewhere: /how much the loss L₆ changes with the output a₆/,
  },
  {
    row: "002-b",
    example: "note-002",
    rule: "sentence",
    says: [
      "how much the activation a₅ changes with its weighted sum z₅",
      "derivative of the activation function",
    ],
    elsewhere: /how much the activation a₇ changes with its weighted sum z₇/,
  },
  {
    row: "002-b",
    example: "note-002",
    rule: "sentence",
    says: ["how much the weighted sum z₅ changes with the weight w₃₅", "it is a₃"],
    elsewhere: /how much the weighted sum z₆ changes with the weight w₄₆: it is a₄/,
  },
  {
    row: "002-c",
    example: "note-002",
    rule: "local",
    says: ["\\frac{\\partial z_5}{\\partial w_{i5}} = a_i"],
    elsewhere: new RegExp(`^${by("z_j", "w_\\{ij\\}")}=a_i$`),
  },
  {
    row: "002-c",
    example: "note-002",
    rule: "gradient-vector",
    says: ["\\nabla L =", "\\frac{\\partial L}{\\partial w_{35}}", "\\frac{\\partial L}{\\partial b_5}"],
    elsewhere: /^\\nablaL=.*w_\{46\}.*b_7/,
  },
  {
    row: "002-d",
    example: "note-002",
    rule: "update",
    says: [
      "w_{35}^{\\mathrm{new}} = w_{35}^{\\mathrm{old}} - \\eta \\cdot \\frac{\\partial L}{\\partial w_{35}}",
    ],
    elsewhere: /^w_\{46\}\^\{\\mathrm\{new\}\}=w_\{46\}\^\{\\mathrm\{old\}\}-\\eta/,
  },
  {
    row: "002-d",
    example: "note-002",
    rule: "sentence",
    says: ["where the loss grows fastest", "goes the other way"],
    elsewhere: /grows fastest.*goes the other way/,
  },
  {
    row: "003-a",
    example: "note-003",
    rule: "definition",
    says: ["z = w x + b"],
    elsewhere: /^u=vx\+c$/,
  },
  {
    row: "003-a",
    example: "note-003",
    rule: "definition",
    says: ["\\hat{y} = \\sigma(z)"],
    elsewhere: /^p=\\tanh\(u\)$/,
  },
  {
    row: "003-a",
    example: "note-003",
    rule: "definition",
    says: ["L = \\frac{1}{2} (y - \\hat{y})^2"],
    elsewhere: /^E=\(p-t\)\^4$/,
  },
  {
    row: "003-a",
    example: "note-003",
    rule: "gradient",
    says: ["\\frac{dL}{dw} = \\frac{dL}{dz} \\frac{dz}{dw}"],
    elsewhere: new RegExp(`^${by("E", "v")}=${by("E", "u")}${by("u", "v")}=`),
  },
  {
    row: "003-a",
    example: "note-003",
    rule: "chain-rule",
    says: ["= \\frac{dL}{d\\hat{y}} \\frac{d\\hat{y}}{dz} \\frac{dz}{dw}"],
    elsewhere: new RegExp(`=${by("E", "p")}${by("p", "u")}${by("u", "v")}=`),
  },
  {
    row: "003-a",
    example: "note-003",
    rule: "power",
    says: ["\\frac{dL}{d\\hat{y}} = \\hat{y} - y"],
    elsewhere: new RegExp(`^${by("E", "p")}=4\\(p-t\\)\\^3`),
  },
  {
    row: "003-a",
    example: "note-003",
    rule: "activation",
    says: ["\\frac{d\\hat{y}}{dz} = \\sigma'(z)"],
    elsewhere: new RegExp(`^${by("p", "u")}=\\\\tanh'\\(u\\)=1-p\\^2`),
  },
  {
    row: "003-a",
    example: "note-003",
    rule: "constant-multiple",
    says: ["\\frac{dz}{dw} = x"],
    elsewhere: new RegExp(`^${by("u", "v")}=x$`),
  },
  {
    row: "003-b",
    example: "two-paths",
    rule: "chain-rule",
    says: [
      "\\frac{\\partial F}{\\partial t} = \\frac{\\partial F}{\\partial x} \\frac{\\partial x}{\\partial t} + \\frac{\\partial F}{\\partial y} \\frac{\\partial y}{\\partial t}",
    ],
    elsewhere: new RegExp(
      `^${by("G", "s")}=${by("G", "u")}${by("u", "s")}\\+${by("G", "v")}${by("v", "s")}\\+${by("G", "w")}${by("w", "s")}`,
    ),
  },
  {
    row: "003-b",
    example: "two-paths",
    rule: "sentence",
    says: ["the derivative is the sum over all paths"],
    elsewhere: /There are 3 paths to the loss\./,
  },
  {
    row: "003-c",
    example: "note-003-vectors",
    rule: "passed-on",
    says: [
      "\\frac{\\partial L}{\\partial x_i} = \\frac{\\partial L}{\\partial y_1} \\frac{\\partial y_1}{\\partial x_i} + \\frac{\\partial L}{\\partial y_2} \\frac{\\partial y_2}{\\partial x_i} + \\frac{\\partial L}{\\partial y_3} \\frac{\\partial y_3}{\\partial x_i} = \\sum_{j=1}^{3} \\frac{\\partial L}{\\partial y_j} \\frac{\\partial y_j}{\\partial x_i}",
    ],
    elsewhere: new RegExp(
      `^${by("E", "u_i")}=${by("E", "v_1")}${by("v_1", "u_i")}\\+${by("E", "v_2")}${by("v_2", "u_i")}=\\\\sum_\\{j=1\\}\\^2${by("E", "v_j")}${by("v_j", "u_i")}$`,
    ),
  },
  {
    row: "003-d",
    example: "note-003-vectors",
    rule: "vector-jacobian",
    says: [
      "\\frac{\\partial L}{\\partial x} = \\left(\\frac{\\partial y}{\\partial x}\\right)^\\top \\frac{\\partial L}{\\partial y} = " +
        "\\begin{bmatrix} \\frac{\\partial y_1}{\\partial x_1} & \\frac{\\partial y_2}{\\partial x_1} & \\frac{\\partial y_3}{\\partial x_1} \\\\ \\frac{\\partial y_1}{\\partial x_2} & \\frac{\\partial y_2}{\\partial x_2} & \\frac{\\partial y_3}{\\partial x_2} \\end{bmatrix} \\begin{bmatrix} \\frac{\\partial L}{\\partial y_1} \\\\ \\frac{\\partial L}{\\partial y_2} \\\\ \\frac{\\partial L}{\\partial y_3} \\end{bmatrix}",
    ],
    elsewhere: /=\\begin\{bmatrix\}(.*?\\\\){2}.*\\end\{bmatrix\}\\begin\{bmatrix\}.*E.*\\end\{bmatrix\}/,
    corrected: "The note first writes (∂L/∂y)(∂y/∂x) for what is (∂y/∂x)ᵀ ∂L/∂y with column vectors.",
  },
  {
    row: "003-d",
    example: "note-003-vectors",
    rule: "sentence",
    says: ["The error at xᵢ is the transposed Jacobian times the error at yᵢ"],
    elsewhere: /The error at uᵢ is the transposed Jacobian times the error at vᵢ/,
  },
  {
    row: "003-d",
    example: "note-003-layers",
    rule: "vector-jacobian",
    says: ["\\frac{\\partial L}{\\partial a} = ", "= (W^{(2)})^\\top \\frac{\\partial L}{\\partial z^{(2)}}"],
    elsewhere:
      /\\begin\{bmatrix\}.*\\end\{bmatrix\}\\begin\{bmatrix\}.*\\end\{bmatrix\}=\(W\^\{\(2\)\}\)\^\\top/,
  },
  {
    row: "003-e",
    example: "note-003-elementwise",
    rule: "forward",
    says: ["y = \\exp(x)"],
    elsewhere: /^c=\\tanh\(d\)$/,
  },
  {
    row: "003-e",
    example: "note-003-elementwise",
    rule: "jacobian",
    says: [
      "\\frac{\\partial y}{\\partial x} = \\operatorname{diag}(\\exp(x)) = \\begin{bmatrix} e^{x_1} & \\cdots & 0 \\\\ \\vdots & \\ddots & \\vdots \\\\ 0 & \\cdots & e^{x_n} \\end{bmatrix}",
    ],
    elsewhere: /=\\operatorname\{diag\}\(\\tanh'\(d\)\)=\\begin.*d_m/,
  },
  {
    row: "003-e",
    example: "note-003-elementwise",
    rule: "vector-jacobian",
    says: [
      "\\begin{bmatrix} e^{x_1} & \\cdots & 0 \\\\ \\vdots & \\ddots & \\vdots \\\\ 0 & \\cdots & e^{x_n} \\end{bmatrix} \\begin{bmatrix} \\frac{\\partial L}{\\partial y_1} \\\\ \\vdots \\\\ \\frac{\\partial L}{\\partial y_n} \\end{bmatrix} = \\exp(x) \\odot \\frac{\\partial L}{\\partial y}",
    ],
    elsewhere: /=\\tanh'\(d\)\\odot\\frac/,
  },
  {
    row: "003-e",
    example: "note-003-elementwise",
    rule: "sentence",
    says: ["it need not be built"],
    elsewhere: /it need not be built/,
  },
  {
    row: "003-f",
    example: "note-003-matrices",
    rule: "sentence",
    says: ["the shape N × m × N × p", "(VJP)", "never built", "only the derivatives by the parameters"],
    elsewhere: /the shape r × q × r × s.*\(VJP\)/,
  },
  {
    row: "003-f",
    example: "note-003-batch",
    rule: "sentence",
    says: ["4 × 3 × 4 × 2", "(VJP)", "never built", "only the derivatives by the weights"],
    elsewhere: /2 × 4 × 2 × 3.*\(VJP\)/,
  },
  {
    row: "004-a",
    example: "note-004",
    rule: "samples",
    says: [
      "\\frac{\\partial C}{\\partial w} = \\frac{1}{n} \\sum_{i=0}^{n-1} \\frac{\\partial C_i}{\\partial w}",
    ],
    elsewhere:
      /^\\frac\{\\partialC\}\{\\partialw_\{jk\}\^\{\(2\)\}\}=\\frac\{1\}\{n\}\\sum_\{i=0\}\^\{n-1\}\\frac\{\\partialC_i\}\{\\partialw_\{jk\}\^\{\(2\)\}\}/,
  },
  {
    row: "004-b",
    example: "note-004",
    rule: "definition",
    says: ["C_i = (a - y_i)^2"],
    elsewhere: /^C_i=\\frac\{1\}\{2\}\(a_1\^\{\(3\)\}-y_i\)\^2/,
  },
  {
    row: "004-b",
    example: "note-004",
    rule: "definition",
    says: ["a = \\sigma(z)"],
    elsewhere: /^a_j\^\{\(2\)\}=\\sigma\(z_j\^\{\(2\)\}\)/,
  },
  {
    row: "004-b",
    example: "note-004",
    rule: "definition",
    says: ["z = w x + b"],
    elsewhere: /^z_j\^\{\(2\)\}=\\sum_kw_\{jk\}\^\{\(2\)\}x_k\+b_j\^\{\(2\)\}/,
    corrected: "The note's bias has the index k of the sending unit; it belongs to the receiving one.",
  },
  {
    row: "004-c",
    example: "note-004",
    rule: "chain-rule",
    says: [
      "\\frac{\\partial z}{\\partial w} \\frac{\\partial a}{\\partial z} \\frac{\\partial C_i}{\\partial a}",
    ],
    elsewhere: new RegExp(
      `${by("z_1\\^\\{\\(3\\)\\}", "w_\\{12\\}\\^\\{\\(3\\)\\}")}${by("a_1\\^\\{\\(3\\)\\}", "z_1\\^\\{\\(3\\)\\}")}${by("C_i", "a_1\\^\\{\\(3\\)\\}")}`,
    ),
  },
  {
    row: "004-d",
    example: "note-004",
    rule: "sentence",
    says: ["automatic differentiation in reverse mode", "outside inwards", "one component of the gradient"],
    elsewhere: /automatic differentiation in reverse mode/,
  },
];

/** A second network for each example: other sizes, another loss or function, the same dialect. */
const others: Readonly<Record<string, DerivationRequest>> = {
  "note-000": {
    network: {
      kind: "units",
      inputs: ["x_1", "x_2", "x_3"],
      units: [
        { name: "g_1", activation: "sigmoid", from: { x_1: "u_1", x_2: "u_2" }, bias: "b_1" },
        { name: "g_2", activation: "sigmoid", from: { x_3: "u_3", g_1: "u_4" }, bias: "b_2" },
        { name: "p_1", activation: "identity", from: { g_1: "u_5", g_2: "u_6", x_3: "u_7" }, bias: "b_3" },
        { name: "p_2", activation: "identity", from: { g_2: "u_8" }, bias: "b_4" },
      ],
      outputs: ["p_1", "p_2"],
      loss: "squared-error",
      reduction: "mean",
      samples: 5,
    },
    notation: "bishop",
    forms: ["chain", "delta", "indexed"],
    detail: "full",
  },
  "note-001": {
    network: {
      kind: "layers",
      inputs: 3,
      naming: "by-source",
      layers: [
        { type: "dense", units: 3, activation: "tanh", bias: "none" },
        { type: "dense", units: 2, activation: "tanh", bias: "none" },
      ],
      loss: "squared-error",
      initialise: { scheme: "uniform", seed: 3 },
      samples: [{ inputs: [0.3, -0.2, 0.5], targets: [0.1, 0.4] }],
    },
    notation: "layered",
    forms: ["chain", "delta", "indexed", "matrix"],
    detail: "full",
    update: { learningRate: 0.1 },
  },
  "note-002": {
    network: {
      kind: "layers",
      inputs: 3,
      layers: [
        { type: "dense", units: 2, activation: "tanh" },
        { type: "dense", units: 2, activation: "tanh" },
      ],
      loss: "squared-error",
      initialise: { scheme: "uniform", seed: 5 },
      samples: [{ inputs: [0.3, -0.2, 0.5], targets: [0.1, 0.4] }],
    },
    parameters: ["W2[1,1]", "W2[2,2]", "b2[2]"],
    notation: "from-to",
    forms: ["chain", "delta", "indexed"],
    detail: "full",
    update: { learningRate: 0.1 },
  },
  "note-003": {
    network: {
      kind: "equations",
      equations: ["u = v*x + c", "p = tanh(u)", "E = (p - t)^4"],
      loss: "E",
      parameters: ["v", "c"],
      constants: ["x", "t"],
    },
    notation: "scalar",
    forms: ["chain", "delta"],
    detail: "full",
  },
  "two-paths": {
    network: {
      kind: "equations",
      equations: ["u = u(s)", "v = v(s)", "w = w(s)", "G = g(u, v, w)"],
      functions: ["g"],
      loss: "G",
      parameters: ["s"],
    },
    notation: "scalar",
    detail: "full",
  },
  "note-003-vectors": {
    network: {
      kind: "equations",
      equations: ["v_1 = u_1*u_2*u_3", "v_2 = sin(u_2) + u_3", "E = log(v_1^2 + v_2^2)"],
      loss: "E",
      parameters: { u_1: 0.4, u_2: 1.5, u_3: -0.7 },
      vectors: { u: ["u_1", "u_2", "u_3"], v: ["v_1", "v_2"] },
    },
    notation: "scalar",
    forms: ["indexed", "matrix"],
    detail: "full",
  },
  "note-003-elementwise": {
    network: {
      kind: "equations",
      equations: ["c = tanh(d)", "E = g(c)"],
      functions: ["g"],
      loss: "E",
      parameters: ["d"],
      shapes: { d: ["m"] },
    },
    notation: "scalar",
    forms: ["indexed", "matrix"],
    detail: "full",
  },
  "note-003-matrices": {
    network: {
      kind: "equations",
      equations: ["B = h(A)", "E = g(B)"],
      functions: ["g", "h"],
      loss: "E",
      parameters: ["A"],
      shapes: { A: ["r", "s"], B: ["r", "q"] },
    },
    notation: "scalar",
    forms: ["indexed", "matrix"],
    detail: "full",
  },
  "note-003-layers": {
    network: {
      kind: "layers",
      inputs: 1,
      layers: [
        { type: "dense", units: 3, activation: "tanh" },
        { type: "dense", units: 2, activation: "tanh" },
      ],
      loss: "squared-error",
    },
    notation: "scalar",
    forms: ["indexed", "matrix"],
    detail: "full",
  },
  "note-003-batch": {
    network: {
      kind: "layers",
      inputs: 3,
      layers: [{ type: "dense", units: 4, activation: "tanh" }],
      loss: "squared-error",
      samples: 2,
    },
    notation: "scalar",
    forms: ["matrix"],
    detail: "full",
  },
  "note-004": {
    network: {
      kind: "layers",
      inputs: 2,
      layers: [
        { type: "dense", units: 3, activation: "sigmoid" },
        { type: "dense", units: 1, activation: "sigmoid" },
      ],
      loss: "half-squared-error",
      reduction: "mean",
      samples: 4,
    },
    notation: "nielsen",
    forms: ["chain", "delta", "indexed"],
    detail: "full",
  },
};

/** One thing that an answer says: a line's LaTeX, a table cell's, or a sentence's text, under its kind. */
interface Saying {
  readonly rule: string;
  readonly text: string;
}

interface JsonInline {
  readonly text: string;
  readonly latex?: string;
}

interface JsonBlock {
  readonly blocks?: readonly JsonBlock[];
  readonly lines?: readonly { readonly rule?: string; readonly latex: string }[];
  readonly inlines?: readonly JsonInline[];
  readonly items?: readonly (readonly JsonInline[])[];
  readonly rows?: readonly (readonly (readonly JsonInline[])[])[];
}

function sayings(request: DerivationRequest): readonly Saying[] {
  const { derivation: document } = JSON.parse(derivation(request, "json")) as { derivation: JsonBlock };
  return sayingsOf(document);
}

function sayingsOf(block: JsonBlock): readonly Saying[] {
  const sentence = (inlines: readonly JsonInline[]): Saying => ({
    rule: "sentence",
    text: inlines.map(({ text }) => text).join(""),
  });
  return [
    ...(block.lines ?? []).map(({ rule = "", latex }) => ({ rule, text: canonical(latex) })),
    ...(block.inlines ? [sentence(block.inlines)] : []),
    ...(block.items ?? []).map(sentence),
    ...(block.rows ?? [])
      .flat(2)
      .flatMap(({ latex }) => (latex === undefined ? [] : [{ rule: "cell", text: canonical(latex) }])),
    ...(block.blocks ?? []).flatMap(sayingsOf),
  ];
}

/** LaTeX without spaces, braces around single characters, and with h' for h^{'}. */
function canonical(latex: string): string {
  return latex
    .replace(/(?<!\\)\\[ ,!]/g, "")
    .replace(/\^\{'\}/g, "'")
    .replace(/\s+/g, "")
    .replaceAll(/\[0\.[38]em\]/g, "")
    .replace(/([_^])\{(\\?[A-Za-z0-9]|\\top)\}/g, "$1$2");
}

const answers = new Map<string, readonly Saying[]>();

function said(name: string, request: () => DerivationRequest): readonly Saying[] {
  const known = answers.get(name) ?? sayings(request());
  answers.set(name, known);
  return known;
}

const ofExample = (name: string): readonly Saying[] =>
  said(name, () => ({ ...(JSON.parse(exampleText(name)) as DerivationRequest), detail: "full" }));
const ofOther = (name: string): readonly Saying[] => said(`other ${name}`, () => others[name]!);

/** Every row of the list; figures (000-i) are no lines. */
const listed = {
  "000": "abcdefgh",
  "001": "abcdefghijklm",
  "002": "abcd",
  "003": "abcdef",
  "004": "abcd",
} as const;

describe("The notes are reproduced", () => {
  it("The table has every row of the list", () => {
    const expected = Object.entries(listed).flatMap(([note, letters]) =>
      [...letters].map((letter) => `${note}-${letter}`),
    );
    expect([...new Set(rows.map(({ row }) => row))].sort()).toEqual(expected);
  });

  it.each(rows)("$row stands in the answer to $example: $says", ({ example, rule, says }) => {
    const wanted = rule === "sentence" ? says : says.map(canonical);
    const candidates = ofExample(example).filter((saying) => saying.rule === rule);
    const found = candidates.some(({ text }) => wanted.every((part) => text.includes(part)));
    expect(
      found,
      `${wanted.join(" and ")}\nnot in any of\n${candidates.map(({ text }) => text).join("\n")}`,
    ).toBe(true);
  });

  it.each(rows)("$row has its like in another network: $elsewhere", ({ example, rule, elsewhere }) => {
    const candidates = ofOther(example).filter((saying) => saying.rule === rule);
    const found = candidates.some(({ text }) => elsewhere.test(text));
    expect(found, `${elsewhere}\nmatches none of\n${candidates.map(({ text }) => text).join("\n")}`).toBe(
      true,
    );
  });
});
