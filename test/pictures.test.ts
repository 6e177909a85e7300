// Pictures are read back from their SVG: labels keep apart and inside, edges end at their nodes, names stay inert.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examples, exampleText } from "../src/examples.ts";
import { derivation } from "../src/index.ts";
import { notations } from "../src/notation/rows.ts";
import { generalNames } from "../src/picture/general.ts";
import { curveOf, pointAt } from "../src/picture/layout/curves.ts";
import type { Curve } from "../src/picture/layout/drawing.ts";
import { viewNames } from "../src/picture/views.ts";
import { readDerivationRequest } from "../src/request/read.ts";
import { withRender } from "../src/request/render.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
import { equations, layers, post, units, useApp } from "./http/requests.ts";
import {
  distanceFrom,
  isInside,
  isWithin,
  overlap,
  type ReadPicture,
  readPicture,
} from "./support/svg-boxes.ts";

type View = (typeof viewNames)[number];

const requestOf = (name: string): DerivationRequest =>
  readDerivationRequest(Buffer.from(exampleText(name))).request;

const svgOf = (request: DerivationRequest, render: DerivationRequest["render"] = {}): string =>
  derivation(withRender(request, render), "svg");

/** An edge's end is printed with two digits after the point. */
const touching = 0.6;

function expectClear(picture: ReadPicture, what: string): void {
  const { labels, nodes, edges, width, height } = picture;
  expect(labels.length, what).toBeGreaterThan(0);
  for (const [position, label] of labels.entries()) {
    const inside = label.left >= 0 && label.top >= 0 && label.right <= width && label.bottom <= height;
    expect(inside, `${what}: label ${position} leaves the picture`).toBe(true);
    for (const other of labels.slice(position + 1))
      expect(overlap(label, other), `${what}: label ${position} meets another`).toBe(false);
  }
  for (const { from, to, points } of edges) {
    const ends = [
      [from, points[0]!],
      [to, points.at(-1)!],
    ] as const;
    for (const [name, point] of ends) {
      const node = nodes.get(name)!;
      // A label by itself has room around it, where its edges end.
      const room = node.kind === "bare" ? 6 : touching;
      expect(distanceFrom(node, point), `${what}: ${from} to ${to}, at ${name}`).toBeLessThan(room);
    }
  }
}

/** Points of an edge that a curve is looked at by. */
const looks = 400;

/** No line runs behind a value or a gradient, and none through a node that it does not belong to. */
function expectUncrossed({ nodes, notes, edges }: ReadPicture, what: string): void {
  for (const { from, to, points } of edges) {
    const curve = points.map(([x, y]) => ({ x, y }));
    const seen = Array.from({ length: looks + 1 }, (_, step): readonly [number, number] => {
      const { x, y } = pointAt(curve, step / looks);
      return [x, y];
    });
    const edge = `${what}: ${from} to ${to}`;
    for (const note of notes)
      expect(
        seen.some((point) => isInside(note, point)),
        `${edge} runs behind a note`,
      ).toBe(false);
    for (const [id, shape] of nodes)
      if (id !== from && id !== to)
        expect(
          seen.some((point) => isWithin(shape, point)),
          `${edge} runs through ${id}`,
        ).toBe(false);
  }
}

const viewsOf = (request: DerivationRequest): readonly View[] =>
  viewNames
    .filter((view) => request.network.kind !== "equations" || ["graph", "path", "steps"].includes(view))
    .filter(() => !hasSymbolicSizes(request));

/** Entries of symbolic size are not drawn; test/wholes.test.ts has the sentence. */
const hasSymbolicSizes = ({ network }: DerivationRequest): boolean =>
  network.kind === "equations" &&
  Object.values(network.shapes ?? {}).some((sizes) => sizes.some((size) => typeof size === "string"));

/** The first, a middle and the last step: of a moving picture all captions lie at one place. */
function framesOf(request: DerivationRequest): readonly number[] {
  const count = svgOf(request, { view: "steps" }).match(/animation-delay/g)!.length / 2;
  return [1, Math.ceil(count / 2), count];
}

