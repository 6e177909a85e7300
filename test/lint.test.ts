// Pages of notes held against a network: what is reported, where, and nothing else.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCommandLine } from "../src/cli.ts";
import { examples, exampleText } from "../src/examples.ts";
import { lintPage } from "../src/index.ts";
import { type NotationKey, notationKeys } from "../src/notation/notation.ts";
import type { LintRequest } from "../src/request/schema.ts";
import { post, useApp } from "./http/requests.ts";

const { network } = JSON.parse(
  readFileSync(new URL("../examples/note-001.json", import.meta.url), "utf8"),
) as Required<Pick<LintRequest, "network">>;

type Example = Required<Pick<LintRequest, "network">> & { readonly notation?: NotationKey };

interface Report {
  readonly network: { readonly given?: boolean; readonly guessed?: string };
  readonly judged: number;
  readonly holding: number;
  readonly findings: readonly {
    readonly rule: string;
    readonly level: string;
    readonly line: number;
    readonly column: number;
    readonly source: string;
    readonly message: string;
  }[];
}

function reported(page: string, more: Partial<LintRequest> = {}): Report {
  return JSON.parse(lintPage({ page, network, notation: "layered", ...more }).text) as Report;
}

const rulesAt = ({ findings }: Report) => findings.map(({ rule, line }) => [line, rule]);

const page = `---
title: "Layers, $x = y$"
---
The hidden unit has $z_1^{(2)} = w_1 x_1 + w_3 x_2$ and $a_1^{(2)} = f(z_1^{(2)})$.

$$\\delta_1^{(3)} = (a_1^{(3)} - y) f'(z_1^{(3)})$$

$$
\\frac{\\partial E}{\\partial w_5} = \\delta_1^{(3)} a_2^{(2)}
$$

Then $\\delta_1^{(2)} = \\delta_1^{(3)} w_5$ and
\`$\\delta_1^{(2)} = 0$\` is code.
`;

