// The page in a browser: nothing loaded, nothing run, nothing wider than the screen, and readable for everyone.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import katex from "katex";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { securityHeaders } from "../src/http/headers.ts";
import { derivation } from "../src/index.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
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

  test("names every formula by its speech", () => {
    const names = html.match(/<math aria-label="[^"]+"/g);
    expect(names?.length).toBe(html.match(/<math /g)?.length);
    expect(html).toContain('<math aria-label="z j of layer 2"');
    expect(html).toContain('<math aria-label="equals the sum over i of w j i of layer 2, times x i"');
  });

  test("lists its sections, each with a link to it", () => {
    const [, list = ""] = /<nav class="contents" aria-label="Contents">([\s\S]*?)<\/nav>/.exec(html) ?? [];
    const targets = [...list.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets).toEqual(["forward", "backward", "gradients"]);
    for (const id of targets) expect(html).toContain(`<section id="${id}">`);
  });

  test("speaks the language of the document", () => {
    const german = writeDocument({ ...document, language: "de" }, printing, "html");
    expect(german).toContain('<nav class="contents" aria-label="Inhalt">');
    expect(german).toContain('aria-label="LaTeX kopieren"');
    expect(german).toContain('aria-label="Tabelle"');
    expect(german).toContain("mal x i");
  });

  test("as a fragment has a root element and no page around it", () => {
    const fragment = writeDocument(document, printing, "html", { fragment: true });
    expect(fragment).toMatch(/^<div class="handgrad" lang="en"><style>/);
    expect(fragment).not.toMatch(/<html|<body|<head>|<h1|body\{|<nav|<button|popover=/);
    const own = fragment
      .match(/<style>(.*?)<\/style>/s)![1]!
      .replace(/@font-face\{[^}]*\}/g, "")
      .replace(/@(media|container|page|supports)[^{]*\{/g, "");
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
  });
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

  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

  /** What is drawn of a formula is hidden from readers, and costs axe most of its time: one page is enough for it. */
  async function violationsOn(page: Page, context = "document"): Promise<unknown> {
    await page.addScriptTag({ content: axe });
    return page.evaluate(
      `axe.run(${context}).then((result) => result.violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
    );
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
      expect(await violationsOn(page)).toEqual([]);
      await page.close();
    },
  );

  const folder = fileURLToPath(new URL("../examples", import.meta.url));
  const names = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "index.json");

  test.each(names)("%s, as it is served: no fault found by axe, nothing wider than a phone", async (name) => {
    const request = JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as DerivationRequest;
    const page = await opened(derivation(request, "html"), 360, "dark");
    const root = "document.documentElement";
    expect(await page.evaluate(`${root}.scrollWidth <= ${root}.clientWidth`)).toBe(true);
    expect(await violationsOn(page, "{ exclude: ['.katex-html'] }")).toEqual([]);
    await page.close();
  });

  test("a screen reader hears the words of a formula", async () => {
    const page = await opened(html, 1200);
    for (const name of ["z j of layer 2", "equals the sum over i of w j i of layer 2, times x i"])
      expect(await page.getByRole("math", { name, exact: true }).count()).toBeGreaterThan(0);
    await page.close();
  });

  test("a section below a section is folded away by its heading, and stands open on paper", async () => {
    const page = await opened(html, 1200);
    const inside = page.locator("#gradients .equations");
    expect(await page.locator("summary:has(h3)").allTextContents()).toHaveLength(1);
    await page.locator("summary:has(h3)").click();
    expect(await inside.isVisible()).toBe(false);
    await page.emulateMedia({ media: "print" });
    expect(await inside.isVisible()).toBe(true);
    await page.close();
  });

  test("buttons open what is to be copied, under the policy that answers are served with", async () => {
    const page = await browser.newPage();
    await page.route("http://page.test/", (route) =>
      route.fulfill({
        contentType: "text/html; charset=utf-8",
        headers: { "content-security-policy": securityHeaders.derivation["content-security-policy"]! },
        body: html,
      }),
    );
    await page.goto("http://page.test/");
    const field = page.locator("textarea:visible");
    expect(await field.count()).toBe(0);
    const copied = async (button: string): Promise<string> => {
      await page.locator(button).first().focus();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Control+A");
      const text = await field.inputValue();
      const selected = await page.evaluate(
        "[document.activeElement.selectionStart, document.activeElement.selectionEnd]",
      );
      expect(selected).toEqual([0, text.length]);
      await page.keyboard.press("Escape");
      expect(await field.count()).toBe(0);
      return text;
    };
    expect(await copied(".copies > button")).toBe("/v1/derivations/eNpTest");
    expect(await copied(".copies > button:nth-of-type(2)")).toBe(
      writeDocument(document, printing, "markdown"),
    );
    const formula = await copied(".block > button");
    expect(formula).toMatch(/^\\begin\{aligned\}\nz_\{j\}\^\{\(2\)\} &= /);
    expect(() => katex.renderToString(formula, { strict: "error", displayMode: true })).not.toThrow();

    await page.emulateMedia({ media: "print" });
    expect(await page.locator("button:visible, textarea:visible").count()).toBe(0);
    await page.close();
  });

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
  });

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
  });

  test("every font that a formula asks for is there", async () => {
    const page = await opened(html, 1200);
    const missing = await page.evaluate(`document.fonts.ready.then(() => {
      const have = new Set([...document.fonts].map((face) => face.family + " " + face.style));
      const wanted = [...document.querySelectorAll(".katex-html *")].filter((node) => node.childElementCount === 0 && node.textContent.trim() !== "");
      return [...new Set(wanted.map((node) => { const s = getComputedStyle(node); return s.fontFamily.split(",")[0] + " " + s.fontStyle; }))].filter((face) => face.startsWith("KaTeX") && !have.has(face));
    })`);
    expect(missing).toEqual([]);
    await page.close();
  });
});
