// PDFs as other programs read them: Poppler finds words, fonts and boxes, qpdf the tags.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { examples, exampleText } from "../src/examples.ts";
import { Failure } from "../src/failure.ts";
import { derivation } from "../src/index.ts";
import { type Allowances, defaultAllowances } from "../src/limits.ts";
import type { Job } from "../src/pool/job.ts";
import { Pool } from "../src/pool/pool.ts";
import { readDerivationRequest } from "../src/request/read.ts";
import { withRender } from "../src/request/render.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
import { charactersOfFonts } from "../src/writers/pdf/characters.ts";
import { layers, post, useApp } from "./http/requests.ts";
import { hostileLabel } from "./support/hostile.ts";
import {
  beyondMargins,
  boxesOf,
  elementsOf,
  expectClean,
  figureBoxesOf,
  fontsOf,
  isTitleShown,
  languageOf,
  metadataOf,
  scanned,
  textOf,
} from "./support/pdf.ts";
import { decode } from "./support/qr.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Millimetres. */
const margins = { a4: 24, a5: 16, letter: 25, legal: 25 } as const;
const papers = ["a4", "a5", "letter", "legal"] as const;

type Render = NonNullable<DerivationRequest["render"]>;

const requestOf = (name: string): DerivationRequest =>
  readDerivationRequest(Buffer.from(exampleText(name))).request;

const pdfOf = (request: DerivationRequest, render: Render = {}): Buffer =>
  Buffer.from(derivation({ ...request, render: { ...request.render, ...render } }, "pdf"), "base64");

const small = { network: layers } as DerivationRequest;

interface Json {
  readonly [key: string]: unknown;
}

/** What is said of every formula, and of every picture, by the JSON of the same document. */
function spokenIn(request: DerivationRequest): { readonly formulas: string[]; readonly pictures: number } {
  const formulas: string[] = [];
  let pictures = 0;
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const entry of node) visit(entry);
    else if (typeof node === "object" && node !== null) {
      const { kind, speech, sides, description: _words, ...rest } = node as Json;
      if (kind === "picture") pictures += 1;
      if (typeof speech === "string") formulas.push(speech);
      for (const value of Object.values(rest)) visit(value);
    }
  };
  visit(JSON.parse(derivation(request, "json")).derivation.blocks);
  return { formulas, pictures };
}

describe("A PDF of every example", () => {
  it.each(examples.map(({ name }) => name))(
    "%s: whole, with embedded fonts, every formula and picture said in words, nothing beside the page",
    (name) => {
      const request = requestOf(name);
      const pdf = pdfOf(request);
      expectClean(pdf);

      const fonts = fontsOf(pdf);
      expect(fonts.length).toBeGreaterThan(1);
      for (const { name: font, embedded } of fonts) expect(embedded, font).toBe(true);

      const elements = elementsOf(pdf);
      const alternatives = elements.filter(({ kind }) => kind === "Formula").map(({ alt }) => alt);
      const { formulas, pictures } = spokenIn(request);
      expect(new Set(alternatives)).toEqual(new Set(formulas));
      // A table that is cut into several repeats its first column.
      expect(alternatives.length).toBeGreaterThanOrEqual(formulas.length);
      // One more figure: the QR code of the permalink.
      const figures = elements.filter(({ kind }) => kind === "Figure");
      expect(figures).toHaveLength(pictures + 1);
      for (const { alt } of figures) expect(alt).toMatch(/\w{3}/);

      expect(beyondMargins(pdf, margins.a4, 11)).toEqual([]);
    },
  );
});

describe("The words of a PDF", () => {
  it("Are the headings, the numbers of the notes, who wrote it, and the permalink", () => {
    const request = withRender(requestOf("note-001"), {
      author: "Ada L.",
      course: "Neural networks",
      date: "May 2026",
    });
    const text = textOf(pdfOf(request));
    // note 001: E, δ of the output, ∂E/∂w_1 and ∂E/∂w_6.
    for (const number of ["0.0181039038", "0.0406811251", "0.000929071161", "0.027001637"])
      expect(text).toContain(number);
    for (const heading of ["Forward pass", "Full chain products", "Ada L. · Neural networks · May 2026"])
      expect(text).toContain(heading);
    const { permalink } = JSON.parse(derivation(request, "json"));
    expect(text.replace(/\s/g, "")).toContain(permalink.slice(0, 40));
  });

  it("Are German in a German document, which says so", () => {
    const pdf = pdfOf({ ...small, language: "de" });
    expect(languageOf(pdf)).toBe("de");
    expect(textOf(pdf)).toMatch(/Seite 1 von \d/);
    expect(languageOf(pdfOf(small))).toBe("en");
  });
});

