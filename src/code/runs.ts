// The part of the code that is the same for every network: loss and gradients over all samples, a check that does not
// use our formulas, and the answer as JSON, with the fields of POST /v1/gradients in the shape "arrays".
import type { LanguageName } from "./functions.ts";

/** Step of the central difference (E(w + h) - E(w - h)) / 2h, and the relative error that rounding leaves at most. */
const step = "1e-5";
const tolerance = "1e-6";

const total = (name: "numpy" | "pytorch") => `def loss(parameters):
    return weight * sum(forward(**parameters, **constants, **sample)["LOSS"] for sample in samples)


def gradients(parameters):
    totals = {name: 0 * value for name, value in parameters.items()}
    for sample in samples:
        given = dict(**parameters, **constants, **sample)
        deltas, own = backward(**given, **forward(**given))
        totals = {name: value + weight * own[name] for name, value in totals.items()}
    return totals
${name === "numpy" ? centralDifference : autograd}`;

const centralDifference = `

# Central differences: (E(w + h) - E(w - h)) / 2h for each entry w
def check(parameters, found, h=${step}):
    def shifted(name, at, by):
        moved = np.array(parameters[name], dtype=float)
        moved[at] += by
        return loss({**parameters, name: moved})

    errors = [
        abs((shifted(name, at, h) - shifted(name, at, -h)) / (2 * h) - np.asarray(found[name])[at])
        / max(1, abs(np.asarray(found[name])[at]))
        for name in parameters
        for at in np.ndindex(np.shape(parameters[name]))
    ]
    return dict(method="central-difference", relativeError=float(max(errors)), agrees=bool(max(errors) < ${tolerance}))


if not math.isfinite(loss(parameters)):
    raise ArithmeticError("The loss has no finite value: a function saturates at these numbers.")
values = gradients(parameters)
print(json.dumps(dict(
    loss=float(loss(parameters)),
    gradients={ids[name]: np.asarray(value).tolist() for name, value in values.items()},
    check=check(parameters, values),
)))`;

const autograd = `

# What automatic differentiation makes of the forward pass, against the formulas of the backward pass
def check(parameters, found):
    leaves = {name: value.clone().requires_grad_() for name, value in parameters.items()}
    reference = torch.autograd.grad(loss(leaves), list(leaves.values()), allow_unused=True)
    errors = [
        torch.max(torch.abs(found[name] - (0 if own is None else own)) / torch.clamp(torch.abs(found[name]), min=1))
        for name, own in zip(leaves, reference)
    ]
    error = float(max(errors))
    return dict(method="autograd", relativeError=error, agrees=error < 1e-9)


if not math.isfinite(loss(parameters)):
    raise ArithmeticError("The loss has no finite value: a function saturates at these numbers.")
values = gradients(parameters)
print(json.dumps(dict(
    loss=loss(parameters).item(),
    gradients={ids[name]: value.tolist() for name, value in values.items()},
    check=check(parameters, values),
)))`;

const javascript = `const map = (f, ...arrays) =>
  Array.isArray(arrays[0]) ? arrays[0].map((_, at) => map(f, ...arrays.map((one) => one[at]))) : f(...arrays);

const loss = (parameters) =>
  weight * samples.reduce((sum, sample) => sum + forward({ ...parameters, ...constants, ...sample }).LOSS, 0);

function gradients(parameters) {
  const totals = map((value) => 0 * value, Object.values(parameters));
  for (const sample of samples) {
    const given = { ...parameters, ...constants, ...sample };
    const [deltas, own] = backward({ ...given, ...forward(given) });
    Object.keys(parameters).forEach((name, at) => {
      totals[at] = map((sum, value) => sum + weight * value, totals[at], own[name]);
    });
  }
  return Object.fromEntries(Object.keys(parameters).map((name, at) => [name, totals[at]]));
}

// Central differences: (E(w + h) - E(w - h)) / 2h for each entry w
function check(parameters, found, h = ${step}) {
  const entries = (array) =>
    Array.isArray(array) ? array.flatMap((part, at) => entries(part).map(([path, value]) => [[at, ...path], value])) : [[[], array]];
  const moved = (array, [first, ...rest], by) =>
    first === undefined ? array + by : array.map((part, at) => (at === first ? moved(part, rest, by) : part));
  const shifted = (name, path, by) => loss({ ...parameters, [name]: moved(parameters[name], path, by) });
  const errors = Object.keys(parameters).flatMap((name) =>
    entries(found[name]).map(([path, value]) => {
      const difference = (shifted(name, path, h) - shifted(name, path, -h)) / (2 * h);
      return Math.abs(difference - value) / Math.max(1, Math.abs(value));
    }),
  );
  const relativeError = Math.max(...errors);
  return { method: "central-difference", relativeError, agrees: relativeError < ${tolerance} };
}

if (!Number.isFinite(loss(parameters)))
  throw new RangeError("The loss has no finite value: a function saturates at these numbers.");
const values = gradients(parameters);
console.log(JSON.stringify({
  loss: loss(parameters),
  gradients: Object.fromEntries(Object.entries(values).map(([name, value]) => [ids[name], value])),
  check: check(parameters, values),
}));`;

/** `LOSS` stands for the name of the loss. */
export const runs: Readonly<Record<LanguageName, string>> = {
  numpy: total("numpy"),
  pytorch: total("pytorch"),
  javascript,
};
