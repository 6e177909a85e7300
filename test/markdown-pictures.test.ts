// How pictures come into Markdown: as Mermaid, as links that lead to their SVG, as files, or in lines of text.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import { runCommandLine } from "../src/cli.ts";
import { examples, exampleText } from "../src/examples.ts";
import { derivation } from "../src/index.ts";
import { readDerivationRequest } from "../src/request/read.ts";
import { withRender } from "../src/request/render.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
import { flavorNames } from "../src/writers/markdown-flavors.ts";
import { useApp } from "./http/requests.ts";

const requestOf = (name: string): DerivationRequest =>
  readDerivationRequest(Buffer.from(exampleText(name))).request;

const publicUrl = "https://course.example/handgrad";

const markdownOf = (
  render: NonNullable<DerivationRequest["render"]>,
  address?: string,
  name = "note-001",
): string =>
  derivation(withRender(requestOf(name), render), "markdown", address ? { publicUrl: address } : {});

/** Images of a page, with what they say and where they are. */
const imagesIn = (markdown: string) =>
  [...markdown.matchAll(/^!\[(.*)\]\((.*)\)$/gm)].map(([, alt, address]) => ({
    alt: alt!,
    address: address!,
  }));

describe("A page in Markdown", () => {
  // Which processors draw Mermaid: GitHub, Obsidian, Quarto, Material for MkDocs and Hugo's theme Book do, Jekyll does not.
  test.each(flavorNames.map((flavor) => [flavor, flavor !== "jekyll"] as const))(
    "in the flavour %s has diagrams: %s",
    (flavor, draws) => {
      const page = markdownOf({ flavor }, publicUrl);
      expect(page.includes("flowchart LR")).toBe(draws);
      expect(imagesIn(page).length > 0).toBe(!draws);
    },
  );

  it("has links in any flavour, and diagrams in any flavour, where they are asked for", () => {
    for (const flavor of flavorNames) {
      expect(markdownOf({ flavor, pictures: "mermaid" })).toContain("flowchart LR");
      expect(imagesIn(markdownOf({ flavor, pictures: "svg" }, publicUrl))).toHaveLength(9);
      expect(markdownOf({ flavor, pictures: "text" })).toContain(
        "```text\n   x₁ ── w₁ ─→ a₁⁽²⁾\n   x₂ ── w₃ ─→ a₁⁽²⁾\n",
      );
    }
  });

  it("has arrows instead of links that would lead nowhere", () => {
    const page = markdownOf({ flavor: "jekyll" });
    expect(imagesIn(page)).toEqual([]);
    expect(page).not.toContain("flowchart");
    expect(page).toContain("The network as units:\n\n```text\n   x₁ ── w₁ ─→ a₁⁽²⁾\n");
  });

  it("says what is seen", () => {
    const [first] = imagesIn(markdownOf({ flavor: "gfm", pictures: "svg" }, publicUrl));
    expect(first!.alt.replaceAll("\\", "")).toMatch(
      /^The network as units\. a 1 of layer 2 gets x 1 times w 1 and x 2 times w 3\. /,
    );
  });

  it("has its permalink as its readers can follow it", () => {
    expect(markdownOf({}, publicUrl).replaceAll("\\", "")).toContain(
      "course.example/handgrad/v1/derivations/",
    );
    const page = derivation(requestOf("note-001"), "html", { publicUrl });
    expect(page).toContain(`href="${publicUrl}/v1/derivations/`);
    const { permalink } = JSON.parse(derivation(requestOf("note-001"), "json", { publicUrl }));
    expect(permalink).toMatch(/^\/v1\/derivations\//);
  });
});

describe("Links to pictures", () => {
  const { inject } = useApp({ PUBLIC_URL: publicUrl });

  it.each(examples.map(({ name }) => name))(
    "of %s lead to the pictures that the page has, and say what is seen",
    async (name) => {
      const request = withRender(requestOf(name), { flavor: "jekyll", title: "Mine" });
      const page = derivation(request, "markdown", { publicUrl });
      const files: string[] = [];
      const keepPicture = (svg: string) => `${files.push(svg)}.svg`;
      derivation(request, "markdown", { keepPicture });
      expect(imagesIn(page)).toHaveLength(files.length);
      for (const [position, { alt, address }] of imagesIn(page).entries()) {
        const answer = await inject({ url: address.replace(publicUrl, "") });
        expect(answer.statusCode).toBe(200);
        const said = (svg: string) =>
          [...svg.matchAll(/<(?:title|desc) [^>]*>([^<]*)</g)].map(([, text]) => text);
        expect(answer.body.trim()).toBe(files[position]!.trim());
        expect(alt.replaceAll("\\", "")).toBe(said(answer.body).join(". "));
      }
    },
  );

  it("are what the service itself writes", async () => {
    const body = withRender(requestOf("note-003"), { flavor: "jekyll" });
    const answer = await inject({
      method: "POST",
      url: "/v1/derivations",
      headers: { "content-type": "application/json", accept: "text/markdown" },
      payload: JSON.stringify(body),
    });
    expect(imagesIn(answer.body).map(({ address }) => address)).toEqual(
      imagesIn(derivation(body, "markdown", { publicUrl })).map(({ address }) => address),
    );
    expect(imagesIn(answer.body)[0]!.address.startsWith(`${publicUrl}/v1/derivations/`)).toBe(true);
  });
});

describe("On the command line", () => {
  const folder = mkdtempSync(join(tmpdir(), "pictures-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function run(...words: readonly string[]) {
    let error = "";
    const code = await runCommandLine(["derive", "-", ...words], {
      input: () => Buffer.from(exampleText("note-001")),
      output: () => undefined,
      error: (text) => {
        error += text;
      },
    });
    return { code, error };
  }

  it("pictures are files beside the page, whatever it is called", async () => {
    const out = join(folder, "new", "a [1] (b).md");
    expect(await run("--flavor", "jekyll", "--out", out)).toEqual({ code: 0, error: "" });
    const images = imagesIn(readFileSync(out, "utf8"));
    expect(images).toHaveLength(9);
    for (const { address } of images) {
      expect(address).toMatch(/^[\w%.-]+$/);
      const svg = readFileSync(join(folder, "new", decodeURIComponent(address)), "utf8");
      expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
    }
  });

  it("no files are made for a page that needs none", async () => {
    await run("--flavor", "gfm", "--out", join(folder, "plain.md"));
    expect(existsSync(join(folder, "plain-1.svg"))).toBe(false);
  });

  it("they are linked at a service that is named", async () => {
    const out = join(folder, "linked.md");
    await run("--flavor", "jekyll", "--public-url", `${publicUrl}/`, "--out", out);
    expect(imagesIn(readFileSync(out, "utf8"))[0]!.address).toMatch(
      /^https:\/\/course\.example\/handgrad\/v1\/derivations\/[\w-]+\.svg$/,
    );
    expect(existsSync(join(folder, "linked-1.svg"))).toBe(false);
  });

  it("an address that is none is refused", async () => {
    expect(await run("--public-url", "javascript:alert(1)")).toEqual({
      code: 2,
      error:
        '--public-url is "javascript:alert(1)"; an address such as https://course.example/handgrad is expected.\n',
    });
  });
});
