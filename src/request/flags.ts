// Fields of a request as flags of the command line: one flag for each, named as the field or in kebab case.
import type { TSchema } from "typebox";

/** An object's schema: the fields are all that matters here. */
export interface FieldsSchema {
  readonly properties: Readonly<Record<string, TSchema>>;
}

/** Fields that no flag can hold. */
const structural = new Set(["network", "render"]);

interface FieldShape {
  readonly type?: string;
  readonly anyOf?: readonly FieldShape[];
}

/** A name that two schemas have is the field of the first: `values` of a worksheet, not of its pictures. */
function fieldsOf(schemas: readonly FieldsSchema[]): readonly (readonly [name: string, shape: FieldShape])[] {
  const fields = new Map<string, FieldShape>();
  for (const { properties } of schemas)
    for (const [name, shape] of Object.entries(properties))
      if (!structural.has(name) && !fields.has(name)) fields.set(name, shape as FieldShape);
  return [...fields];
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The options for `parseArgs`: each field as a value, and a switch for what is true or false alone. */
export function flagOptions(
  schemas: readonly FieldsSchema[],
): Readonly<Record<string, { readonly type: "string" | "boolean" }>> {
  const names = fieldsOf(schemas).flatMap(([name, shape]) =>
    [name, kebab(name)].map((flag) => [flag, shape] as const),
  );
  return Object.fromEntries(
    names.map(([flag, { type }]) => [flag, { type: type === "boolean" ? "boolean" : "string" }]),
  );
}

/** The fields that the flags set, not yet checked: what does not fit its field stays a text. */
export function flagValues(
  schemas: readonly FieldsSchema[],
  values: Readonly<Record<string, string | boolean | undefined>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fieldsOf(schemas).flatMap(([name, shape]) => {
      const written = values[name] ?? values[kebab(name)];
      return written === undefined
        ? []
        : [[name, typeof written === "string" ? fieldOf(written, shape) : written]];
    }),
  );
}

/** `request` with the flags over its own fields; those that only `render` has go there. */
export function withFlags(
  request: { readonly render?: object },
  flags: Readonly<Record<string, unknown>>,
  [own, render]: readonly [own: FieldsSchema, render: FieldsSchema],
): object {
  const isOwn = (name: string): boolean =>
    Object.hasOwn(own.properties, name) || !Object.hasOwn(render.properties, name);
  const entries = Object.entries(flags);
  const inRender = entries.filter(([name]) => !isOwn(name));
  return {
    ...request,
    ...Object.fromEntries(entries.filter(([name]) => isOwn(name))),
    ...(inRender.length > 0 && { render: { ...request.render, ...Object.fromEntries(inRender) } }),
  };
}

function fieldOf(written: string, { type, anyOf }: FieldShape): unknown {
  if (type === "array" && !written.startsWith("[")) return written.split(",").map((entry) => entry.trim());
  if (type === "string") return written;
  const types = anyOf?.map((arm) => arm.type) ?? [type];
  return types.every((each) => each === "string") ? written : jsonOr(written);
}

function jsonOr(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}
