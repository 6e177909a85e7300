// Derivatives of functions as they are misremembered, as formulas in the argument x1 and the output y.
// Each is wrong at almost every argument; what differs from the truth by a sign or a factor alone is another row.
export const misrememberedDerivatives: Readonly<Record<string, readonly string[]>> = {
  sigmoid: ["y * (1 + y)", "1 - y", "y", "y^2", "1 - y^2", "(1 - y)^2", "x1 * (1 - x1)", "y - y^3"],
  tanh: ["1 - y", "1 + y^2", "y^2", "1 - x1^2", "y * (1 - y)", "(1 - y)^2", "1 / (1 + y^2)"],
  relu: ["x1", "y", "x1^2 / 2"],
  "leaky-relu": ["x1", "y"],
  exp: ["x1", "x1 * exp(x1 - 1)", "1", "1 / x1"],
  log: ["log(x1)", "exp(x1)", "1 / x1^2", "x1"],
  softplus: ["y", "y * (1 - y)", "exp(x1)", "log(1 + exp(x1))", "1 / (1 + exp(x1))"],
  sin: ["-cos(x1)", "sin(x1)"],
  cos: ["sin(x1)", "cos(x1)"],
  sqrt: ["1 / y", "2 * y", "y / 2", "1 / (2 * x1)"],
};
