// The service's settings: one row for each environment variable. A malformed or unknown one stops the start.
import { didYouMean, Failure } from "./failure.ts";
import { type Allowances, allowancesWith, type LimitName, limitNames } from "./limits.ts";

export interface Settings {
  readonly host: string;
  readonly port: number;
  /** Empty, or begins with a slash and ends without one. */
  readonly basePath: string;
  /** Address of the service as its readers know it, without a slash at its end; empty where it is not known. */
  readonly publicUrl: string;
  readonly logLevel: string;
  /** Origins that may read what is not open to all. */
  readonly corsOrigins: readonly string[];
  /** Child processes kept for large calculations. */
  readonly workers: number;
  readonly allowances: Allowances;
}

interface Variable<Value> {
  readonly name: string;
  readonly fallback: Value;
  /** The value of the text, or nothing when it is malformed. */
  readonly read: (text: string) => Value | undefined;
  /** Completes "… is expected". */
  readonly expected: string;
}

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

const variables = {
  host: {
    name: "HOST",
    fallback: "127.0.0.1",
    read: (text: string) => (/^[A-Za-z0-9.:_-]{1,255}$/.test(text) ? text : undefined),
    expected: "an address or a host name",
  },
  port: {
    name: "PORT",
    fallback: 8080,
    read: (text: string) => wholeNumber(text, 0, 65_535),
    expected: "a whole number from 0 to 65535",
  },
  basePath: {
    name: "BASE_PATH",
    fallback: "",
    read: (text: string) => (/^(\/[A-Za-z0-9._~-]+)*\/?$/.test(text) ? text.replace(/\/$/, "") : undefined),
    expected: "a path such as /handgrad",
  },
  publicUrl: {
    name: "PUBLIC_URL",
    fallback: "",
    read: webAddress,
    expected: "an address such as https://course.example/handgrad",
  },
  logLevel: {
    name: "LOG_LEVEL",
    fallback: "info",
    read: (text: string) => (logLevels.includes(text) ? text : undefined),
    expected: `one of ${logLevels.join(", ")}`,
  },
  corsOrigins: {
    name: "CORS_ORIGINS",
    fallback: [] as readonly string[],
    read: origins,
    expected: "a list of origins such as https://course.example, with commas between them",
  },
  workers: {
    name: "WORKERS",
    fallback: 2,
    read: (text: string) => wholeNumber(text, 1, 64),
    expected: "a whole number from 1 to 64",
  },
} as const satisfies { [Key in Exclude<keyof Settings, "allowances">]: Variable<Settings[Key]> };

/** The settings of an environment. Throws one Failure with a sentence for each variable that cannot be used. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const faults = unknownVariables(environment);
  const value = <Value>({ name, fallback, read, expected }: Variable<Value>): Value => {
    const text = environment[name];
    if (text === undefined || text === "") return fallback;
    const found = read(text);
    if (found === undefined) faults.push(`${name} is ${JSON.stringify(text)}; ${expected} is expected.`);
    return found ?? fallback;
  };
  const limit = (name: LimitName) =>
    value<number | undefined>({
      name: limitVariable(name),
      fallback: undefined,
      read: (text) => wholeNumber(text, 1, Number.MAX_SAFE_INTEGER),
      expected: "a whole number of at least 1",
    });
  const settings: Settings = {
    host: value(variables.host),
    port: value(variables.port),
    basePath: value(variables.basePath),
    publicUrl: value(variables.publicUrl),
    logLevel: value(variables.logLevel),
    corsOrigins: value(variables.corsOrigins),
    workers: value(variables.workers),
    allowances: allowancesWith(limit),
  };
  if (faults.length > 0) throw new Failure("invalid-request", faults.join("\n"));
  return settings;
}

/** The effective settings as lines NAME=value, in the form that the environment takes them. */
export function printSettings(settings: Settings): string {
  const own = Object.entries(variables).map(([key, { name }]) => [
    name,
    settings[key as keyof typeof variables],
  ]);
  const limits = limitNames.map((name) => [limitVariable(name), settings.allowances[name]]);
  return [...own, ...limits].map(([name, value]) => `${name}=${value}\n`).join("");
}

/** `bodyBytes` is overridden by `LIMIT_BODY_BYTES`. */
function limitVariable(name: LimitName): string {
  return `LIMIT_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`;
}

function unknownVariables(environment: Readonly<Record<string, string | undefined>>): string[] {
  const limits = limitNames.map(limitVariable);
  const known = [...Object.values(variables).map(({ name }) => name), ...limits];
  return Object.keys(environment)
    .filter((name) => /^(HANDGRAD|LIMIT)_/.test(name) && !known.includes(name))
    .map(
      (name) =>
        `The variable ${name} is not known.${didYouMean(name.replace(/^HANDGRAD_/, ""), known) || ` The variables are ${known.join(", ")}.`}`,
    );
}

/** An address that stands in Markdown and HTML as it is. */
export function webAddress(text: string): string | undefined {
  const isPlain = /^https?:\/\/[A-Za-z0-9.:[\]-]+(\/[A-Za-z0-9._~-]+)*\/?$/.test(text);
  return isPlain && URL.canParse(text) ? text.replace(/\/$/, "") : undefined;
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return /^[0-9]{1,16}$/.test(text) && value >= least && value <= most ? value : undefined;
}

function origins(text: string): readonly string[] | undefined {
  const list = text.split(",").map((origin) => origin.trim());
  return list.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin) ? list : undefined;
}