describe("The structure of a PDF", () => {
  it.each(["ua", "a", "plain"] as const)(
    "Has heads of tables, headings, lists, captions and an alternative for whatever is no text, in %s",
    (standard) => {
      for (const language of ["en", "de"] as const) {
        const request = { ...requestOf("note-001"), language, detail: "full" as const };
        const pdf = pdfOf(request, { pdf: standard });
        const elements = elementsOf(pdf);
        const of = (kind: string) => elements.filter((element) => element.kind === kind);
        for (const { kind, alt } of [...of("Formula"), ...of("Figure")])
          expect(alt, kind).toMatch(/[\p{L}\d]/u);
        expect(of("Table").length).toBeGreaterThan(2);
        expect(of("THead")).toHaveLength(of("Table").length);
        for (const { scope } of of("TH")) expect(scope).toBe("Column");
        for (const kind of ["TH", "TD", "H1", "H2", "L", "LI", "P", "Caption"])
          expect(of(kind).length, kind).toBeGreaterThan(1);
        expect(of("Formula").length).toBeGreaterThan(100);
        // ISO 14289-1, 7.1; the other standards leave it to the reader.
        expect(isTitleShown(pdf)).toBe(standard === "ua");
        expect(languageOf(pdf)).toBe(language);
      }
    },
  );
});

describe("The same request", () => {
  it("Gives the same bytes, in whatever order documents are made", () => {
    const first = pdfOf(small);
    pdfOf(requestOf("two-paths"));
    expect(pdfOf(small).equals(first)).toBe(true);
  });
});

describe("The fields of render", () => {
  it.each([
    ["ua", /<pdfuaid:part>1</],
    ["a", /<pdfaid:part>2<[\s\S]*<pdfaid:conformance>A</],
  ] as const)("pdf %s claims its standard", (pdf, claim) => {
    expect(metadataOf(pdfOf(small, { pdf }))).toMatch(claim);
  });

  it("pdf plain claims none, and is tagged all the same", () => {
    const pdf = pdfOf(small, { pdf: "plain" });
    expect(metadataOf(pdf)).not.toMatch(/pdfuaid|pdfaid/);
    expect(elementsOf(pdf).some(({ kind }) => kind === "Formula")).toBe(true);
  });

  it.each([
    ["a4", 595.28, 841.89],
    ["a5", 419.53, 595.28],
    ["letter", 612, 792],
    ["legal", 612, 1008],
  ] as const)("paper %s has its size", (paper, width, height) => {
    const [page] = boxesOf(pdfOf(small, { paper })).pages;
    expect(page!.width).toBeCloseTo(width, 1);
    expect(page!.height).toBeCloseTo(height, 1);
  });

  it("columns and fontSize change how much stands on a page", () => {
    const pages = (render: Render) => boxesOf(pdfOf(requestOf("note-001"), render)).pages.length;
    expect(pages({ fontSize: 8 })).toBeLessThan(pages({ fontSize: 14 }));
    expect(boxesOf(pdfOf(requestOf("note-001"), { columns: 2 })).pages.length).toBeGreaterThan(1);
  });
});

