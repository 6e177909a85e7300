// The interface description: what @fastify/swagger gathers from the routes, with each titled schema as a component.
import type { FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import { engine } from "../engine.ts";
import { Problem } from "../request/answer.ts";

/** The parts of the document that no route tells. */
export function openApiDocument(basePath: string): NonNullable<FastifyDynamicSwaggerOptions["openapi"]> {
  return {
    openapi: "3.1.0",
    info: {
      title: "Handgrad",
      version: engine,
      description:
        "Derives every partial derivative of a network's loss by hand: as a chain product, in the delta form, and checked by an independent engine.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: basePath === "" ? "/" : basePath }],
    tags: [
      { name: "derivations", description: "Derivations with every step, in several formats." },
      { name: "gradients", description: "Numbers only." },
      { name: "translations", description: "Formulas from one notation to another." },
      { name: "worksheets", description: "Problem sheets, solutions and keys." },
      { name: "knowledge", description: "What the engine knows, and examples to start from." },
      { name: "operations", description: "For those who run the service." },
    ],
  };
}

/** Responses that any route can give, for a route's `schema.response`. */
export const problemResponses = {
  "4xx": problemResponse("The request cannot be honoured; the answer says why and where."),
  503: problemResponse("Too busy, or the calculation was stopped; try again after `Retry-After` seconds."),
};

function problemResponse(description: string) {
  return { description, content: { "application/problem+json": { schema: Problem } } };
}

/** The document with every titled schema moved to `components/schemas` and referred to. */
export function withComponents<Document extends { info?: object }>(document: Document): Document {
  const schemas: Record<string, unknown> = {};
  const { info, ...rest } = document;
  const moved = move(rest, schemas) as object;
  return { ...moved, info, components: { schemas } } as unknown as Document;
}

function move(node: unknown, schemas: Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((entry) => move(entry, schemas));
  if (typeof node !== "object" || node === null) return node;
  const { title, ...fields } = node as Readonly<Record<string, unknown>>;
  const inner = Object.fromEntries(Object.entries(fields).map(([key, entry]) => [key, move(entry, schemas)]));
  if (!isSchema(fields) || typeof title !== "string")
    return { ...(title !== undefined && { title }), ...inner };
  schemas[title] = withMapping(inner, fields);
  return reference(title);
}

const isSchema = (fields: Readonly<Record<string, unknown>>) =>
  "type" in fields || "oneOf" in fields || "anyOf" in fields;

const reference = (title: string) => ({ $ref: `#/components/schemas/${title}` });

/** A discriminator names the schema of each kind; the generator writes a constant as an enum of one. */
function withMapping(
  inner: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>>,
): object {
  const { discriminator, oneOf } = fields as {
    discriminator?: { propertyName: string };
    oneOf?: readonly { title: string; properties: Record<string, { enum: [string] }> }[];
  };
  if (discriminator === undefined || oneOf === undefined) return inner;
  const mapping = oneOf.map((arm) => [
    arm.properties[discriminator.propertyName]!.enum[0],
    reference(arm.title).$ref,
  ]);
  return { ...inner, discriminator: { ...discriminator, mapping: Object.fromEntries(mapping) } };
}
