// The programs that read each flavour of Markdown, run on many pages at once: what they take for formulas, for words
// and for front matter. Where a program is not installed its flavour is read by its peer from npm alone.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { parse } from "yaml";
import type { FlavorName } from "../../src/writers/markdown-flavors.ts";

/** What a processor makes of one page. */
export interface Processed {
  readonly inline: readonly string[];
  readonly displays: readonly string[];
  /** Words of each paragraph, formulas left out. */
  readonly paragraphs: readonly string[];
  /** Kinds of nodes or tags, each once. */
  readonly marks: ReadonlySet<string>;
  readonly title?: string;
}

export interface Processor {
  readonly name: string;
  readonly reads: readonly FlavorName[];
  readonly isInstalled: boolean;
  /** Pages of one flavour, in order. */
  readonly read: (pages: readonly string[]) => readonly Processed[];
}

const examples = fileURLToPath(new URL("../../examples", import.meta.url));
const systemPython = "/usr/bin/python3";

const has = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: "ignore" }).status === 0;

const remark = unified().use(remarkParse).use(remarkGfm).use(remarkMath);

const unframed = (page: string): string => page.replace(/^---\n[\s\S]*?\n---\n/, "");

/** The front matter as YAML 1.2. */
export function frontMatterOf(page: string): Readonly<Record<string, unknown>> {
  const [, yaml = ""] = /^---\n([\s\S]*?\n)---\n/.exec(page) ?? [];
  return parse(yaml) as Readonly<Record<string, unknown>>;
}

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly lang?: string;
  readonly children?: readonly Node[];
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children ?? []) yield* nodesOf(child);
}

const wordsOf = (node: Node): string =>
  node.type === "inlineMath" ? "" : (node.value ?? (node.children ?? []).map(wordsOf).join(""));

function byRemark(page: string): Processed {
  const nodes = [...nodesOf(remark.parse(unframed(page)) as Node)];
  const of = (type: string): readonly Node[] => nodes.filter((node) => node.type === type);
  const fences = of("code").filter(({ lang }) => lang === "math");
  return {
    // GitHub's $`…`$ is a formula in backquotes to others.
    inline: of("inlineMath").map(({ value = "" }) => value.replace(/^`(.*)`$/s, "$1")),
    displays: [...of("math"), ...fences].map(({ value = "" }) => value),
    paragraphs: of("paragraph").map(wordsOf),
    marks: new Set(nodes.map(({ type }) => type)),
  };
}

const require = createRequire(import.meta.url);

/** markdown-it as VS Code and Obsidian's kin run it; the plugin comes as CommonJS. */
function byMarkdownIt(page: string): Processed {
  const MarkdownIt = require("markdown-it") as new () => {
    use: (plugin: unknown) => { parse: (text: string, env: object) => readonly Token[] };
  };
  const { default: katex } = require("@vscode/markdown-it-katex") as { default: unknown };
  const tokens = new MarkdownIt().use(katex).parse(unframed(page), {});
  const all = tokens.flatMap((token) => [token, ...(token.children ?? [])]);
  const contents = (type: string): readonly string[] =>
    all.filter((token) => token.type === type).map(({ content }) => content);
  return {
    inline: contents("math_inline"),
    displays: contents("math_block"),
    paragraphs: [],
    marks: new Set(all.map(({ type }) => type)),
  };
}

interface Token {
  readonly type: string;
  readonly content: string;
  readonly children: readonly Token[] | null;
}

const entities: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  nbsp: "\u00a0",
  hellip: "…",
  ndash: "–",
  mdash: "—",
  ldquo: "“",
  rdquo: "”",
  lsquo: "‘",
  rsquo: "’",
};

function decoded(html: string): string {
  return html.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return entities[name] ?? whole;
    return String.fromCodePoint(Number(name.startsWith("#x") ? `0${name.slice(1)}` : name.slice(1)));
  });
}

/** A page of HTML whose formulas stand between \( \) and \[ \]. */
function byTags(html: string): Processed {
  const body = /<article>([\s\S]*)<\/article>/.exec(html)?.[1] ?? html;
  const between = (pattern: RegExp): readonly string[] =>
    [...body.matchAll(pattern)].map(([, latex = ""]) => decoded(latex).trim());
  const title = /<title>([\s\S]*?)<\/title>/.exec(html)?.[1];
  const paragraphs = [...body.matchAll(/<p>([\s\S]*?)<\/p>/g)].map(([, inner = ""]) => inner);
  return {
    inline: between(/\\\(([\s\S]*?)\\\)/g),
    displays: between(/\\\[([\s\S]*?)\\\]/g),
    paragraphs: paragraphs.map((inner) =>
      decoded(inner.replace(/\\\([\s\S]*?\\\)/g, "").replace(/<[^>]*>/g, "")),
    ),
    marks: new Set([...body.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, tag = ""]) => tag.toLowerCase())),
    ...(title !== undefined && { title: decoded(title) }),
  };
}