describe("A picture read back from its SVG", () => {
  const symbolic = ["note-003-elementwise", "note-003-matrices"];
  const cases = examples
    .filter(({ name }) => !symbolic.includes(name))
    .flatMap(({ name }) =>
      viewsOf(requestOf(name)).flatMap((view) => [false, true].map((values) => ({ name, view, values }))),
    );

  it.each(cases)(
    "of $name, $view, values $values: no labels meet, no edge ends in the air or crosses a value",
    ({ name, view, values }) => {
      const request = requestOf(name);
      for (const frame of view === "steps" ? framesOf(request) : [undefined]) {
        const picture = readPicture(svgOf(request, { view, values, ...(frame !== undefined && { frame }) }));
        expectClear(picture, `${name} ${frame}`);
        expectUncrossed(picture, `${name} ${frame}`);
      }
    },
  );
});

/** Units that each take some of what stands before them; a thin or a thick graph of up to 30. */
const randomGraph: fc.Arbitrary<DerivationRequest> = fc
  .record({
    inputs: fc.integer({ min: 1, max: 4 }),
    choices: fc.array(fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 30,
    }),
    biases: fc.boolean(),
  })
  .map(({ inputs, choices, biases }): DerivationRequest => {
    const names = Array.from({ length: inputs }, (_, position) => `x_${position + 1}`);
    const described = choices.map((picks, position) => {
      const before = [...names, ...choices.slice(0, position).map((_, earlier) => `h_${earlier + 1}`)];
      const from = Object.fromEntries(
        picks.map((pick, at) => [before[pick % before.length]!, `w_${position + 1}_${at + 1}`]),
      );
      return {
        name: `h_${position + 1}`,
        activation: "tanh",
        from,
        ...(biases && { bias: `b_${position + 1}` }),
      } as const;
    });
    const outputs = [`h_${choices.length}`];
    return {
      network: { kind: "units", inputs: names, units: described, outputs, loss: "half-squared-error" },
    };
  });

describe("Sizes that are no numbers", () => {
  it("have no picture", () => {
    expect(() => svgOf(requestOf("note-003-elementwise"))).toThrow(
      'A picture shows every entry by itself, and "x" has the symbolic size n; write sizes as numbers and an equation for every entry, put together under "vectors".',
    );
    expect(derivation(requestOf("note-003-elementwise"), "html")).not.toContain("<figure");
  });
});

describe("Random graphs of up to 30 units", () => {
  it("are drawn with every label in a place of its own", () => {
    fc.assert(
      fc.property(randomGraph, (request) => {
        const picture = readPicture(svgOf(request));
        expectClear(picture, JSON.stringify(request));
        expectUncrossed(picture, JSON.stringify(request));
      }),
      { numRuns: 50 },
    );
  });
});

describe("Wide layers", () => {
  const wide: DerivationRequest = {
    network: {
      kind: "layers",
      inputs: 784,
      layers: [
        { type: "dense", units: 128, activation: "relu" },
        { type: "dense", units: 10, activation: "softmax" },
      ],
      loss: "categorical-cross-entropy",
    },
  };

  it("784-128-10 is abbreviated with dots: the first three units and the last of each layer", () => {
    const picture = readPicture(svgOf(wide));
    const dots = [...picture.nodes.keys()].filter((id) => id.startsWith("dots"));
    expect(dots).toHaveLength(4);
    for (const id of ["a0[1]", "a0[3]", "a0[784]", "a1[1]", "a1[3]", "a1[128]", "a2[1]", "a2[3]", "a2[10]"])
      expect(picture.nodes.has(id), id).toBe(true);
    expect(picture.nodes.has("a0[4]")).toBe(false);
    expectClear(picture, "784-128-10");
  });
});

describe("Paths through a wide layer", () => {
  it("show the first nodes, the last and those of the path that stands out, with dots between", () => {
    const network: DerivationRequest["network"] = {
      kind: "layers",
      inputs: 1,
      layers: [{ type: "dense", units: 10, activation: "softmax" }],
      loss: "categorical-cross-entropy",
    };
    const render = { view: "path", parameter: "W1[1,1]", path: 5 } as const;
    const svg = svgOf({ network }, render);
    const picture = readPicture(svg);
    const shown = [1, 2, 3, 5, 10].map((unit) => `a1[${unit}]`);
    expect([...picture.nodes.keys()].filter((id) => id.startsWith("a1["))).toEqual(shown);
    expect(picture.nodes.has("dots after a1[3]")).toBe(true);
    expect(svg).toContain("Between a 3 of layer 2 and a 10 of layer 2 stand 5 more units, drawn as dots.");
    expect(svg).toContain("Path 5 goes through z 1 of layer 2, a 5 of layer 2, E 5 and E.");
    expectClear(picture, "path");
  });
});

