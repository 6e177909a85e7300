// The command line: the same requests, the same answers and the same sentences as over HTTP, offline.
import { parseArgs } from "node:util";
import { type Command, type ExitCode, flag, UsageError, type Values } from "./command-line/command.ts";
import { commands } from "./command-line/commands.ts";
import type { Terminal } from "./command-line/terminal.ts";
import { engine } from "./engine.ts";
import { didYouMean, Failure } from "./failure.ts";
import { formatNames } from "./request/formats.ts";
import { rowOf } from "./table.ts";

/** Runs one command line, without the program's own name. Never throws for a mistake of the user. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    const [name, ...rest] = words;
    if (name === undefined || name === "--help" || name === "help") terminal.output(help());
    else if (name === "--version") terminal.output(`${engine}\n`);
    else return (await runCommand(name, rest, terminal)) ?? 0;
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.error(`${error.message}\n`);
      return 2;
    }
    if (!(error instanceof Failure)) throw error;
    for (const mistake of error.details.errors ?? [error]) terminal.error(`${lineOf(mistake)}\n`);
    return 1;
  }
}

async function runCommand(name: string, words: string[], terminal: Terminal): Promise<ExitCode | undefined> {
  const command = rowOf(commands, name);
  if (command === undefined)
    throw new UsageError(
      `There is no command "${name}".${didYouMean(name, Object.keys(commands))} Run handgrad --help for the list.`,
    );
  const { values, positionals } = parse(command, words);
  if (values.help) {
    terminal.output(commandHelp(command));
    return 0;
  }
  const [least, most] = command.operands;
  if (positionals.length < least) throw new UsageError(`FILE is missing. Usage: handgrad ${command.usage}`);
  if (positionals.length > most)
    throw new UsageError(`"${positionals[most]}" is one word too many. Usage: handgrad ${command.usage}`);
  return command.run(positionals, values, terminal);
}

function parse(command: Command, args: string[]): { values: Values; positionals: string[] } {
  const options = { ...command.options, help: flag };
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true }) as {
      values: Values;
      positionals: string[];
    };
  } catch (error) {
    const { tokens } = parseArgs({ args, options, allowPositionals: true, strict: false, tokens: true });
    const unknown = tokens.find((token) => token.kind === "option" && !Object.hasOwn(options, token.name));
    if (unknown?.kind !== "option") throw new UsageError(`${(error as Error).message.split(". ")[0]}.`);
    const meant = didYouMean(unknown.name, Object.keys(options)).replace(/"(.*)"/, '"--$1"');
    throw new UsageError(`There is no flag "${unknown.rawName}".${meant} Usage: handgrad ${command.usage}`);
  }
}

/** The sentence, and where it belongs unless the sentence says so. */
function lineOf({ message, details: { pointer, position } }: Failure): string {
  const at = [pointer, position === undefined ? undefined : `character ${position + 1}`].filter(
    (part) => part,
  );
  return at.length === 0 || message.includes(at[0]!) ? message : `${at.join(", ")}: ${message}`;
}

function help(): string {
  const lines = Object.values(commands).map(
    ({ usage, summary }) => `  handgrad ${usage}\n      ${summary}\n`,
  );
  return `Handgrad ${engine}: the gradient, worked by hand.\n\n${lines.join("")}
FILE is the body of the HTTP request: a request, or a network alone; - reads it from standard input.
Every field of the request has a flag of the same name: --notation bishop, --max-paths 100 or --maxPaths 100.
Lists take commas, objects take JSON: --parameters w_1,w_2  --update '{"learningRate":0.5}'
Formats: ${formatNames.join(", ")}. Exit codes: 0 answered, 1 request refused, 2 command line not understood.
handgrad COMMAND --help lists the flags of a command; handgrad --version prints the version.
`;
}

function commandHelp({ usage, summary, options }: Command): string {
  const flags = Object.entries(options).map(
    ([name, { type }]) => `  --${name}${type === "string" ? " …" : ""}\n`,
  );
  return `handgrad ${usage}\n\n${summary}\n\n${flags.join("")}`;
}
