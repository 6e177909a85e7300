// The networks that made-up students derive.
import type {
  LayersDescription,
  LossDescription,
  NetworkDescription,
} from "../../../src/network/description.ts";
import type { NotationKey } from "../../../src/notation/notation.ts";
import {
  type Activation,
  type Connection,
  fullyConnected,
  type Layer,
  type LossName,
  type Model,
  weightKey,
} from "./model.ts";

const allDialects: readonly NotationKey[] = ["bishop", "layered", "from-to", "scalar", "nielsen", "net-out"];

interface LayersModel {
  readonly title: string;
  readonly inputs: number;
  readonly layers: readonly Layer[];
  readonly loss: LossName;
  readonly naming?: "by-source" | "by-target";
  readonly notations: readonly NotationKey[];
}

function layersModel({ title, inputs, layers, loss, naming, notations }: LayersModel): Model {
  const description: LayersDescription = {
    kind: "layers",
    inputs,
    ...(naming && { naming }),
    layers: layers.map(({ units, activation, bias }) => ({
      type: "dense",
      units,
      activation: activation === "abstract" ? { abstract: "f" } : activation,
      bias,
    })),
    loss: loss as LossDescription,
    ...(loss === "categorical-cross-entropy" && { targets: "distribution" }),
  };
  const connections = fullyConnected(inputs, layers);
  return {
    title,
    description,
    notations,
    inputs,
    layers,
    connections,
    loss,
    names: naming ? numbered(connections, layers, naming) : new Map(),
  };
}

/** w_1, w_2, … by source or by target unit; biases b_1, b_2, … in order. */
function numbered(
  connections: readonly Connection[],
  layers: readonly Layer[],
  naming: "by-source" | "by-target",
): ReadonlyMap<string, string> {
  const end = naming === "by-source" ? "from" : "to";
  const other = naming === "by-source" ? "to" : "from";
  const ordered = connections.toSorted(
    (one, next) => one.to[0] - next.to[0] || one[end][1] - next[end][1] || one[other][1] - next[other][1],
  );
  const biases = layers.flatMap(({ bias, units }, before): readonly string[] => {
    if (bias === "none") return [];
    if (bias === "shared") return [`b:${before + 1}`];
    return Array.from({ length: units }, (_, position) => `b:${before + 1}.${position + 1}`);
  });
  return new Map([
    ...ordered.map((connection, position) => [weightKey(connection), `w_${position + 1}`] as const),
    ...biases.map((key, position) => [key, `b_${position + 1}`] as const),
  ]);
}

const layer = (units: number, activation: Activation, bias: Layer["bias"] = "per-unit"): Layer => ({
  units,
  activation,
  bias,
});

/** h_1, h_2 hidden, o_1 the output; the input x_1 also reaches the output, and h_1 reaches h_2. */
function skipModel(): Model {
  const description: NetworkDescription = {
    kind: "units",
    inputs: ["x_1", "x_2"],
    units: [
      { name: "h_1", activation: "sigmoid", from: { x_1: "w_1", x_2: "w_2" }, bias: "b_1" },
      { name: "h_2", activation: "sigmoid", from: { x_2: "w_3", h_1: "w_4" } },
      { name: "o_1", activation: "sigmoid", from: { x_1: "w_5", h_1: "w_6", h_2: "w_7" }, bias: "b_2" },
    ],
    outputs: ["o_1"],
    loss: "half-squared-error",
  };
  // h_2 stands in a layer of its own, since h_1 feeds it.
  const connections: readonly (readonly [Connection, string])[] = [
    [{ from: [0, 1], to: [1, 1] }, "w_1"],
    [{ from: [0, 2], to: [1, 1] }, "w_2"],
    [{ from: [0, 2], to: [2, 1] }, "w_3"],
    [{ from: [1, 1], to: [2, 1] }, "w_4"],
    [{ from: [0, 1], to: [3, 1] }, "w_5"],
    [{ from: [1, 1], to: [3, 1] }, "w_6"],
    [{ from: [2, 1], to: [3, 1] }, "w_7"],
  ];
  return {
    title: "skip connections",
    description,
    notations: ["net-out"],
    inputs: 2,
    layers: [layer(1, "sigmoid"), layer(1, "sigmoid", "none"), layer(1, "sigmoid")],
    connections: connections.map(([connection]) => connection),
    loss: "half-squared-error",
    names: new Map([
      ...connections.map(([connection, name]) => [weightKey(connection), name] as const),
      ["b:1.1", "b_1"],
      ["b:3.1", "b_2"],
      ["x:1", "x_1"],
      ["x:2", "x_2"],
    ]),
  };
}

