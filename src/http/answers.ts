// What the routes answer: limits, calculation, text. Everything here takes a request that was read already.
import type { Readable } from "node:stream";
import { classSetFiles, type VariantFiles } from "../exports/class-set.ts";
import type { TextFile } from "../exports/prairielearn.ts";
import { folderFiles, type NamedFile, zipped } from "../exports/zip.ts";
import { Failure } from "../failure.ts";
import { catalogue, isLanguage, isPictureFormat, seedsOf } from "../index.ts";
import {
  enforceDerivationLimits,
  enforceGradientsLimits,
  enforceNetworkLimits,
  enforcePictureLimits,
  enforceWorksheetLimits,
  limitRows,
  within,
} from "../limits.ts";
import type { Job } from "../pool/job.ts";
import { createWork, type Work } from "../pool/work.ts";
import {
  bytesOf,
  documentFormats,
  type FormatRow,
  formatNames,
  formats,
  negotiate,
  negotiateAmong,
  type Wanted,
} from "../request/formats.ts";
import { readPermalink } from "../request/permalink.ts";
import { asSent, checkWorksheetRequest, type Reading } from "../request/read.ts";
import { type RenderOverrides, renderOverrides, withRender, withRenderOf } from "../request/render.ts";
import type {
  DerivationRequest,
  GradeRequest,
  GradientsRequest,
  HintRequest,
  LintRequest,
  TranslationRequest,
  WorksheetRequest,
} from "../request/schema.ts";
import { sheetFormatNames, sheetFormats } from "../request/sheet-formats.ts";
import type { Settings } from "../settings.ts";
import { ByteCache, type Representation } from "./byte-cache.ts";
import { entityTag } from "./etag.ts";

/** Bytes of answers kept; about a thousand derivations of course networks. */
const cachedBytes = 32 * 2 ** 20;

/** Files that are sent while they are made. */
export interface Archive {
  readonly archive: Readable;
  readonly mediaType: string;
  readonly fileName: string;
}

/** Where a permalink's answer is, when it is not here. */
export interface Elsewhere {
  readonly location: string;
}

export interface Answers {
  readonly derivation: (
    reading: Reading<DerivationRequest>,
    accept: string | undefined,
    signal: AbortSignal,
  ) => Promise<Representation>;
  readonly permalink: (link: Link, signal: AbortSignal) => Promise<Representation | Elsewhere>;
  readonly gradients: (reading: Reading<GradientsRequest>, signal: AbortSignal) => Promise<Representation>;
  readonly translation: (
    reading: Reading<TranslationRequest>,
    signal: AbortSignal,
  ) => Promise<Representation>;
  readonly grade: (
    reading: Reading<GradeRequest>,
    accept: string | undefined,
    signal: AbortSignal,
  ) => Promise<Representation>;
  readonly hint: (reading: Reading<HintRequest>, signal: AbortSignal) => Promise<Representation>;
  readonly lint: (reading: Reading<LintRequest>, signal: AbortSignal) => Promise<Representation>;
  readonly worksheet: (
    reading: Reading<WorksheetRequest>,
    accept: string | undefined,
    signal: AbortSignal,
  ) => Promise<Representation | Archive>;
  readonly catalogue: () => object;
  readonly work: Work;
}

/** The parts of a GET request that name a derivation. */
interface Link {
  /** Last step of the path: the code, with or without an extension. */
  readonly name: string;
  /** After the question mark. */
  readonly query: string;
  readonly accept: string | undefined;
}

