// What a command of the command line is, and the one mistake that only a command line can have.
import { Failure } from "../failure.ts";
import { asSent, type Reading } from "../request/read.ts";
import type { Terminal } from "./terminal.ts";

/** 0: answered; 1: the request was refused; 2: the command line itself was not understood. */
export type ExitCode = 0 | 1 | 2;

/** A mistake in the command line, as opposed to one in a request. */
export class UsageError extends Error {}

export type Values = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  readonly usage: string;
  readonly summary: string;
  /** Names of the options, each with whether it takes a value. */
  readonly options: Readonly<Record<string, { readonly type: "string" | "boolean" }>>;
  readonly operands: readonly [least: number, most: number];
  readonly run: (
    operands: readonly string[],
    values: Values,
    terminal: Terminal,
  ) => Promise<ExitCode | undefined> | ExitCode | undefined;
}

export const text = { type: "string" } as const;
export const flag = { type: "boolean" } as const;

/** What `work` returns; its failures point into the file as it was written. */
export function located<Value>(reading: Reading<unknown>, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw error instanceof Failure ? asSent(error, reading) : error;
  }
}
