// The commands that derive: all steps in any format, or the numbers alone.
import { basename, dirname, extname, join } from "node:path";
import { didYouMean } from "../failure.ts";
import { derivation, type Format, gradients as gradientsOf, type Outside } from "../index.ts";
import { unlimited } from "../limits.ts";
import { flagOptions, flagValues, withFlags } from "../request/flags.ts";
import { bytesOf, formatNames, formatOfExtension, formats } from "../request/formats.ts";
import {
  checkDerivationRequest,
  checkGradientsRequest,
  readDerivationRequest,
  readGradientsRequest,
} from "../request/read.ts";
import { DerivationRequest, GradientsRequest, Render } from "../request/schema.ts";
import { webAddress } from "../settings.ts";
import { type Command, located, text, UsageError, type Values } from "./command.ts";
import { bodyOf, write } from "./terminal.ts";

const derivationSchemas = [DerivationRequest, Render] as const;
const gradientsSchemas = [GradientsRequest];

export const derive: Command = {
  usage: "derive FILE|- [--format FORMAT] [--out FILE] [--public-url ADDRESS] [field flags]",
  summary: "Derive every gradient of the network in FILE, with all steps.",
  options: { format: text, out: text, "public-url": text, ...flagOptions(derivationSchemas) },
  operands: [1, 1],
  run: ([file], values, terminal) => {
    const reading = readDerivationRequest(bodyOf(file!, terminal), unlimited);
    const flags = flagValues(derivationSchemas, values);
    const request = checkDerivationRequest(withFlags(reading.request, flags, derivationSchemas));
    const format = formatOf(values);
    const beside = picturesBeside(values);
    const answer = located(reading, () => derivation(request, format, beside.outside));
    write(bytesOf(answer, formats[format]), values, terminal);
    for (const [out, svg] of beside.kept) write(svg, { out }, terminal);
  },
};

export const gradients: Command = {
  usage: "gradients FILE|- [--out FILE] [field flags]",
  summary: "Compute the gradients of the network in FILE, numbers only.",
  options: { out: text, ...flagOptions(gradientsSchemas) },
  operands: [1, 1],
  run: ([file], values, terminal) => {
    const reading = readGradientsRequest(bodyOf(file!, terminal), unlimited);
    const request = checkGradientsRequest({ ...reading.request, ...flagValues(gradientsSchemas, values) });
    write(
      located(reading, () => JSON.stringify(gradientsOf(request))),
      values,
      terminal,
    );
  },
};

/** The format that was asked for; else the one of the file to write; else JSON. */
function formatOf({ format, out }: Values): Format {
  if (typeof format === "string") {
    const known = formatNames.find((name) => name === format);
    if (known !== undefined) return known;
    throw new UsageError(
      `There is no format "${format}".${didYouMean(format, formatNames)} The formats are ${formatNames.join(", ")}.`,
    );
  }
  const extension = typeof out === "string" ? /\.([a-z]+)$/.exec(out)?.[1] : undefined;
  return extension === undefined ? "json" : formatOfExtension(extension);
}

interface Beside {
  readonly outside: Outside;
  /** Pictures to be written, by file. */
  readonly kept: ReadonlyMap<string, string>;
}

/** Where pictures are linked: at the service that is named, else in files beside the one that is written. */
function picturesBeside({ out, "public-url": address }: Values): Beside {
  const kept = new Map<string, string>();
  if (typeof address === "string") return { outside: { publicUrl: publicUrlOf(address) }, kept };
  if (typeof out !== "string") return { outside: {}, kept };
  const stem = basename(out, extname(out));
  const keepPicture = (svg: string): string => {
    const file = `${stem}-${kept.size + 1}.svg`;
    kept.set(join(dirname(out), file), svg);
    return encodeURIComponent(file).replace(/[()!'*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  };
  return { outside: { keepPicture }, kept };
}

function publicUrlOf(text: string): string {
  const found = webAddress(text);
  if (found !== undefined) return found;
  throw new UsageError(
    `--public-url is ${JSON.stringify(text)}; an address such as https://course.example/handgrad is expected.`,
  );
}
