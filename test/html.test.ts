// The page in a browser: nothing loaded, nothing run, nothing wider than the screen, and readable for everyone.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import fc from "fast-check";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeDocument } from "../src/writers/formats.ts";
import { htmlText } from "../src/writers/html-text.ts";
import { example } from "./support/document.ts";
import { hostileLabel, hostileLabels } from "./support/hostile.ts";

describe("a text of the user in HTML", () => {
  const named: Readonly<Record<string, string>> = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
  };
  const readBack = (html: string): string => html.replace(/&[a-z0-9#]+;/g, (entity) => named[entity]!);
  const texts = fc.oneof(fc.string({ unit: "grapheme" }), fc.string(), fc.constantFrom(...hostileLabels));

  test("reads back as it was, in text and in attributes", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(htmlText(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
        expect(readBack(htmlText(text))).toBe(text.replace(/\p{Cc}+/gu, " "));
      }),
    );
  });
});

describe("the page", () => {
  const { document, printing } = example();
  const html = writeDocument(document, printing, "html");

  test("carries its fonts and links nothing", () => {
    expect(html).not.toMatch(/<link|<script|src=|url\((?!data:font)/);
    expect(html.match(/@font-face/g)?.length).toBeGreaterThanOrEqual(3);
  });

  test("carries MathML beside the drawn formulas", () => {
    expect(html.match(/<math /g)?.length).toBe(html.match(/class="katex"/g)?.length);
  });

  test("as a fragment has a root element and no page around it", () => {
    const fragment = writeDocument(document, printing, "html", { fragment: true });
    expect(fragment).toMatch(/^<div class="handgrad" lang="en"><style>/);
    expect(fragment).not.toMatch(/<html|<body|<head>|<h1|body\{/);
    const own = fragment
      .match(/<style>(.*?)<\/style>/s)![1]!
      .replace(/@font-face\{[^}]*\}/g, "")
      .replace(/@(media|container|page)[^{]*\{/g, "");
    for (const selector of own.match(/[^{}]+(?=\{)/g) ?? []) expect(selector).toMatch(/\.(handgrad|katex)/);
  });
});

const executablePath = "/usr/bin/chromium";
const flags =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

describe.skipIf(!existsSync(executablePath))("in Chromium (skipped where it is not installed)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: flags.split(" ") });
  }, 60_000);
  afterAll(() => browser.close());

  async function opened(html: string, width: number, colorScheme: "light" | "dark" = "light"): Promise<Page> {
    const page = await browser.newPage({
      viewport: { width, height: 800 },
      colorScheme,
      reducedMotion: "reduce",
    });
    await page.setContent(html);
    return page;
  }

  const { document, printing } = example();
  const html = writeDocument(document, printing, "html");

  test.each([
    [360, "light"],
    [1200, "light"],
    [360, "dark"],
    [1200, "dark"],
  ] as const)(
    "at %d px, %s: nothing scrolls sideways but formulas and tables, and axe finds no fault",
    async (width, scheme) => {
      const page = await opened(html, width, scheme);
      const root = "document.documentElement";
      expect(await page.evaluate(`${root}.scrollWidth <= ${root}.clientWidth`)).toBe(true);
      await page.addScriptTag({
        content: readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"),
      });
      const violations = await page.evaluate(
        "axe.run().then((result) => result.violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
      );
      expect(violations).toEqual([]);
      await page.close();
    },
    60_000,
  );

  test("loads nothing and runs nothing, whatever a user wrote", async () => {
    for (const label of hostileLabels) {
      const hostile = example(label);
      const page = await browser.newPage();
      const asked: string[] = [];
      const spoken: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      page.on("dialog", async (dialog) => {
        spoken.push(dialog.message());
        await dialog.dismiss();
      });
      await page.setContent(writeDocument(hostile.document, hostile.printing, "html"));
      expect(await page.evaluate("document.querySelector('h1').textContent")).toBe(label);
      expect(await page.title()).toBe(label.trim());
      expect(asked.filter((url) => !url.startsWith("data:"))).toEqual([]);
      expect(spoken).toEqual([]);
      await page.close();
    }
  }, 60_000);

  test("the fragment leaves the page around it as it was", async () => {
    const hostile = example(hostileLabel);
    const fragment = writeDocument(hostile.document, hostile.printing, "html", { fragment: true });
    const host = (inner: string): string =>
      `<!doctype html><body><h2 id="mine">Mine</h2><table><tr><td id="cell">1</td></tr></table>${inner}</body>`;
    const look = `JSON.stringify(["mine", "cell"].map((id) => { const s = getComputedStyle(document.getElementById(id)); return [s.font, s.color, s.margin, s.padding]; }))`;
    const without = await opened(host(""), 800);
    const beside = await opened(host(fragment), 800);
    expect(await beside.evaluate(look)).toBe(await without.evaluate(look));
    expect(await beside.evaluate("document.querySelector('.handgrad h2').textContent")).toBe(hostileLabel);
  }, 60_000);

  test("every font that a formula asks for is there", async () => {
    const page = await opened(html, 1200);
    const missing = await page.evaluate(`document.fonts.ready.then(() => {
      const have = new Set([...document.fonts].map((face) => face.family + " " + face.style));
      const wanted = [...document.querySelectorAll(".katex-html *")].filter((node) => node.childElementCount === 0 && node.textContent.trim() !== "");
      return [...new Set(wanted.map((node) => { const s = getComputedStyle(node); return s.fontFamily.split(",")[0] + " " + s.fontStyle; }))].filter((face) => face.startsWith("KaTeX") && !have.has(face));
    })`);
    expect(missing).toEqual([]);
    await page.close();
  }, 60_000);
});
