// The command that makes problem sheets: one, a class set, or questions for a course system.
import { extname } from "node:path";
import { classSetFiles } from "../exports/class-set.ts";
import { folderFiles, type NamedFile, zipped } from "../exports/zip.ts";
import { didYouMean } from "../failure.ts";
import {
  seedsOf,
  variantFiles,
  worksheetDocument,
  worksheet as worksheetJson,
  worksheetMoodle,
  worksheetPrairieLearn,
} from "../index.ts";
import { unlimited } from "../limits.ts";
import { flagOptions, flagValues, withFlags } from "../request/flags.ts";
import { bytesOf, formats } from "../request/formats.ts";
import { readWorksheetWith } from "../request/read.ts";
import { Render, WorksheetRequest } from "../request/schema.ts";
import { type SheetFormat, sheetFormatNames, sheetFormats } from "../request/sheet-formats.ts";
import { type Command, text, UsageError, type Values } from "./command.ts";
import { bodyOf, type Terminal, write, writeStream } from "./terminal.ts";

const worksheetSchemas = [WorksheetRequest, Render] as const;

export const worksheet: Command = {
  usage: "worksheet FILE|- [--task TASK] [--format FORMAT] [--out FILE] [--roster FILE] [field flags]",
  summary:
    "Make problem sheets, their solutions and keys from the request or the network in FILE; with --out SET.zip a class set, for the students of a roster, one on each line.",
  options: { format: text, out: text, roster: text, ...flagOptions(worksheetSchemas) },
  operands: [1, 1],
  run: async ([file], values, terminal) => {
    const flags = { ...flagValues(worksheetSchemas, values), ...studentsIn(values, terminal) };
    const request = readWorksheetWith(bodyOf(file!, terminal), unlimited, (own) =>
      withFlags(own, flags, worksheetSchemas),
    );
    const format = sheetFormatOf(values);
    if (format === "zip" || format === "prairielearn") {
      const files = format === "zip" ? classSet(request) : folderFiles(worksheetPrairieLearn(request));
      await writeStream(zipped(files), values, terminal);
      return;
    }
    if (format === "moodle") {
      write(worksheetMoodle(request), values, terminal);
      return;
    }
    write(
      bytesOf(
        format === "json" ? JSON.stringify(worksheetJson(request)) : worksheetDocument(request, format),
        formats[format],
      ),
      values,
      terminal,
    );
  },
};

/** The format that was asked for; else the one of the file to write; else JSON. */
function sheetFormatOf({ format, out }: Values): SheetFormat {
  const extension = typeof out === "string" ? extname(out).slice(1) : "";
  const meant = sheetFormatNames.find((name) => sheetFormats[name].extension === extension);
  if (format === undefined) return meant ?? "json";
  const known = sheetFormatNames.find((name) => name === format);
  if (known !== undefined) return known;
  throw new UsageError(
    `There is no worksheet as "${format}".${didYouMean(String(format), sheetFormatNames)} The formats are ${sheetFormatNames.join(", ")}.`,
  );
}

/** The students of a roster: one on each line. */
function studentsIn({ roster }: Values, terminal: Terminal): { readonly students?: readonly string[] } {
  if (typeof roster !== "string") return {};
  const lines = Buffer.from(bodyOf(roster, terminal)).toString("utf8").split(/\r?\n/);
  return { students: lines.map((line) => line.trim()).filter((line) => line !== "") };
}

function classSet(request: WorksheetRequest): AsyncGenerator<NamedFile> {
  return classSetFiles({
    seeds: seedsOf(request),
    ...(request.students && { students: request.students }),
    variant: async (seed) => variantFiles(request, seed),
  });
}
