// Where the command line reads and writes: files, standard input and output.
import { createWriteStream, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Failure } from "../failure.ts";
import { UsageError, type Values } from "./command.ts";

/** Where the command line reads and writes; tests hand in their own. */
export interface Terminal {
  readonly input: () => Uint8Array;
  readonly output: (answer: string | Uint8Array) => unknown;
  readonly error: (text: string) => unknown;
}

export function bodyOf(file: string, terminal: Terminal): Uint8Array {
  if (file === "-") return terminal.input();
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(
      `The file "${file}" ${reasonOf(error) ?? "cannot be read"}; name a JSON file, or - for standard input.`,
    );
  }
}

export function write(answer: string | Uint8Array, { out }: Values, terminal: Terminal): void {
  if (typeof out !== "string") {
    terminal.output(answer);
    return;
  }
  try {
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, answer);
  } catch (error) {
    throw new UsageError(
      `The file "${out}" ${reasonOf(error) ?? "cannot be written"}; name a file for --out.`,
    );
  }
}

/** Piece by piece, so that an archive of any size fits into memory. */
export async function writeStream(answer: Readable, { out }: Values, terminal: Terminal): Promise<void> {
  if (typeof out !== "string") {
    for await (const piece of answer) terminal.output(piece as Buffer);
    return;
  }
  try {
    mkdirSync(dirname(out), { recursive: true });
    await pipeline(answer, createWriteStream(out));
  } catch (error) {
    rmSync(out, { force: true });
    if (error instanceof Failure) throw error;
    throw new UsageError(
      `The file "${out}" ${reasonOf(error) ?? "cannot be written"}; name a file for --out.`,
    );
  }
}

const reasons: ReadonlyMap<string | undefined, string> = new Map([
  ["ENOENT", "does not exist"],
  ["EISDIR", "is a folder"],
  ["ENOTDIR", "lies below a file"],
  ["EEXIST", "lies below a file"],
  ["EACCES", "is not open to you"],
]);

/** Why the system refused a file; nothing for what has no short reason. */
function reasonOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? reasons.get(String(error.code)) : undefined;
}