describe("Lines", () => {
  /** Heights along the line, top to bottom. */
  const heights = (curve: Curve) => Array.from({ length: 200 }, (_, step) => pointAt(curve, step / 200).y);
  const end = (x: number, y: number) =>
    ({ shape: "circle", outline: { x, y, width: 36, height: 36 } }) as const;

  it("that fall all the way over the columns that they pass have no waves", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 6 }), (steps) => {
        let y = 0;
        const passages = steps.map((step, position) => {
          y += step;
          return { x: 120 * (position + 1), y, width: 40 };
        });
        const curve = curveOf(end(0, 0), end(120 * (steps.length + 1), y), passages, 0);
        for (const [position, height] of heights(curve).entries())
          if (position > 0) expect(height).toBeGreaterThanOrEqual(heights(curve)[position - 1]! - 1e-6);
      }),
    );
  });
});

describe("A picture as XML", () => {
  const titles = ["</title><script>alert(1)</script>", `"'&<>]]>`, "\u0000\uD800\u202E", "&amp;&#60;"];

  /** What a foreign reader finds: the names of all elements, and the title's text. */
  const read = (svg: string): { readonly names: readonly string[]; readonly title: string } =>
    JSON.parse(
      execFileSync(
        "python3",
        [
          "-c",
          "import sys,json,xml.etree.ElementTree as E\nt=E.fromstring(sys.stdin.buffer.read())\n" +
            "n=[e.tag.split('}')[1] for e in t.iter()]\nprint(json.dumps({'names':sorted(set(n)),'title':t[0].text}))",
        ],
        { input: svg, encoding: "utf8" },
      ),
    );

  it.each(titles)("has the title %j as text and no element that a picture does not need", (title) => {
    const svg = derivation({ ...requestOf("note-001"), render: { title } }, "svg");
    const { names, title: found } = read(svg);
    expect(names).toEqual(["circle", "defs", "desc", "g", "path", "rect", "style", "svg", "title", "use"]);
    expect(found).toBe(title.replace(/[\p{Cc}\p{Cs}]+/gu, " "));
  });

  it("says in words what is seen", () => {
    expect(svgOf(requestOf("note-001"))).toContain(
      '<desc id="desc">a 1 of layer 2 gets x 1 times w 1 and x 2 times w 3. a 2 of layer 2 gets x 1 times w 2 and x 2 times w 4. a 1 of layer 3 gets a 1 of layer 2 times w 5 and a 2 of layer 2 times w 6. The loss E is computed from a 1 of layer 3.</desc>',
    );
  });

  it("says it in the language of the request", () => {
    const svg = derivation({ ...requestOf("note-001"), language: "de", render: { view: "messages" } }, "svg");
    expect(svg).toContain('<title id="title">Nachrichten vorwärts und rückwärts</title>');
    expect(svg).toContain(
      "a 1 in Schicht 2 erhält den Fehler delta 1 in Schicht 2 von a 1 in Schicht 3 zurück.",
    );
  });

  it.each(["en", "de"] as const)("has no sign that is not read aloud, in any view, in %s", (language) => {
    for (const { name } of examples)
      for (const view of viewsOf(requestOf(name))) {
        const svg = derivation({ ...requestOf(name), language, render: { view } }, "svg");
        const words = [...svg.matchAll(/<(?:title|desc) [^>]*>([^<]*)</g)].map(([, said]) => said);
        expect(words).toHaveLength(2);
        for (const said of words) expect(said, `${name} ${view}`).toMatch(/^[A-Za-zäöüßÄÖÜ0-9 .,:]+$/);
      }
  });
});

