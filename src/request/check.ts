// Checks a JSON value against a schema and says each fault once: a pointer and a sentence.
// Ajv reports every arm of a union; only the arm that was meant is kept.
import { Ajv, type ErrorObject, type SchemaObject, type ValidateFunction } from "ajv";
import { Failure, nearest } from "../failure.ts";
import { place, pointerStep } from "./json.ts";

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

// ---- Which of Ajv's errors are faults -------------------------------------------------------------------

/** A fault: Ajv's error, with what else would have been known or expected at the same place. */
interface Fault extends ErrorObject {
  /** Field names to suggest from, where several shapes are possible. */
  readonly known?: readonly string[];
  /** The union that the value fits no arm of. */
  readonly union?: SchemaObject;
}

/** Errors that say the value is of another sort than the arm, when they stand at the union's own place. */
const otherSort = new Set(["type", "const", "enum", "discriminator"]);

/** One pass: Ajv reports the errors of a union's arms right before the union's own. */
function faultsOf(errors: readonly ErrorObject[]): Fault[] {
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

const unknownField = (fault: Fault) => String(fault.params.additionalProperty);

const knownFields = (fault: Fault) =>
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

// ---- What is said about a fault -------------------------------------------------------------------------

type Sentence = (fault: Fault, at: string) => string;

/** A sentence for each keyword that our schemas use; an unlisted keyword falls back to Ajv's own words. */
const sentences: Readonly<Record<string, Sentence>> = {
  additionalProperties: (fault, at) => {
    const known = knownFields(fault);
    return `Unknown field ${quote(unknownField(fault))} in ${at}; ${suggestion(unknownField(fault), known, "the fields there are")}`;
  },
  required: (fault, at) =>
    `The field ${quote(String(fault.params.missingProperty))} is missing in ${at}; add it.`,
  discriminator: (fault, at) => {
    const kinds = (fault.parentSchema as { oneOf: { properties: { kind: { const: string } } }[] }).oneOf.map(
      (arm) => arm.properties.kind.const,
    );
    const written: unknown = fault.params.tagValue;
    return typeof written === "string"
      ? `Unknown network kind ${quote(written)} in ${at}; ${suggestion(written, kinds, "the kinds are")}`
      : `The field "kind" is missing in ${at}; ${suggestion("", kinds, "the kinds are")}`;
  },
  enum: (fault, at) => unknownValue(fault, at, fault.schema as readonly string[]),
  const: (fault, at) => unknownValue(fault, at, [String(fault.schema)]),
  type: (fault, at) =>
    `${upper(at)} is ${show(fault.data)}; ${sortName(fault.schema as string)} is expected there.`,
  minimum: (fault, at) =>
    `${upper(at)} is ${show(fault.data)}; a number of at least ${fault.schema} is expected there.`,
  maximum: (fault, at) =>
    `${upper(at)} is ${show(fault.data)}; a number of at most ${fault.schema} is expected there.`,
  exclusiveMinimum: (fault, at) =>
    `${upper(at)} is ${show(fault.data)}; a number greater than ${fault.schema} is expected there.`,
  minItems: (fault, at) =>
    `${upper(at)} has ${count(fault.data)} entries; at least ${fault.schema} is expected there.`,
  maxItems: (fault, at) =>
    `${upper(at)} has ${count(fault.data)} entries; at most ${fault.schema} are allowed there.`,
  minLength: (_fault, at) => `${upper(at)} is an empty text; write at least one character.`,
  maxLength: (fault, at) =>
    `${upper(at)} has ${count(fault.data)} characters; at most ${fault.schema} are allowed there.`,
  pattern: (fault, at) => `${upper(at)} is ${show(fault.data)}; ${expectation(fault)} is expected there.`,
  anyOf: (fault, at) => {
    const words = literalsOf(fault.union!);
    return words.length > 0 && typeof fault.data === "string"
      ? unknownValue(fault, at, words)
      : `${upper(at)} is ${show(fault.data)}; ${expectation(fault)} is expected there.`;
  },
};

function failureOf(fault: Fault): Failure {
  const sentence = isOverflow(fault.data) ? tooLarge : (sentences[fault.keyword] ?? plain);
  return new Failure("invalid-request", sentence(fault, place(fault.instancePath)), {
    pointer: fault.instancePath + fieldStep(fault),
  });
}

/** JSON such as 1e999 is read as Infinity. */
const isOverflow = (value: unknown) => typeof value === "number" && !Number.isFinite(value);

const tooLarge: Sentence = (_fault, at) =>
  `The number at ${at} is beyond 1.7976931348623157e308, the largest of double precision; write a smaller one.`;

const plain: Sentence = (fault, at) => `${upper(at)} ${fault.message}.`;

/** The step from the object to the field that the fault is about. */
function fieldStep(fault: Fault): string {
  if (fault.keyword === "additionalProperties") return pointerStep(unknownField(fault));
  const wrongKind = fault.keyword === "discriminator" && typeof fault.params.tagValue === "string";
  return wrongKind ? pointerStep(String(fault.params.tag)) : "";
}

function unknownValue(fault: Fault, at: string, known: readonly string[]): string {
  if (typeof fault.data === "string") {
    const meant = nearest(fault.data, known);
    const hint = meant === undefined ? "the" : `did you mean ${quote(meant)}? The`;
    return `Unknown value ${quote(fault.data)} at ${at}; ${hint} values there are ${listed(known)}.`;
  }
  return `${upper(at)} is ${show(fault.data)}; one of ${listed(known)} is expected there.`;
}

function suggestion(written: string, known: readonly string[], otherwise: string): string {
  const meant = nearest(written, known);
  return meant === undefined ? `${otherwise} ${listed(known)}.` : `did you mean ${quote(meant)}?`;
}

/** What fits the union: its description, or its arms one by one. */
function expectation(fault: Fault): string {
  return armName(fault.union ?? (fault.parentSchema as SchemaObject));
}

function armName(arm: SchemaObject): string {
  if (typeof arm.description === "string") return lower(arm.description.replace(/\.$/, ""));
  if (Array.isArray(arm.anyOf)) return (arm.anyOf as SchemaObject[]).map(armName).join(" or ");
  if (arm.const !== undefined) return quote(String(arm.const));
  if (Array.isArray(arm.enum)) return listed(arm.enum as string[]);
  return sortName(String(arm.type));
}

const literalsOf = (union: SchemaObject): string[] =>
  ((union.anyOf ?? []) as SchemaObject[]).flatMap((arm) =>
    arm.const !== undefined ? [String(arm.const)] : Array.isArray(arm.enum) ? (arm.enum as string[]) : [],
  );

const sortNames: Readonly<Record<string, string>> = {
  object: "an object",
  array: "a list",
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
};

const sortName = (type: string) => sortNames[type] ?? type;

const listed = (words: readonly string[]) => words.map(quote).join(", ");

/** Longest text repeated in a sentence; more would bury it. */
const shownCharacters = 60;

function quote(text: string): string {
  const letters = [...text];
  return JSON.stringify(
    letters.length <= shownCharacters ? text : `${letters.slice(0, shownCharacters).join("")}…`,
  );
}

function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "string" ? `the text ${quote(value)}` : String(value);
}

const count = (value: unknown) =>
  typeof value === "string" ? [...value].length : (value as unknown[]).length;

const upper = (at: string) => (at.startsWith("/") ? at : at[0]!.toUpperCase() + at.slice(1));

const lower = (text: string) => (/^[A-Z][a-z ]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text);
