// Pictures in a browser: formulas as wide as the browser sets them, and chains that point out their path by style alone.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import katex from "katex";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleText } from "../src/examples.ts";
import { derivation } from "../src/index.ts";
import { readDerivationRequest } from "../src/request/read.ts";
import { formulaBoxes } from "../src/writers/katex-boxes.ts";

const executablePath = "/usr/bin/chromium";
const flags =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --allow-file-access-from-files";

describe.skipIf(!existsSync(executablePath))("in Chromium (skipped where it is not installed)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: flags.split(" ") });
  });
  afterAll(() => browser.close());

  const resolve = createRequire(import.meta.url).resolve;

  test("formulas have the width that KaTeX's own style sheet gives them", async () => {
    const formulas = [
      "\\frac{\\partial E_{\\mathrm{total}}}{\\partial w_{1}^{(2)}}",
      "\\delta_{1}^{(2)} = (\\delta_{1}^{(3)} w_{5} + \\delta_{2}^{(3)} w_{7}) f'(z_{1}^{(2)})",
      "\\displaystyle\\sum_{k=1}^{n} \\frac{1}{2}\\left(\\frac{a}{b}\\right)",
      "\\sqrt{x_{1} + \\frac{1}{2}}",
      "\\times w_{1} \\cdot 0.35 \\approx 1.2 \\cdot 10^{-5}",
      "\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}",
      "\\hat{y} \\operatorname{ReLU}(z)",
      "\\begin{cases} 1 & z > 0 \\\\ 0 & z \\le 0 \\end{cases}",
    ];
    const page = await browser.newPage();
    // A page of the file system, so that the style sheet's fonts load.
    const sheet = pathToFileURL(resolve("katex/dist/katex.css")).href;
    await page.goto(sheet);
    const spans = formulas.map(
      (latex) => `<div><span>${katex.renderToString(latex, { output: "html" })}</span></div>`,
    );
    await page.setContent(
      `<link rel="stylesheet" href="${sheet}"><style>div{white-space:nowrap}.katex{font-size:100px!important}</style>${spans.join("")}`,
      { waitUntil: "load" },
    );
    await page.evaluate("document.fonts.ready");
    const widths = (await page.evaluate(
      "[...document.querySelectorAll('div>span')].map((span) => span.getBoundingClientRect().width)",
    )) as number[];
    for (const [position, latex] of formulas.entries()) {
      // The browser rounds letters and spaces to 1/64 px, at 100 px for an em.
      expect(Math.abs(formulaBoxes(latex).width * 100 - widths[position]!), latex).toBeLessThan(1);
    }
    await page.close();
  });

  async function opened(name: string, width: number): Promise<Page> {
    const { request } = readDerivationRequest(Buffer.from(exampleText(name)));
    const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    await page.setContent(derivation(request, "html"));
    return page;
  }

  const shown = (page: Page) =>
    page.evaluate(
      "[...document.querySelectorAll('.o')].filter((group) => getComputedStyle(group).visibility === 'visible').map((group) => group.getAttribute('class').split(' ').at(-1))",
    );

  test("each chain shows its own path when it is pointed at or focused, and no other", async () => {
    const page = await opened("classic-2-2-2", 1000);
    expect(await shown(page)).toEqual([]);
    const chain = page.locator('[data-path="w_1 z1[1] a1[1] z2[2] a2[2] E[2] E"]').first();
    await chain.hover();
    const [own] = (await shown(page)) as string[];
    expect(own).toMatch(/^p\d+-path-2$/);
    expect(await shown(page)).toEqual([own, own]);
    await page.mouse.move(0, 0);
    await chain.focus();
    expect(await shown(page)).toEqual([own, own]);
    const picture = page.locator(`figure:has(.${own})`);
    expect(await picture.locator(`.${own} .ring`).count()).toBe(7);
    const box = (await picture.boundingBox())!;
    expect(box.y >= 0 && box.y + box.height <= 900).toBe(true);
    await page.close();
  });

  test.each([360, 1200])(
    "at %d px nothing scrolls sideways but pictures, and axe finds no fault",
    async (width) => {
      const page = await opened("note-003", width);
      const root = "document.documentElement";
      expect(await page.evaluate(`${root}.scrollWidth <= ${root}.clientWidth`)).toBe(true);
      expect(await page.locator("figure svg").count()).toBeGreaterThan(1);
      await page.addScriptTag({ content: readFileSync(resolve("axe-core/axe.min.js"), "utf8") });
      const violations = await page.evaluate(
        "axe.run().then((result) => result.violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))",
      );
      expect(violations).toEqual([]);
      await page.close();
    },
  );

  test("at 360 px a picture is as large as it fits, but never too small to be read", async () => {
    const page = await opened("note-001", 360);
    const scales = (await page.evaluate(
      "[...document.querySelectorAll('figure svg')].map((svg) => svg.getBoundingClientRect().width / svg.getAttribute('width'))",
    )) as number[];
    // The smallest letters of 13 px stay above 8 px.
    for (const scale of scales) expect(scale).toBeGreaterThan(0.64);
    expect(scales[0]).toBeLessThan(0.95);
    const room = "document.querySelector('figure .scroll')";
    expect(await page.evaluate(`${room}.scrollWidth <= ${room}.clientWidth`)).toBe(true);
    await page.close();
  });

  test("every letter is drawn once for all pictures, and every picture finds its letters", async () => {
    const page = await opened("classic-2-2-2", 1000);
    const ids = (await page.evaluate(
      "[...document.querySelectorAll('figure defs path')].map(({ id }) => id)",
    )) as string[];
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      await page.evaluate(
        "[...document.querySelectorAll('figure use')].filter((use) => !document.querySelector(use.getAttribute('href')) || use.getBBox().width === 0).length",
      ),
    ).toBe(0);
    await page.close();
  });

  test("prints with every picture still and none over the text", async () => {
    const page = await opened("classic-2-2-2", 800);
    await page.emulateMedia({ media: "print" });
    expect(
      await page.evaluate(
        "[...document.querySelectorAll('figure')].every((figure) => getComputedStyle(figure).position === 'static')",
      ),
    ).toBe(true);
    await page.close();
  });
});