describe("A page", () => {
  const { inject } = useApp();

  it("is judged equality by equality, with line and column", () => {
    const report = reported(page);
    expect([report.judged, report.holding]).toEqual([5, 3]);
    expect(rulesAt(report)).toEqual([
      [9, "wrong-local-input"],
      [12, "missing-activation-derivative"],
    ]);
    expect(report.findings[1]!.column).toBe(7);
    expect(report.findings[1]!.source).toBe("\\delta_1^{(2)} = \\delta_1^{(3)} w_5");
  });

  it("has the same findings in other letters", () => {
    const bishop = page
      .replaceAll("\\delta_1^{(3)}", "\\delta_5")
      .replaceAll("\\delta_1^{(2)}", "\\delta_3")
      .replaceAll(/z_([12])\^\{\(2\)\}/g, (_, unit) => `a_${Number(unit) + 2}`)
      .replaceAll(/a_([12])\^\{\(2\)\}/g, (_, unit) => `z_${Number(unit) + 2}`)
      .replaceAll("z_1^{(3)}", "a_5")
      .replaceAll("a_1^{(3)}", "y_5")
      .replaceAll("- y)", "- t_5)")
      .replaceAll("f'", "h'")
      .replaceAll("f(", "h(")
      .replaceAll("partial E", "partial L");
    expect(rulesAt(reported(bishop, { notation: "bishop" }))).toEqual(rulesAt(reported(page)));
  });

  it.each([
    ["$z_1^{(3)} = a_1^{(2)} * w_5 + a_1^{(2)} * w_6$", "wrong-local-input", "error"],
    ["$\\frac{\\partial E}{\\partial w_5} = \\delta_1^{(3)} a_1^{(2)} \\frac{a}{$", "broken-markup", "error"],
    ["$\\delta_1^{(3)} = (a_1^{(3)} - y) f'(z_1^3)$", "notation", "warning"],
    ["$\\delta_7 = 3$", "unreadable", "note"],
    [
      "$\\frac{\\partial E}{\\partial z_1^{(2)}} = \\frac{\\partial E}{\\partial z_1^{(3)}} \\frac{\\partial z_1^{(3)}}{\\partial a_1^{(3)}} \\frac{\\partial a_1^{(2)}}{\\partial z_1^{(2)}}$",
      "chain-does-not-telescope",
      "error",
    ],
  ])("%s: %s", (line, rule, level) => {
    expect(reported(line).findings.map((finding) => [finding.rule, finding.level])).toEqual([[rule, level]]);
  });

  it("may be a LaTeX document, of which comments, preamble and code are not read", () => {
    const document = [
      "\\documentclass{article} % $E = 0$",
      "\\newcommand{\\x}{$x_1 = 5$}",
      "\\begin{document}",
      "The hidden unit% $\\delta_1^{(3)} = 0$",
      "(50\\% of $x_1$) has $z_1^{(2)} = w_1 x_1 + w_3 x_2$.",
      "\\begin{eqnarray}",
      "a_1^{(2)} &=& f(z_1^{(2)}) \\label{eq:a} \\\\",
      "\\delta_1^{(3)} &=& (a_1^{(3)} - y) f'(z_1^{(3)}) \\nonumber",
      "\\end{eqnarray}",
      "\\begin{multline*}",
      "\\delta_1^{(2)} = \\delta_1^{(3)} w_5 \\\\",
      "  f'(z_1^{(2)})",
      "\\end{multline*}",
      "\\begin{verbatim}",
      "$\\delta_1^{(3)} = 7$",
      "\\end{verbatim}",
      "\\[ \\frac{\\partial E}{\\partial w_5} = \\delta_1^{(3)} a_2^{(2)} \\tag*{\\small 3 \\ensuremath{\\times} 1} \\]",
      "\\end{document}",
      "$x_1 = 9$",
    ].join("\n");
    const report = reported(document);
    expect([report.judged, report.holding]).toEqual([5, 4]);
    expect(rulesAt(report)).toEqual([[17, "wrong-local-input"]]);
  });

  it("may be longer than any submission", () => {
    const long = `${page}\n${"and $x_1 + x_2 + x_1 + x_2 + x_1 + x_2 + x_1 + x_2$ \n".repeat(1500)}\n$x_1 = x_2$`;
    expect(long.length).toBeGreaterThan(50_000);
    expect(reported(long).findings.at(-1)!.source).toBe("x_1 = x_2");
  });

  it("gives a name another meaning behind another heading", () => {
    const report = reported(
      "# 1\n\n$g = x_1$ and $x_1 = g$\n\n# 2\n\n$x_2 = g$ where $g = x_2$\n\n$x_1 = g$",
    );
    expect(rulesAt(report)).toEqual([[9, "false-equality"]]);
    expect(report.judged).toBe(3);
  });

  it("misses a bias that the network has", () => {
    const biased: LintRequest["network"] = {
      kind: "layers",
      inputs: 2,
      layers: [{ type: "dense", units: 1, activation: "sigmoid" }],
      loss: "half-squared-error",
    };
    const { findings } = reported("$z_1^{(2)} = w_1 x_1 + w_2 x_2$", {
      network: biased,
      notation: "layered",
    });
    expect(findings.map(({ rule }) => rule)).toEqual(["missing-bias"]);
  });

  it("says which network it was held against where that is a guess", () => {
    const { network: _given, ...rest } = { network, page };
    const report = JSON.parse(lintPage(rest).text) as Report;
    expect(report.network).toEqual({ guessed: "note-001" });
  });

  it.each(["note-000", "note-003", "note-004", "classic-2-2-2", "softmax-3", "circuit", "recurrent-3-steps"])(
    "is taken for one about the example %s that was printed",
    async (name) => {
      const request = JSON.parse(exampleText(name)) as object;
      const body = { ...request, forms: ["chain", "delta"], detail: "brief" };
      const printed = (await inject(post("/v1/derivations", body, { accept: "text/markdown" }))).body;
      const report = JSON.parse(lintPage({ page: printed }).text) as Report;
      expect(report.network).toEqual({ guessed: name });
      expect(report.holding).toBe(report.judged);
    },
  );

  it("is refused where nothing on it is about any example", () => {
    expect(() => lintPage({ page: "No formula at all." })).toThrow(
      "No example network makes an equality of this page true, so it is not clear what it is about; give the network.",
    );
  });
});