describe("The view steps", () => {
  it("is an animation without script that stands still for who wants no motion", () => {
    const svg = svgOf(requestOf("note-001"), { view: "steps" });
    expect(svg).toContain("@keyframes turn");
    expect(svg).toContain("@media (prefers-reduced-motion:reduce)");
    expect(svg).not.toContain("<script");
    // The forward pass, then each of three units' error and its gradients.
    expect(svg.match(/animation-delay/g)).toHaveLength(2 * 7);
  });

  it("has frames that stand still, and no others", () => {
    expect(svgOf(requestOf("note-001"), { view: "steps", frame: 2 })).not.toContain("@keyframes");
    expect(() => svgOf(requestOf("note-001"), { view: "steps", frame: 8 })).toThrow(
      "There is no frame 8; the frames are numbered from 1 to 7.",
    );
    expect(() => svgOf(requestOf("note-001"), { view: "units", frame: 1 })).toThrow(
      'Only the view "steps" has frames; leave "frame" out or ask for that view.',
    );
  });
});

describe("A unit in general", () => {
  /** What the four diagrams of note 000 hold, read off its Mermaid source: nodes with what stands beside them, edges. */
  const diagrams = {
    forward: {
      nodes: ["z₁", "z₂", "zᵢ", "⋮", "aⱼ = Σᵢ wⱼᵢ zᵢ pre-activation", "zⱼ = h(aⱼ) activation"],
      edges: ["z₁ wⱼ₁ aⱼ = Σᵢ wⱼᵢ zᵢ", "zᵢ wⱼᵢ aⱼ = Σᵢ wⱼᵢ zᵢ", "aⱼ = Σᵢ wⱼᵢ zᵢ  zⱼ = h(aⱼ)"],
    },
    weight: { nodes: ["zᵢ δᵢ", "zⱼ δⱼ", "∂Lₙ/∂wⱼᵢ = δⱼ zᵢ "], edges: ["zᵢ wⱼᵢ zⱼ"] },
    backward: {
      nodes: ["zᵢ δᵢ", "zⱼ δⱼ", "z₁ δ₁", "zₖ δₖ", "δⱼ = h′(aⱼ) Σₖ wₖⱼ δₖ "],
      edges: ["zᵢ wⱼᵢ zⱼ", "zⱼ wₖⱼ zₖ", "zⱼ w₁ⱼ z₁", "zₖ  zⱼ", "z₁  zⱼ"],
    },
    both: {
      nodes: ["z₁", "z₂", "zᵢ", "δ₁", "δ₂", "δₖ", "⋮", "aⱼ = Σᵢ wⱼᵢ zᵢ pre-activation"],
      edges: ["zⱼ = h(aⱼ) wₖⱼ δₖ", "δₖ  zⱼ = h(aⱼ)", "δ₁  zⱼ = h(aⱼ)", "δ₂  zⱼ = h(aⱼ)"],
    },
  } as const;

  const inGeneral = (general: (typeof generalNames)[number], request = requestOf("note-000")) =>
    withRender(request, { view: "messages", general });

  it.each(generalNames)("is drawn as in the course: %s", (general) => {
    const dot = derivation(inGeneral(general), "dot");
    const labels = new Map(
      [...dot.matchAll(/^ {2}"([^"]*)" \[shape=\w+, label="([^"]*)"(?:, xlabel="([^"]*)")?\];$/gm)].map(
        ([, id, label, beside]) => [id!, { label: label!, beside: beside ?? "" }],
      ),
    );
    const nodes = [...labels.values()].map(({ label, beside }) => `${label} ${beside}`.trim());
    const edges = [...dot.matchAll(/^ {2}"([^"]*)" -> "([^"]*)"(?: \[label="([^"]*)")?/gm)].map(
      ([, from, to, label]) => `${labels.get(from!)!.label} ${label ?? ""} ${labels.get(to!)!.label}`,
    );
    expect(nodes).toEqual(expect.arrayContaining(diagrams[general].nodes.map((node) => node.trim())));
    expect(edges).toEqual(expect.arrayContaining([...diagrams[general].edges]));
  });

  it.each(generalNames)("keeps its labels apart in every dialect: %s", (general) => {
    for (const { name } of examples.filter(({ name }) => requestOf(name).network.kind !== "equations"))
      for (const notation of Object.keys(notations) as (keyof typeof notations)[]) {
        const request = { ...inGeneral(general, requestOf(name)), notation };
        const picture = readPicture(derivation(request, "svg"));
        expectClear(picture, `${name} ${notation}`);
        expectUncrossed(picture, `${name} ${notation}`);
      }
  });

  it.each([
    [
      { view: "units", general: "both" },
      'Only the view "messages" has pictures of a unit in general; the view "units" was asked for.',
    ],
    [
      { view: "messages", general: "both", parameter: "w_1" },
      'A unit in general has no parameter "w_1"; leave out "parameter" or "general".',
    ],
    [
      { view: "messages", general: "both", values: true },
      'A unit in general has no numbers; leave out "values" or "general".',
    ],
  ] as const)("%j is refused: %s", (render, sentence) => {
    expect(() => svgOf(requestOf("note-000"), render)).toThrow(sentence);
  });
});

describe("The inside of a unit", () => {
  it("names the result of the identity once, as nothing is applied", () => {
    const svg = svgOf(requestOf("batch-of-8"), { view: "detailed" });
    const labelsOf = (id: string) =>
      svg
        .split(`<g data-node="${id}">`)[1]!
        .split("<g data-node=")[0]!
        .match(/data-label=/g);
    expect(labelsOf("a2[1]")).toHaveLength(1);
    expect(labelsOf("a1[1]")).toHaveLength(2);
  });
});

describe("A picture about one parameter", () => {
  it("shows its paths, of which one stands out", () => {
    const svg = svgOf(requestOf("classic-2-2-2"), { view: "path", parameter: "w_1", path: 2 });
    const { nodes } = readPicture(svg);
    expect([...nodes.keys()].toSorted()).toEqual(
      ["w_1", "z1[1]", "a1[1]", "z2[1]", "z2[2]", "a2[1]", "a2[2]", "E[1]", "E[2]", "loss E"].toSorted(),
    );
    const strong = [...svg.matchAll(/class="e strong" data-from="([^"]*)"/g)].map(([, from]) => from);
    expect(strong.toSorted()).toEqual(["E[2]", "a1[1]", "a2[2]", "w_1", "z1[1]", "z2[2]"]);
  });

  it.each([
    [{ view: "path", parameter: "w_9" }, '"w_9" is not a parameter of the network. Did you mean "w_1"?'],
    [
      { view: "path", parameter: "w_5", path: 2 },
      'There is no path 2 from "w_5" to be drawn; the paths are numbered from 1 to 1.',
    ],
    [{ view: "messages", parameter: "v" }, '"v" is not a weight or bias that the picture shows.'],
  ] as const)("%j is refused: %s", (render, sentence) => {
    expect(() => svgOf(requestOf("classic-2-2-2"), render)).toThrow(sentence);
  });
});

describe("The README's pictures", () => {
  it("are what the examples give; npm run pictures draws them anew", () => {
    const drawn = (name: string, render: DerivationRequest["render"]) =>
      `${svgOf(requestOf(name), render)}\n`;
    const committed = (file: string) => readFileSync(new URL(`../docs/${file}`, import.meta.url), "utf8");
    expect(committed("path.svg")).toBe(
      drawn("classic-2-2-2", { view: "path", parameter: "w_1", path: 2, values: true }),
    );
    expect(committed("steps.svg")).toBe(drawn("note-001", { view: "steps", values: true }));
  });
});

describe("Over HTTP", () => {
  const { inject } = useApp();
  const svg = (body: unknown, parameters = "") =>
    inject(post("/v1/derivations", body, { accept: `image/svg+xml${parameters}` }));

  it("a picture is an image that can run nothing", async () => {
    const answer = await svg(layers);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toBe("image/svg+xml; charset=utf-8");
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
  });

  it("an unknown view is refused with the list", async () => {
    const answer = await svg(layers, ";view=panorama");
    expect(answer.statusCode).toBe(400);
    for (const view of viewNames) expect(answer.json().detail).toContain(`"${view}"`);
  });

  it("a view that the network does not have is refused with those that it has", async () => {
    const answer = await svg(equations, ";view=units");
    expect(answer.statusCode).toBe(422);
    expect(answer.json().detail).toMatch(
      /^A network of equations has no view "units"; its views are "path", "graph", "steps"\.$/,
    );
    expect((await svg(units, ";view=units")).statusCode).toBe(200);
  });
});