/** Builds the example site of a generator with these pages in it. */
function bySite(
  site: "hugo" | "jekyll",
  content: string,
  build: (folder: string) => readonly [program: string, ...args: string[]],
  pageOf: (folder: string, name: string) => string,
): Processor["read"] {
  return (pages) => {
    const folder = mkdtempSync(join(tmpdir(), `${site}-`));
    try {
      const generated = /\/(public|_site|katex|derivations|resources)$|content\/(?!_index)[^/]+\.md$/;
      cpSync(join(examples, site), folder, { recursive: true, filter: (path) => !generated.test(path) });
      mkdirSync(join(folder, content), { recursive: true });
      for (const [position, page] of pages.entries())
        writeFileSync(
          join(folder, content, `page-${position}.md`),
          page.startsWith("---\n") ? page : `---\n---\n\n${page}`,
        );
      const [program, ...args] = build(folder);
      execFileSync(program, args, { cwd: folder, stdio: "pipe" });
      return pages.map((_, position) => byTags(readFileSync(pageOf(folder, `page-${position}`), "utf8")));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

/** Pandoc's tree as JSON: `t` is the kind, `c` the content. */
interface Pandoc {
  readonly t?: string;
  readonly c?: unknown;
}

function byPandoc(page: string): Processed {
  const tree = JSON.parse(
    execFileSync("pandoc", ["-f", "markdown-smart", "-t", "json"], { input: page, encoding: "utf8" }),
  ) as { blocks: unknown; meta: Readonly<Record<string, unknown>> };
  const nodes = [...pandocNodes(tree.blocks)];
  const math = (kind: string): readonly string[] =>
    nodes.flatMap(({ t, c }) => {
      const [type, latex] = t === "Math" ? (c as readonly [Pandoc, string]) : [];
      return type?.t === kind ? [latex!.trim()] : [];
    });
  const title = tree.meta.title;
  return {
    inline: math("InlineMath"),
    displays: math("DisplayMath"),
    paragraphs: nodes.filter(({ t }) => t === "Para").map(({ c }) => pandocWords(c)),
    marks: new Set([...nodes, ...pandocNodes(tree.meta)].map(({ t = "" }) => t)),
    ...(title !== undefined && { title: pandocWords(title) }),
  };
}

function* pandocNodes(value: unknown): Generator<Pandoc> {
  if (typeof value !== "object" || value === null) return;
  if ("t" in value) yield value as Pandoc;
  for (const inner of Object.values(value)) yield* pandocNodes(inner);
}

function pandocWords(value: unknown): string {
  return [...pandocNodes(value)]
    .map(({ t, c }) => (t === "Str" ? (c as string) : t === "Space" || t === "SoftBreak" ? " " : ""))
    .join("");
}

/** Python-Markdown as a MkDocs site with the usual extensions runs it. */
const pythonMarkdown = `
import json, sys, markdown
extensions = ["tables", "footnotes", "attr_list", "md_in_html", "admonition", "def_list", "pymdownx.arithmatex",
  "pymdownx.caret", "pymdownx.tilde", "pymdownx.mark", "pymdownx.superfences", "pymdownx.keys", "pymdownx.magiclink",
  "pymdownx.details", "pymdownx.tasklist", "pymdownx.critic", "pymdownx.snippets"]
options = {"pymdownx.arithmatex": {"generic": True}}
print(json.dumps([markdown.markdown(page, extensions=extensions, extension_configs=options) for page in json.load(sys.stdin)]))
`;

function byPythonMarkdown(pages: readonly string[]): readonly Processed[] {
  const input = JSON.stringify(pages.map(unframed));
  const output = execFileSync(systemPython, ["-c", pythonMarkdown], {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 27,
  });
  return (JSON.parse(output) as string[]).map(byTags);
}

export const processors: readonly Processor[] = [
  {
    name: "remark with remark-math",
    reads: ["gfm", "obsidian"],
    isInstalled: true,
    read: (pages) => pages.map(byRemark),
  },
  {
    name: "markdown-it with its KaTeX plugin",
    reads: ["obsidian", "quarto"],
    isInstalled: true,
    read: (pages) => pages.map(byMarkdownIt),
  },
  {
    name: "Hugo",
    reads: ["hugo"],
    isInstalled: has("hugo", "version"),
    read: bySite(
      "hugo",
      "content",
      () => ["hugo", "--quiet"],
      (folder, name) => join(folder, "public", name, "index.html"),
    ),
  },
  {
    name: "Jekyll with kramdown and Liquid",
    reads: ["jekyll"],
    isInstalled: has("jekyll", "--version"),
    read: bySite(
      "jekyll",
      "derivations",
      () => ["jekyll", "build", "--quiet"],
      (folder, name) => join(folder, "_site", "derivations", `${name}.html`),
    ),
  },
  {
    name: "Pandoc, which Quarto runs",
    reads: ["quarto"],
    isInstalled: has("pandoc", "--version"),
    read: (pages) => pages.map(byPandoc),
  },
  {
    name: "Python-Markdown with arithmatex",
    reads: ["mkdocs"],
    isInstalled: has(systemPython, "-c", "import markdown, pymdownx"),
    read: byPythonMarkdown,
  },
];
