// Checks a JSON value against a schema and says each fault once: a pointer and a sentence.
import { Ajv, type SchemaObject, type ValidateFunction } from "ajv";
import { Failure } from "../failure.ts";
import { failureOf } from "./fault-sentences.ts";
import { faultsOf } from "./faults.ts";

/** Bytes of a body up to which all faults are looked for; beyond, the first one ends the search. */
const thoroughBytes = 262_144;

/** Returns `value` when it fits; throws one Failure for all faults together. `bytes` is the body's size. */
export type Check<Value> = (value: unknown, bytes: number) => Value;

export function checkOf<Value>(schema: SchemaObject): Check<Value> {
  const thorough = onFirstUse(() => validatorOf<Value>(schema, true));
  const hasty = onFirstUse(() => validatorOf<Value>(schema, false));
  return (value, bytes) => {
    const validate = bytes <= thoroughBytes ? thorough() : hasty();
    if (validate(value)) return value;
    throw summary(faultsOf(validate.errors ?? []).map(failureOf));
  };
}

function validatorOf<Value>(schema: SchemaObject, allErrors: boolean): ValidateFunction<Value> {
  const options = { strict: true, strictRequired: false, discriminator: true, verbose: true };
  return new Ajv({ ...options, allErrors }).compile<Value>(schema);
}

/** Compiling a schema takes a tenth of a second, and a command needs one of a dozen. */
function onFirstUse<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** One Failure for `mistakes`: itself if there is one, else a summary of them all. */
function summary(mistakes: readonly Failure[]): Failure {
  const [first] = mistakes;
  if (mistakes.length === 1) return first!;
  return new Failure("invalid-request", `The request has ${mistakes.length} mistakes. ${first!.message}`, {
    pointer: first!.details.pointer ?? "",
    errors: mistakes,
  });
}