export function createAnswers({ allowances, basePath, publicUrl, workers }: Settings): Answers {
  const work = createWork({ workers, allowances });
  const cache = new ByteCache(cachedBytes);

  const derived = async (
    request: DerivationRequest,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<Representation> => {
    const whole = withRender(request, wanted.overrides);
    if (isPictureFormat(wanted.format)) enforcePictureLimits(whole, allowances);
    else if (isLanguage(wanted.format)) enforceNetworkLimits(whole.network, allowances);
    else enforceDerivationLimits(whole, allowances);
    const job: Job = {
      task: "derivation",
      request: whole,
      format: wanted.format,
      ...(publicUrl !== "" && { publicUrl }),
    };
    const text = await work.run(job, signal);
    const answer = representation(text, formats[wanted.format]);
    if (wanted.format === "html") within("htmlBytes", allowances, answer.bytes.length);
    if (wanted.format === "pdf") within("pdfBytes", allowances, answer.bytes.length);
    if (isPictureFormat(wanted.format)) within("svgBytes", allowances, answer.bytes.length);
    return answer;
  };

  /** The first variant is made before anything is sent, so that a request that cannot be honoured is told so. */
  const classSet = async (
    request: WorksheetRequest,
    signal: AbortSignal,
  ): Promise<AsyncIterable<NamedFile>> => {
    const seeds = seedsOf(request);
    const made = async (seed: number): Promise<VariantFiles> =>
      JSON.parse(await work.run({ task: "variant", request, seed }, signal)) as VariantFiles;
    const first = await made(seeds[0]!);
    return classSetFiles({
      seeds,
      ...(request.students && { students: request.students }),
      variant: async (seed) => (seed === first.seed ? first : made(seed)),
    });
  };

  return {
    work,

    derivation: (reading, accept, signal) =>
      located(reading, () => derived(reading.request, negotiate(accept, formatNames), signal)),

    async permalink({ name, query, accept }, signal) {
      const hasExtension = name.includes(".");
      const key = [name, query, hasExtension ? "" : accept].join("\n");
      const kept = cache.get(key);
      if (kept !== undefined) return kept;
      const { request, canonical, format } = readPermalink(name, allowances);
      const search = query === "" ? "" : `?${query}`;
      if (canonical !== name) return { location: `${basePath}/v1/derivations/${canonical}${search}` };
      const overrides = queryOverrides(query);
      const negotiated = format === undefined ? negotiate(accept, formatNames) : { format, overrides: {} };
      const wanted = { format: negotiated.format, overrides: { ...negotiated.overrides, ...overrides } };
      const answer = await derived(request, wanted, signal);
      cache.set(key, answer);
      return answer;
    },

    gradients: (reading, signal) =>
      located(reading, async () => {
        enforceGradientsLimits(reading.request, allowances);
        const text = await work.run({ task: "gradients", request: reading.request }, signal);
        return representation(text, formats.json);
      }),

    translation: (reading, signal) =>
      located(reading, async () => {
        enforceNetworkLimits(reading.request.network, allowances);
        const text = await work.run({ task: "translation", request: reading.request }, signal);
        return representation(text, formats.json);
      }),

    grade: (reading, accept, signal) =>
      located(reading, async () => {
        const { request } = reading;
        enforceNetworkLimits(request.network, allowances);
        const { format } = negotiate(accept, documentFormats);
        const text = await work.run({ task: "grade", request, format }, signal);
        return representation(text, formats[format]);
      }),

    hint: (reading, signal) =>
      located(reading, async () => {
        enforceNetworkLimits(reading.request.network, allowances);
        const text = await work.run({ task: "hint", request: reading.request }, signal);
        return representation(text, formats.json);
      }),

    lint: (reading, signal) =>
      located(reading, async () => {
        const { request } = reading;
        if (request.network) enforceNetworkLimits(request.network, allowances);
        const text = await work.run({ task: "lint", request }, signal);
        return representation(text, lintMedia[request.format ?? "json"]);
      }),

    worksheet: (reading, accept, signal) =>
      located(reading, async () => {
        const { format, overrides } = negotiateAmong(accept, sheetFormatNames, sheetFormats);
        const request = withRenderOf(reading.request, overrides, checkWorksheetRequest);
        enforceWorksheetLimits(request, allowances, format === "zip" ? "variants" : "variantsPerAnswer");
        if (format === "zip") return archiveOf(await classSet(request, signal), sheetFormats.zip);
        const text = await work.run({ task: "worksheet", request, format }, signal);
        if (format === "prairielearn")
          return archiveOf(folderFiles(JSON.parse(text) as readonly TextFile[]), sheetFormats.prairielearn);
        return representation(text, sheetFormats[format]);
      }),

    catalogue: () => ({ ...catalogue(), limits: limitRows(allowances) }),
  };
}

const lintMedia: Readonly<Record<NonNullable<LintRequest["format"]>, FormatRow>> = {
  json: formats.json,
  text: formats.text,
  sarif: { mediaType: "application/sarif+json", extension: "sarif" },
};

function archiveOf(files: AsyncIterable<NamedFile>, { mediaType }: FormatRow): Archive {
  return { archive: zipped(files), mediaType, fileName: "worksheets.zip" };
}

function representation(text: string, format: FormatRow): Representation {
  const bytes = bytesOf(text, format);
  const { mediaType, binary } = format;
  return { bytes, etag: entityTag(bytes), mediaType: binary ? mediaType : `${mediaType}; charset=utf-8` };
}

/** What `work` resolves to; its failures point into the body as it was sent. */
async function located<Value>(reading: Reading<unknown>, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Failure ? asSent(error, reading) : error;
  }
}

function queryOverrides(query: string): RenderOverrides {
  return renderOverrides(new URLSearchParams(query), "the query of the URL");
}
