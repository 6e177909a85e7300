// What is said about a fault of a request: where, what was written, what is expected there.
import type { SchemaObject } from "ajv";
import { Failure, nearest } from "../failure.ts";
import { type Fault, knownFields, unknownField } from "./faults.ts";
import { place, pointerStep } from "./json.ts";

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

/** The Failure that says a fault in a sentence, with the pointer to its place. */
export function failureOf(fault: Fault): Failure {
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