describe("The findings on a page", () => {
  const lines = [
    "$z_1^{(2)} = w_1 x_1 + w_3 x_2$",
    "$z_2^{(2)} = w_2 x_1 + w_3 x_2$",
    "$z_1^{(3)} = w_5 a_1^{(2)} + w_6 a_1^{(2)}$",
    "$\\delta_1^{(3)} = (a_1^{(3)} - y) f'(z_1^{(3)})$",
    "$\\delta_1^{(2)} = \\delta_1^{(3)} w_5$",
    "$\\delta_2^{(2)} = \\delta_1^{(3)} w_5 f'(z_2^{(2)})$",
    "$\\frac{\\partial E}{\\partial w_4} = \\delta_2^{(2)} x_2$",
    "$\\frac{\\partial E}{\\partial w_1} = \\delta_1^{(2)} x_2$",
    "$\\frac{\\partial E}{\\partial w_6} = (y - a_1^{(3)}) f'(z_1^{(3)}) a_2^{(2)}$",
    "$\\frac{\\partial E}{\\partial w_5} = \\frac{\\partial E}{\\partial a_1^{(3)}} \\frac{\\partial z_1^{(3)}}{\\partial w_5}$",
  ];
  const findings = [
    [2, "sibling-weight"],
    [3, "wrong-local-input"],
    [5, "missing-activation-derivative"],
    [6, "sibling-weight"],
    [8, "wrong-local-input"],
    [9, "wrong-sign"],
    [10, "chain-does-not-telescope"],
  ];
  const found = (page: readonly string[], described: object) =>
    rulesAt(reported(page.join("\n"), { network: described as LintRequest["network"] }));
  const withWeights = (hidden: number[][], output: number[][]) => {
    const [first, second] = (network as { layers: object[] }).layers;
    return {
      ...network,
      layers: [
        { ...first, weights: hidden },
        { ...second, weights: output },
      ],
    };
  };

  it("are those decided by hand", () => {
    expect(found(lines, network)).toEqual(findings);
  });

  it("are the same with the hidden units the other way round", () => {
    const turned: Readonly<Record<string, string>> = { 1: "2", 2: "1", 3: "4", 4: "3", 5: "6", 6: "5" };
    const page = lines.map((line) =>
      line
        .replaceAll(/w_(\d)/g, (_, index: string) => `w_${turned[index]}`)
        .replaceAll(/_(\d)\^\{\(2\)\}/g, (_, index: string) => `_${turned[index]}^{(2)}`),
    );
    expect(
      found(
        page,
        withWeights(
          [
            [0.4, 0.6],
            [0.1, 0.8],
          ],
          [[0.9, 0.3]],
        ),
      ),
    ).toEqual(findings);
  });

  it("are the same with the inputs the other way round", () => {
    const turned: Readonly<Record<string, string>> = { 1: "3", 2: "4", 3: "1", 4: "2", 5: "5", 6: "6" };
    const page = lines.map((line) =>
      line
        .replaceAll(/w_(\d)/g, (_, index: string) => `w_${turned[index]}`)
        .replaceAll(/x_(\d)/g, (_, index: string) => `x_${3 - Number(index)}`),
    );
    expect(
      found(
        page,
        withWeights(
          [
            [0.8, 0.1],
            [0.6, 0.4],
          ],
          [[0.3, 0.9]],
        ),
      ),
    ).toEqual(findings);
  });

  it("are the same with the numbers of the weights exchanged", () => {
    for (const [hidden, output] of [
      [
        [
          [0.6, 0.9],
          [0.3, 0.1],
        ],
        [[0.8, 0.4]],
      ],
      [
        [
          [-2, 0.5],
          [1.5, 3],
        ],
        [[0.25, -0.75]],
      ],
    ] as const)
      expect(
        found(
          lines,
          withWeights(
            hidden.map((row) => [...row]),
            output.map((row) => [...row]),
          ),
        ),
      ).toEqual(findings);
  });
});