describe("A text of the user", () => {
  it.each(['#read("/etc/passwd")', '#eval("1+1") $x$ *b* _e_ `c` <l> @r = h\n- i', hostileLabel])(
    "Is text: %s",
    (title) => {
      const text = textOf(pdfOf(small, { title })).replace(/\s+/g, "");
      expect(text).toContain(title.replace(/\s+/g, ""));
      expect(text).not.toContain("root:");
    },
  );

  it.each(papers.flatMap((paper) => [{ paper }, { paper, fontSize: 16, columns: 2 }]))(
    "Of letters without a space is whole, and keeps within the margins: %o",
    (look) => {
      for (const letter of ["W", "i", "ß"]) {
        const letters = letter.repeat(120);
        const pdf = pdfOf(small, { title: letters, course: letters, author: letters, ...look });
        expect(beyondMargins(pdf, margins[look.paper], "fontSize" in look ? look.fontSize : 11)).toEqual([]);
        const [, first = ""] = new RegExp(`^((?:${letter}|\\s|·)+)`).exec(textOf(pdf)) ?? [];
        expect(first.replace(/[^Wiß]/g, "")).toBe(letter.repeat(360));
      }
    },
  );

  it("That is longer than the head of a page ends in dots there, and is whole on the first page", () => {
    const title = "The derivative of the loss by each of the parameters of a network with two hidden units";
    const text = textOf(pdfOf(requestOf("note-001"), { title, course: title, paper: "a5" }));
    expect(text.replace(/\s+/g, " ").split(title)).toHaveLength(3);
    expect(text).toMatch(/\nThe derivative of the loss by each[^\n]*…\n/);
  });

  it("With spaces at its ends and between its words is set with one space", () => {
    expect(textOf(pdfOf(small, { title: "  two   words " })).split("\n")[0]).toBe("two words");
  });

  it.each([
    "e\u0301tude, Zażółć gęślą jaźń, Příliš žluťoučký kůň, İstanbul ığüşöç",
    "Nguyễn Đình Thi, Ștefan Țuțea, Þóra, ħ, Ẹ̀kọ́, q\u0307, m\u0303",
    "Αθήνα, Ἀθῆναι, Щука Ёж, Ґанок, ђћ, שלום",
    "ℝ ∈ ⟨x⟩ ≤ … „q“ ‘q’ – — ½ ³ ★ ✓",
  ])("May be in many languages: %s", (title) => {
    const text = textOf(pdfOf(small, { title, author: title })).normalize("NFC");
    // Poppler writes letters with marks of their own twice, and words from right to left between marks.
    for (const letter of title.normalize("NFC").replace(/\s/g, "")) expect(text).toContain(letter);
  });

  it("Is composed: e and an accent are the letter é", () => {
    expect(textOf(pdfOf(small, { title: "e\u0301tude" }))).toContain("\u00e9tude");
  });

  it("Shows what stands around a character that is refused", () => {
    const title = "A rather long title of a lecture 日 of which only the surroundings are shown";
    expect(() => pdfOf(small, { title })).toThrow(
      'The character "日" (U+65E5) of "… title of a lecture 日 of which only the s…" is in none of the fonts of the PDF; leave it out of the texts, or ask for text/html.',
    );
  });

  it.each([
    ["日本", "日", "U+65E5"],
    ["😀 smile", "😀", "U+1F600"],
    ["a\u202eb", "\u202e", "U+202E"],
  ])("Is refused with its character where the fonts lack it: %s", (title, character, code) => {
    expect(() => pdfOf(small, { title })).toThrow(
      new Failure(
        "impossible-request",
        `The character "${character}" (${code}) of "${title}" is in none of the fonts of the PDF; leave it out of the texts, or ask for text/html.`,
      ),
    );
  });
});