function equationsModel(): Model {
  return {
    title: "z = wx + b",
    description: {
      kind: "equations",
      equations: ["z = w*x + b", "yhat = sigmoid(z)", "L = (y - yhat)^2 / 2"],
      loss: "L",
      parameters: ["w", "b"],
      constants: ["x", "y"],
    },
    notations: ["scalar"],
    inputs: 1,
    layers: [layer(1, "sigmoid")],
    connections: [{ from: [0, 1], to: [1, 1] }],
    loss: "half-squared-error",
    names: new Map([
      ["x:1", "x"],
      ["w:1.1.0.1", "w"],
      ["b:1.1", "b"],
      ["z:1.1", "z"],
      ["delta:1.1", "delta_z"],
      ["a:1.1", "yhat"],
      ["y:1", "y"],
      ["E:", "L"],
    ]),
  };
}

export const models: readonly Model[] = [
  layersModel({
    title: "2-2-1 numbered by source",
    inputs: 2,
    layers: [layer(2, "sigmoid", "none"), layer(1, "sigmoid", "none")],
    loss: "half-squared-error",
    naming: "by-source",
    notations: allDialects,
  }),
  layersModel({
    title: "2-2-2 numbered by target, shared biases",
    inputs: 2,
    layers: [layer(2, "sigmoid", "shared"), layer(2, "sigmoid", "shared")],
    loss: "half-squared-error",
    naming: "by-target",
    notations: allDialects,
  }),
  layersModel({
    title: "2-2-2 squared error",
    inputs: 2,
    layers: [layer(2, "sigmoid"), layer(2, "sigmoid")],
    loss: "squared-error",
    notations: allDialects,
  }),
  layersModel({
    title: "3-2-2-1 tanh",
    inputs: 3,
    layers: [layer(2, "tanh"), layer(2, "tanh"), layer(1, "tanh")],
    loss: "half-squared-error",
    notations: ["bishop", "layered", "from-to", "nielsen", "net-out"],
  }),
  layersModel({
    title: "2-3-2 with an abstract function",
    inputs: 2,
    layers: [layer(3, "abstract"), layer(2, "abstract")],
    loss: "half-squared-error",
    notations: ["layered", "from-to", "nielsen"],
  }),
  layersModel({
    title: "2-3 softmax",
    inputs: 2,
    layers: [layer(3, "softmax")],
    loss: "categorical-cross-entropy",
    notations: ["layered", "nielsen", "from-to"],
  }),
  layersModel({
    title: "2-2-3 tanh and softmax",
    inputs: 2,
    layers: [layer(2, "tanh"), layer(3, "softmax")],
    loss: "categorical-cross-entropy",
    notations: ["layered", "nielsen", "net-out"],
  }),
  layersModel({
    title: "2-2-1 cross-entropy",
    inputs: 2,
    layers: [layer(2, "sigmoid"), layer(1, "sigmoid")],
    loss: "binary-cross-entropy",
    notations: allDialects,
  }),
  layersModel({
    title: "3-2-1 linear output",
    inputs: 3,
    layers: [layer(2, "tanh"), layer(1, "identity")],
    loss: "half-squared-error",
    notations: ["bishop", "layered", "nielsen", "scalar"],
  }),
  skipModel(),
  equationsModel(),
];
