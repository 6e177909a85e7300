// A formula as a mathjs expression tree, built node by node from our own syntax. mathjs's parser never sees a text,
// and its trees see neither names nor numbers of the user: these are bound to v0, v1, … at evaluation.
import type { EvalFunction, MathNode } from "mathjs";
import { layerMark } from "../../expression/formula.ts";
import type { BinaryOperator, Syntax } from "../../expression/syntax.ts";
import { type Given, math } from "./field.ts";
import { functionKey } from "./functions.ts";

/** What a variable of a tree stands for: the id of a quantity, or a number. */
export type Operand = string | Given;

export interface Tree {
  /** Evaluates with `v0`, `v1`, … and the functions `f_…` in its scope. */
  readonly code: EvalFunction;
  /** What v0, v1, … stand for. */
  readonly operands: readonly Operand[];
  /** Keys of the functions that the tree calls. */
  readonly functions: ReadonlySet<string>;
}

/** How names of a formula become operands: `operandOf` answers with nothing for a layer mark that is none. */
export type OperandOf = (name: string) => Operand | undefined;

/** The operands of a formula entry by entry, for a call that adds up the entries of its argument. */
export type EntriesOf = (call: Syntax & { kind: "call" }) => readonly OperandOf[] | undefined;

/** Builds the tree of a formula; `text` is what it was read from, to tell layer marks from powers. */
export function treeOf(
  syntax: Syntax,
  text: string,
  operandOf: OperandOf,
  entriesOf: EntriesOf = () => undefined,
): Tree {
  return compiled((builder) => builder.formula(syntax, text, operandOf, entriesOf));
}

/** Builds the tree of one function applied to operands. */
export function callTree(name: string, args: readonly Operand[]): Tree {
  return compiled((builder) => builder.call(name, args.map(builder.variable)));
}

interface Builder {
  readonly variable: (operand: Operand) => MathNode;
  readonly call: (name: string, args: readonly MathNode[]) => MathNode;
  readonly formula: (syntax: Syntax, text: string, operandOf: OperandOf, entriesOf: EntriesOf) => MathNode;
}

function compiled(build: (builder: Builder) => MathNode): Tree {
  const operands: Operand[] = [];
  const functions = new Set<string>();
  const variable = (operand: Operand): MathNode => {
    const known = operands.indexOf(operand);
    return new math.SymbolNode(`v${known < 0 ? operands.push(operand) - 1 : known}`);
  };
  const call = (name: string, args: readonly MathNode[]): MathNode => {
    const key = functionKey(name);
    functions.add(key);
    return new math.FunctionNode(new math.SymbolNode(`f_${key}`), [...args]);
  };
  const formula: Builder["formula"] = (syntax, text, operandOf, entriesOf) => {
    const node = (inner: Syntax) => formula(inner, text, operandOf, entriesOf);
    switch (syntax.kind) {
      case "number":
        return variable(syntax.value);
      case "name":
        return variable(required(syntax.name, operandOf));
      case "entry":
        throw new Error(`The entry ${syntax.name}[${syntax.index}] stands outside a partial.`);
      case "negative":
        return new math.OperatorNode("-", "unaryMinus", [node(syntax.of)]);
      case "call": {
        const terms = entriesOf(syntax)?.map((at) => formula(syntax.args[0]!, text, at, entriesOf));
        if (terms) return terms.reduce((left, right) => operatorNode("+", [left, right]));
        return call(syntax.name, syntax.args.map(node));
      }
      case "binary": {
        const marked = operandOf(layerMark(syntax, text) ?? "");
        if (marked !== undefined) return variable(marked);
        const pair: [MathNode, MathNode] = [node(syntax.left), node(syntax.right)];
        return syntax.operator === "^" ? call("power", pair) : operatorNode(syntax.operator, pair);
      }
    }
  };
  const root = build({ variable, call, formula });
  return { code: root.compile(), operands, functions };
}

function required(name: string, operandOf: OperandOf): Operand {
  const operand = operandOf(name);
  if (operand === undefined) throw new Error(`The referee knows no quantity "${name}".`);
  return operand;
}

function operatorNode(operator: Exclude<BinaryOperator, "^">, args: [MathNode, MathNode]): MathNode {
  switch (operator) {
    case "+":
      return new math.OperatorNode("+", "add", args);
    case "-":
      return new math.OperatorNode("-", "subtract", args);
    case "*":
      return new math.OperatorNode("*", "multiply", args);
    case "/":
      return new math.OperatorNode("/", "divide", args);
  }
}
