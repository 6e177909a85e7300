// Which of Ajv's errors are faults: it reports every arm of a union, and only the arm that was meant is kept.
import type { ErrorObject, SchemaObject } from "ajv";
import { nearest } from "../failure.ts";

/** A fault: Ajv's error, with what else would have been known or expected at the same place. */
export interface Fault extends ErrorObject {
  /** Field names to suggest from, where several shapes are possible. */
  readonly known?: readonly string[];
  /** The union that the value fits no arm of. */
  readonly union?: SchemaObject;
}

/** Errors that say the value is of another sort than the arm, when they stand at the union's own place. */
const otherSort = new Set(["type", "const", "enum", "discriminator"]);

/** One pass: Ajv reports the errors of a union's arms right before the union's own. */
export function faultsOf(errors: readonly ErrorObject[]): Fault[] {
  const faults: Fault[] = [];
  for (const error of errors) {
    if (error.keyword !== "anyOf") {
      faults.push(error);
      continue;
    }
    let first = faults.length;
    while (first > 0 && belongs(faults[first - 1]!, error)) first -= 1;
    faults.push(...meantFaults(error, faults.splice(first)));
  }
  return withoutRepeats(faults);
}

/** Whether `error` comes from an arm of `union`. */
function belongs(error: ErrorObject, union: ErrorObject): boolean {
  const below =
    error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`);
  return below && error.schemaPath.startsWith(`${union.schemaPath}/`);
}

/** The faults of the arm that was meant: of the value's sort, and with the fewest faults. */
function meantFaults(union: ErrorObject, own: readonly Fault[]): Fault[] {
  const arms = (union.schema as SchemaObject[])
    .map((arm, index) => {
      const ofArm = own.filter((fault) => fault.schemaPath.startsWith(`${union.schemaPath}/${index}/`));
      return { arm, faults: withoutRepeats(ofArm) };
    })
    .filter(({ faults }) => !faults.some((fault) => otherSort.has(fault.keyword) && atUnion(fault, union)));
  const fewest = Math.min(...arms.map(({ faults }) => faults.length));
  const best = arms.filter(({ faults }) => faults.length === fewest);
  const [only] = best;
  if (only === undefined) return [{ ...union, union: union.parentSchema as SchemaObject }];
  if (best.length > 1) return severalShapes(union, best);
  return only.faults.map((fault) =>
    fault.keyword === "pattern" && atUnion(fault, union)
      ? { ...fault, union: union.parentSchema as SchemaObject }
      : fault,
  );
}

const atUnion = (fault: Fault, union: ErrorObject) => fault.instancePath === union.instancePath;

/** Objects that could be several shapes: their unknown fields, with the fields of all shapes to suggest from. */
function severalShapes(union: ErrorObject, arms: { arm: SchemaObject; faults: Fault[] }[]): Fault[] {
  const known = [...new Set(arms.flatMap(({ arm }) => Object.keys((arm.properties ?? {}) as object)))];
  const unknown = arms[0]!.faults.filter(
    (fault) => fault.keyword === "additionalProperties" && !known.includes(unknownField(fault)),
  );
  if (unknown.length > 0) return unknown.map((fault) => ({ ...fault, known }));
  return [{ ...union, union: union.parentSchema as SchemaObject }];
}

export const unknownField = (fault: Fault) => String(fault.params.additionalProperty);

export const knownFields = (fault: Fault) =>
  fault.known ?? Object.keys(((fault.parentSchema as SchemaObject).properties ?? {}) as object);

/** One mistake can break several keywords: keeps the fault that says most.
 *  A misspelt field is not also a missing one; a value that is not listed is not also of the wrong type. */
function withoutRepeats(faults: readonly Fault[]): Fault[] {
  const key = (fault: Fault, name: unknown) => `${fault.instancePath} ${String(name)}`;
  const said = new Set(
    faults.flatMap((fault) => {
      switch (fault.keyword) {
        case "additionalProperties":
          return [key(fault, nearest(unknownField(fault), knownFields(fault)))];
        case "discriminator":
          return [key(fault, fault.params.tag)];
        case "enum":
        case "const":
          return [key(fault, "type")];
        default:
          return [];
      }
    }),
  );
  return faults.filter((fault) => {
    if (fault.keyword === "required") return !said.has(key(fault, fault.params.missingProperty));
    return fault.keyword !== "type" || !said.has(key(fault, "type"));
  });
}
