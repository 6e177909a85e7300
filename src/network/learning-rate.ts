// The step size of gradient descent as a quantity: it belongs to no network, and dialects have a letter for it.
import type { Quantity } from "../expression/expr.ts";

export const learningRate: Quantity = { id: "learning rate", role: "learningRate", ranges: [], formals: [] };