describe("What is printed of a network holds of it", () => {
  const { inject } = useApp();
  /** Of each kind one, with a batch, flat numbers and own names among them. */
  const inAllDialects = ["note-000", "note-001", "classic-2-2-2", "softmax-3", "batch-of-8", "skip-shared"];
  const inOwn = examples.map(({ name }) => ({
    name,
    ...(JSON.parse(exampleText(name)) as Example),
  }));
  const rows = inOwn
    // Entries of symbolic size cannot be compared.
    .filter(({ name }) => !/"shapes": \{[^}]*"[a-zA-Z]"\]/.test(exampleText(name)))
    .flatMap(({ name, notation, network: described }): [string, NotationKey, Example["network"]][] => {
      const dialects = inAllDialects.includes(name) ? notationKeys : notation ? [notation] : [];
      return dialects.map((dialect) => [name, dialect, described]);
    });

  it.each(rows)("%s in %s", async (name, dialect, described) => {
    const body = { ...(JSON.parse(exampleText(name)) as Example), notation: dialect };
    const printed = (await inject(post("/v1/derivations", body, { accept: "text/markdown" }))).body;
    const report = reported(printed.slice(0, 200_000), { network: described, notation: dialect });
    expect(report.judged).toBeGreaterThan(10);
    expect(report.findings.filter(({ level }) => level !== "note")).toEqual([]);
  });
});

describe("The report", () => {
  it("reads like a compiler's", () => {
    const { text, hasErrors } = lintPage({
      page: "$z_1^{(3)} = a_1^{(2)} * w_5 + a_1^{(2)} * w_6$",
      network,
      notation: "layered",
      name: "notes/backprop.md",
      format: "text",
    });
    expect(hasErrors).toBe(true);
    expect(text).toMatch(
      /^notes\/backprop\.md:1:2: error: False\. .*\[wrong-local-input\]\n0 of 1 equalities hold of the given network, read in the dialect layered\.\n$/,
    );
  });

  it("is SARIF 2.1.0 with places that review tools show", () => {
    const { text } = lintPage({ page, network, notation: "layered", name: "a page.md", format: "sarif" });
    const { version, runs } = JSON.parse(text) as {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: {
          ruleId: string;
          locations: { physicalLocation: { region: object; artifactLocation: object } }[];
        }[];
      }[];
    };
    expect(version).toBe("2.1.0");
    const [run] = runs;
    const { results } = run!;
    expect(results[0]!.locations[0]!.physicalLocation).toEqual({
      artifactLocation: { uri: "a%20page.md" },
      region: { startLine: 9, startColumn: 1, endLine: 9, endColumn: 59 },
    });
    expect(run!.tool.driver.rules.map(({ id }) => id)).toEqual(results.map(({ ruleId }) => ruleId));
  });
});

describe("The command line and HTTP", () => {
  const folder = mkdtempSync(join(tmpdir(), "lint-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const { inject } = useApp();

  it("exit with 1 where something is wrong, with 0 where nothing is", async () => {
    const file = join(folder, "page.md");
    const networkFile = join(folder, "network.json");
    writeFileSync(networkFile, JSON.stringify(network));
    const codeOf = async (text: string) => {
      writeFileSync(file, text);
      const words = ["lint", file, "--network", networkFile, "--notation", "layered"];
      return runCommandLine(words, { input: () => Buffer.from(""), output: () => {}, error: () => {} });
    };
    expect(await codeOf(page)).toBe(1);
    expect(await codeOf("$a_1^{(2)} = f(z_1^{(2)})$")).toBe(0);
  });

  it("answer in the format of the request", async () => {
    const reply = await inject(post("/v1/lint", { page, network, notation: "layered", format: "text" }));
    expect(reply.statusCode).toBe(200);
    expect(reply.headers["content-type"]).toContain("text/plain");
    expect(reply.body).toContain("page.md:9:1: error:");
  });
});
