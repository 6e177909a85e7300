// The commands by their names, in the order of the help.
import { exampleText, examples as list } from "../examples.ts";
import { printSettings } from "../settings.ts";
import { type Command, flag } from "./command.ts";
import { derive, gradients } from "./derive.ts";
import { grade, hint, lint } from "./grade.ts";
import { worksheet } from "./worksheet.ts";

const examples: Command = {
  usage: "examples [NAME]",
  summary: "List the examples, or print the request of one.",
  options: {},
  operands: [0, 1],
  run: ([name], _values, terminal) => {
    const lines = list.map((entry) => `${entry.name.padEnd(20)}${entry.title}. ${entry.summary}\n`);
    terminal.output(name === undefined ? lines.join("") : exampleText(name));
  },
};

const serve: Command = {
  usage: "serve [--print-config]",
  summary: "Serve the HTTP interface; settings come from the environment.",
  options: { "print-config": flag },
  operands: [0, 0],
  run: async (_operands, values, terminal) => {
    // Loaded here, since no other command needs the server and its libraries.
    const { serve: serveHttp, settingsOrExit } = await import("../serve.ts");
    const settings = settingsOrExit();
    if (values["print-config"]) terminal.output(printSettings(settings));
    else await serveHttp(settings);
  },
};

export const commands: Readonly<Record<string, Command>> = {
  derive,
  gradients,
  grade,
  hint,
  lint,
  worksheet,
  examples,
  serve,
};