describe("The fonts", () => {
  it("Have every character that is let through, in the bold of titles and the plain of names", () => {
    const title = charactersOfFonts().join("");
    expect(() => pdfOf(small, { title, author: title })).not.toThrow();
  });

  it("Are Typst's own, whatever fonts the system has under their names", () => {
    const folder = mkdtempSync(join(tmpdir(), "handgrad-fonts-"));
    try {
      const impostor = impostorOf("KaTeX_Typewriter", "DejaVu Sans Mono");
      writeFileSync(join(folder, "impostor.ttf"), impostor);
      writeFileSync(join(folder, "fonts.conf"), `<fontconfig><dir>${folder}</dir></fontconfig>`);
      const made = spawnSync(process.execPath, ["bin/handgrad.js", "derive", "-", "--format", "pdf"], {
        cwd: root,
        env: { ...process.env, HOME: folder, FONTCONFIG_FILE: join(folder, "fonts.conf") },
        input: JSON.stringify(small),
      });
      expect(made.stderr.toString()).toBe("");
      expect(made.stdout.equals(pdfOf(small))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** A font of another family under the name of ours; both names are equally long, so nothing else moves. */
function impostorOf(family: string, name: string): Buffer {
  const font = readFileSync(join(root, `node_modules/katex/dist/fonts/${family}-Regular.ttf`), "latin1");
  const wide = (text: string): string => Buffer.from(text, "utf16le").swap16().toString("latin1");
  return Buffer.from(font.replaceAll(wide(family), wide(name)).replaceAll(family, name), "latin1");
}

describe("A network of 10-10-10", () => {
  const request = {
    network: {
      kind: "layers",
      inputs: 10,
      layers: [10, 10].map((units) => ({ type: "dense", units, activation: "sigmoid" })),
      loss: "half-squared-error",
      initialise: { scheme: "nice", seed: 3 },
      samples: [{ inputs: new Array(10).fill(0.5), targets: new Array(10).fill(1) }],
    },
    parameters: ["W1[10,10]", "W2[10,10]"],
    forms: ["chain", "delta", "indexed", "matrix"],
    detail: "full",
  } as unknown as DerivationRequest;

  it.each([
    ["bishop", { paper: "a4", fontSize: 11 }],
    ["net-out", { paper: "a4", fontSize: 16 }],
    ["nielsen", { paper: "a5", fontSize: 12 }],
    ["scalar", { paper: "a5", fontSize: 16, columns: 2 }],
    ["layered", { paper: "letter", fontSize: 9, columns: 2 }],
    ["from-to", { paper: "legal", fontSize: 8 }],
  ] as const)("%s %o: no word and no picture reaches beyond the margins", (notation, look) => {
    const pdf = pdfOf({ ...request, notation }, look);
    expect(boxesOf(pdf).words.length).toBeGreaterThan(1000);
    expect(figureBoxesOf(pdf).length).toBeGreaterThan(2);
    expect(beyondMargins(pdf, margins[look.paper], look.fontSize)).toEqual([]);
  });
});

describe("What is hard to fit on a line", () => {
  const name = (letter: string): string => letter.padEnd(32, "abcdefghij");
  const [x, y, q, f] = [name("x"), name("y"), name("q"), name("f")] as const;
  const names = {
    network: {
      kind: "equations",
      equations: [`${q} = ${x} + ${y}`, `${f} = ${q} * ${x}`],
      loss: f,
      parameters: { [x]: -2, [y]: 5 },
    },
    detail: "full",
  } as unknown as DerivationRequest;
  const digits = {
    network: {
      ...layers,
      samples: [1, 2, 3, 4, 5, 6, 7].map((divisor) => ({ inputs: [1 / divisor], targets: [-divisor / 9] })),
    },
    digits: 17,
  } as unknown as DerivationRequest;

  it.each([
    ["names of 32 letters", names],
    ["tables of 17 digits", digits],
  ])("Is set smaller, or in several tables: %s", (_, request) => {
    for (const look of [
      { paper: "a4", fontSize: 11 },
      { paper: "a5", fontSize: 16 },
      { paper: "a5", fontSize: 16, columns: 2 },
      { paper: "letter", fontSize: 8, columns: 2 },
    ] as const) {
      const pdf = pdfOf(request, look);
      expect(beyondMargins(pdf, margins[look.paper], look.fontSize)).toEqual([]);
    }
  });
});

describe("The colophon", () => {
  it("Has the permalink as a QR code that a scanner reads from the page", () => {
    const publicUrl = "https://gradients.example/handgrad";
    const pdf = Buffer.from(derivation(small, "pdf", { publicUrl }), "base64");
    const { bytes, width, height } = scanned(pdf, boxesOf(pdf).pages.length, 200);
    const { permalink } = JSON.parse(derivation(small, "json"));
    expect(decode(bytes, width, height)?.data).toBe(publicUrl + permalink);
  });
});

describe("A PDF in a child process", () => {
  const job: Job = { task: "derivation", request: small, format: "pdf" };
  const slow: Job = { task: "derivation", request: requestOf("classic-2-2-2"), format: "pdf" };
  let pool: Pool;
  const poolWith = (allowances: Partial<Allowances>) => {
    pool = new Pool({ workers: 1, allowances: { ...defaultAllowances, ...allowances } });
    return pool;
  };
  afterEach(() => pool.close());
  const refusal = (work: Promise<string>): Promise<unknown> =>
    work.then(
      () => "an answer",
      (error) => error,
    );

  it("That is killed is answered by a sentence, and the next one is made, with the same bytes", async () => {
    const working = refusal(poolWith({}).run(slow));
    while (pool.busyProcessIds.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    process.kill(pool.busyProcessIds[0]!, "SIGKILL");
    expect(await working).toEqual(
      new Failure(
        "calculation-stopped",
        "The calculation ended before it had an answer; try again, or send a smaller network.",
      ),
    );
    expect(Buffer.from(await pool.run(job), "base64").equals(pdfOf(small))).toBe(true);
  });

  it("Has a limit of time of its own", async () => {
    const failure = await refusal(poolWith({ pdfKillMs: 40 }).run(slow));
    expect(failure).toMatchObject({
      code: "calculation-stopped",
      status: 503,
      message:
        "The PDF took longer than 40 milliseconds and was stopped; ask for fewer parameters or a smaller network.",
      details: { limit: "pdfKillMs", allowed: 40 },
    });
  });

  it("Has a limit of memory of its own", async () => {
    const failure = await refusal(poolWith({ pdfMegabytes: 100, workerMegabytes: 512 }).run(slow));
    expect((failure as Failure).message).toMatch(
      /^The PDF took \d+ megabytes of memory, more than 100, and was stopped; ask for fewer parameters or a smaller network\.$/,
    );
  });
});

describe("Over HTTP", () => {
  const { inject } = useApp({ LIMIT_PDF_PAGES: "4", PUBLIC_URL: "https://gradients.example" });

  it("Is answered by Accept, and by the extension of a permalink", async () => {
    const answer = await inject(post("/v1/derivations", { network: layers }, { accept: "application/pdf" }));
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/pdf");
    expect(textOf(answer.rawPayload).replace(/\s/g, "")).toContain(
      "https://gradients.example/v1/derivations/",
    );
    const { permalink } = JSON.parse(derivation(small, "json"));
    const linked = await inject({ method: "GET", url: `${permalink}.pdf` });
    expect(linked.rawPayload.equals(answer.rawPayload)).toBe(true);
  });
});
