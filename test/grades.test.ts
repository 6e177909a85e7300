// Grades: verdicts, marks and reasons of whole submissions, expected by hand; the classic network's numbers are
// Mazur's (2015) step-by-step example.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gradeFeedback, grades, hint } from "../src/index.ts";
import type { GradeRequest } from "../src/request/schema.ts";
import { post, useApp } from "./http/requests.ts";

const assignment = JSON.parse(
  readFileSync(new URL("../examples/class/assignment.json", import.meta.url), "utf8"),
) as GradeRequest;

interface Relation {
  readonly verdict: string;
  readonly followThrough: boolean;
  readonly message: string;
  readonly diagnosis?: {
    readonly code?: string;
    readonly at: string;
    readonly missing?: readonly string[];
    readonly latex?: string;
    readonly speech?: string;
  };
  readonly counterexample?: { readonly left: number; readonly right: number };
  readonly left: readonly [number, number];
  readonly right: readonly [number, number];
}

interface Step {
  readonly source: string;
  readonly latex?: string;
  readonly speech?: string;
  readonly verdict: string;
  readonly followThrough: boolean;
  readonly points: number;
  readonly maxPoints: number;
  readonly relations: readonly Relation[];
}

interface Grade {
  readonly score: number;
  readonly maxScore: number;
  readonly needsReview: boolean;
  readonly reasons: readonly string[];
  readonly steps: readonly Step[];
  readonly rubric: readonly { readonly id: string; readonly points: number; readonly met: boolean }[];
}

function graded(submission: GradeRequest["submission"], more: Partial<GradeRequest> = {}): Grade {
  return grades({ ...assignment, submission, ...more }) as Grade;
}

const outputError = "\\delta_{o1} = (out_{o1} - target_{o1}) out_{o1} (1 - out_{o1})";
const hiddenError = "\\delta_{h1} = (\\delta_{o1} w_5 + \\delta_{o2} w_7) out_{h1} (1 - out_{h1})";
const droppedPath = "\\delta_{h1} = \\delta_{o1} w_5 out_{h1} (1 - out_{h1})";
const gradient = "\\frac{\\partial E_{total}}{\\partial w_1} = \\delta_{h1} i_1";
const wrongSign = "\\delta_{o1} = (target_{o1} - out_{o1}) out_{o1} (1 - out_{o1})";

describe("A whole derivation", () => {
  it("earns everything where every line holds", () => {
    const { score, maxScore, needsReview } = graded([outputError, hiddenError, gradient]);
    expect([score, maxScore, needsReview]).toEqual([4, 4, false]);
  });

  it("loses the wrong line alone, and is told the path that it dropped", () => {
    const { score, steps, rubric } = graded([
      outputError,
      "\\frac{\\partial E_{total}}{\\partial w_5} = \\delta_{o1} out_{h1}",
      droppedPath,
      gradient,
    ]);
    expect(score).toBe(3);
    expect(steps.map(({ verdict }) => verdict)).toEqual(["true", "true", "false", "false"]);
    expect(steps.map(({ followThrough }) => followThrough)).toEqual([false, false, false, true]);
    expect(steps.map(({ points }) => points)).toEqual([1, 1, 0, 1]);
    const { diagnosis } = steps[2]!.relations[0]!;
    expect(diagnosis).toMatchObject({
      code: "dropped-path",
      at: "z1[1]",
      missing: ["z1[1]", "a1[1]", "z2[2]"],
    });
    expect(rubric.filter(({ met }) => !met).map(({ id }) => id)).toEqual(["hidden-delta"]);
  });

  it("has its formulas in words that can be read aloud, in the language of the request", () => {
    const { steps } = graded([wrongSign, gradient, "i_1 = i_1, w_1 = w_1"]);
    expect(steps[1]!.speech).toBe(
      "the partial derivative of E total with respect to w 1 equals delta h 1 times i 1",
    );
    expect(steps[2]!.speech).toBe("i 1 equals i 1; w 1 equals w 1");
    const [german] = graded(["E_{o1} = E_{o1}"], { language: "de" }).steps;
    expect(german!.speech).toBe("E o 1 ist gleich E o 1");
    for (const { latex, speech, relations } of steps) {
      expect(typeof speech).toBe(typeof latex);
      for (const { diagnosis } of relations) expect(typeof diagnosis?.speech).toBe(typeof diagnosis?.latex);
    }
  });

  it("shares out its points over the steps without a rest", () => {
    const { score, steps, rubric } = graded([outputError, droppedPath, gradient], { rubric: { points: 7 } });
    const total = (list: readonly { readonly points: number }[]) =>
      list.reduce((sum, { points }) => sum + points, 0);
    expect(total(steps)).toBeCloseTo(score, 12);
    expect(total(rubric)).toBeCloseTo(score, 12);
  });

  it("earns later lines that follow from a wrong sign", () => {
    const other = wrongSign.replaceAll("o1", "o2");
    const { score, steps } = graded([wrongSign, other, hiddenError, gradient]);
    expect(steps.map(({ followThrough }) => followThrough)).toEqual([false, false, true, true]);
    expect(score).toBe(3);
  });

  it("earns nothing by making the early answer trivial", () => {
    const { steps } = graded([
      outputError,
      "\\delta_{h1} = 0",
      "\\frac{\\partial E_{total}}{\\partial w_1} = 0",
    ]);
    expect(steps.map(({ points }) => points)).toEqual([1, 0, 0]);
  });

  it("asks a person to look where two errors cancel", () => {
    const { needsReview, reasons, steps } = graded([
      outputError,
      droppedPath,
      "\\frac{\\partial E_{total}}{\\partial w_1} = \\delta_{h1} i_1",
      "= (\\delta_{o1} w_5 + \\delta_{o2} w_7) out_{h1} (1 - out_{h1}) i_1",
    ]);
    expect(needsReview).toBe(true);
    expect(reasons.some((reason) => reason.startsWith("Line 4 is right although"))).toBe(true);
    expect(steps[2]!.followThrough).toBe(true);
  });

  it("keeps half of a line whose arithmetic alone fails", () => {
    const { steps } = graded([gradient, "= 0.0087714 \\cdot 0.05 = 0.00054"]);
    expect(steps[1]!.relations.map(({ verdict }) => verdict)).toEqual(["true", "false"]);
    expect(steps[1]!.points).toBe(0.5);
  });

  it("costs nothing for what cannot be read, and says so", () => {
    const { score, reasons } = graded(["foo = bar", outputError, hiddenError, gradient]);
    expect(score).toBe(4);
    expect(reasons).toEqual(["Line 1 could not be read."]);
  });

  it("gives the same bytes for the same submission", () => {
    const once = JSON.stringify(graded([outputError, droppedPath, gradient]));
    expect(JSON.stringify(graded([outputError, droppedPath, gradient]))).toBe(once);
  });
});

describe("The rubric", () => {
  it("can ask for the number, for its own points, and for nothing implied", () => {
    const written =
      "\\frac{\\partial E_{total}}{\\partial w_1} = ((out_{o1} - target_{o1}) out_{o1} (1 - out_{o1}) w_5 + (out_{o2} - target_{o2}) out_{o2} (1 - out_{o2}) w_7) out_{h1} (1 - out_{h1}) i_1 = 0.000438568";
    expect(graded([written]).score).toBe(4);
    expect(graded([written], { rubric: { explicit: true } }).rubric).toMatchObject([
      { id: "chain-rule", met: false },
      { id: "output-delta", met: false },
      { id: "hidden-delta", met: false },
      { id: "gradient", met: true },
    ]);
    const requires = [
      { id: "gradient", points: 2 },
      { id: "value", points: 1 },
    ];
    expect(graded([written], { rubric: { requires } })).toMatchObject({ score: 3, maxScore: 3 });
  });

  it("decides how exact a number must be", () => {
    const value = (text: string, tolerance?: number) =>
      graded([`\\frac{\\partial E_{total}}{\\partial w_5} = ${text}`], {
        target: "w_5",
        rubric: { requires: ["value"], ...(tolerance !== undefined && { tolerance }) },
      }).score;
    // ∂E/∂w_5 = 0.0821670406 (Mazur 2015).
    expect([value("0.0822"), value("0.0821"), value("0.0821", 0.01), value("0.09", 0.01)]).toEqual([
      1, 0, 1, 0,
    ]);
    const product = "0.7414 \\cdot 0.19 \\cdot 0.593 = 0.0821670406";
    expect([value(product), value(product, 0.001)]).toEqual([1, 0.5]);
  });

  it("refuses what the network does not have", () => {
    const refusal = () => graded([gradient], { rubric: { requires: ["hidden-delta-2"] } });
    expect(refusal).toThrow(
      'The rubric requires "hidden-delta-2", which this network and target do not have. Did you mean "hidden-delta"? They have chain-rule, output-delta, hidden-delta, gradient, value, update, lines.',
    );
  });

  it("refuses an unknown target", () => {
    expect(() => graded([gradient], { target: "w_99" })).toThrow(
      'The target "w_99" is nothing that this network\'s loss depends on.',
    );
  });

  it("can take points for slips of notation", () => {
    const squared = { network: note001, target: "w_5", notation: "layered" } as const;
    const line = "\\frac{\\partial E}{\\partial w_5} = (a_1^{(3)} - y) f'(z_1^3) a_1^{(2)}";
    const free = grades({ ...squared, submission: [line] }) as Grade;
    const dear = grades({ ...squared, submission: [line], rubric: { notationWeight: 0.5 } }) as Grade;
    expect(free.steps[0]!.verdict).toBe("notation");
    expect(dear.score).toBe(free.score / 2);
  });
});

const note001 = (
  JSON.parse(readFileSync(new URL("../examples/note-001.json", import.meta.url), "utf8")) as GradeRequest
).network;

describe("A derivative of 0 where a unit is saturated", () => {
  it("is right, and said to be no error", () => {
    const network: GradeRequest["network"] = {
      kind: "layers",
      inputs: 1,
      layers: [
        { type: "dense", units: 1, activation: "relu", weights: [[1]], biases: [-5] },
        { type: "dense", units: 1, activation: "identity", weights: [[2]], biases: [0] },
      ],
      loss: "half-squared-error",
      samples: [{ inputs: [1], targets: [3] }],
    };
    const [line] = (grades({ network, notation: "layered", submission: ["\\delta_1^{(2)} = 0.0"] }) as Grade)
      .steps;
    expect(line!.verdict).toBe("true");
    expect(line!.relations[0]!.message).toContain("because the activation is flat there");
  });
});

describe("Plain algebra", () => {
  const network: GradeRequest["network"] = {
    kind: "equations",
    equations: ["L = a^2 + 2*a*b + b^2"],
    loss: "L",
    parameters: ["a", "b"],
  };
  const verdictOf = (submission: string) =>
    (grades({ network, submission: [submission] }) as Grade).steps[0]!.verdict;

  it.each([
    ["L = (a + b)^2", "true"],
    ["L = (a - b)^2 + 4 a b", "true"],
    ["L = a^2 + b^2", "false"],
    ["L = (a + b)^2 + 10^{-12}", "false"],
  ])("%s is %s", (submission, verdict) => {
    expect(verdictOf(submission)).toBe(verdict);
  });
});

describe("What is revealed", () => {
  const wrong = (reveal: GradeRequest["reveal"]) => graded([droppedPath], { reveal }).steps[0]!.relations[0]!;

  it("is the place alone in a hint", () => {
    expect(wrong("hint").diagnosis).toEqual({ at: "z1[1]" });
    expect(wrong("hint").counterexample).toBeUndefined();
    expect(wrong("hint").message).toBe("False. Look again at net_h1.");
  });

  it("is the mistake and numbers in a diagnosis", () => {
    const { diagnosis, counterexample } = wrong("diagnosis");
    expect(diagnosis?.code).toBe("dropped-path");
    expect(counterexample!.left).not.toBeCloseTo(counterexample!.right, 6);
  });

  it("is also what is right in a solution", () => {
    expect(wrong("solution").message).toContain("(δₒ₁ w₅ + δₒ₂ w₇)");
  });
});

describe("Feedback as a document", () => {
  it.each(["html", "markdown", "tex", "text"] as const)("%s says the score and where to look", (format) => {
    const text = gradeFeedback({ ...assignment, submission: [outputError, droppedPath, gradient] }, format);
    expect(text).toContain("3 of 4 points.");
    expect(text).toContain("How many units does");
  });

  it("is in German where that is asked for", () => {
    const text = gradeFeedback(
      { ...assignment, submission: [outputError, droppedPath, gradient], language: "de" },
      "text",
    );
    expect(text).toContain("Ergebnis: 3 von 4 Punkten.");
  });

  it("keeps a hostile line inert", () => {
    const submission = ["</code><script>alert(1)</script>", "\\input{/etc/passwd}", "`x` {{< y >}}"];
    expect(gradeFeedback({ ...assignment, submission }, "html")).not.toContain("<script>alert");
    expect(gradeFeedback({ ...assignment, submission }, "tex")).not.toMatch(/[^{]\\input\{/);
  });
});

describe("Formats of course systems", () => {
  const submission = [outputError, droppedPath, gradient];
  const as = (format: GradeRequest["format"], more: Partial<GradeRequest> = {}) =>
    grades({ ...assignment, submission, format, ...more });

  it("for Gradescope: a test for each requirement, whose points sum to the score", () => {
    expect(as("gradescope")).toMatchObject({
      score: 3,
      output_format: "text",
      tests: [
        { score: 1, max_score: 1, status: "passed" },
        { score: 1, max_score: 1, status: "passed" },
        { score: 0, max_score: 1, status: "failed" },
        { score: 1, max_score: 1, status: "passed" },
      ],
    });
  });

  it("for PrairieLearn: a score from 0 to 1, or no attempt lost where nothing was read", () => {
    expect(as("prairielearn")).toMatchObject({ gradable: true, score: 0.75 });
    expect(as("prairielearn", { submission: ["foo = bar"] })).toMatchObject({ gradable: false });
  });

  it("for LTI: a person is asked for where one should look", () => {
    const given = { timestamp: "2026-03-01T12:00:00.000Z", submission: undefined };
    const submissions = [
      { id: "ada", submission },
      { id: "bob", submission: ["foo = bar"] },
    ];
    expect(as("lti-score", { ...given, submissions })).toMatchObject({
      results: [
        {
          userId: "ada",
          scoreGiven: 3,
          scoreMaximum: 4,
          gradingProgress: "FullyGraded",
          ...{ timestamp: given.timestamp },
        },
        { userId: "bob", scoreGiven: 0, scoreMaximum: 4, gradingProgress: "PendingManual" },
      ],
    });
  });
});

describe("Hints", () => {
  const { rubric: _rubric, ...task } = assignment;
  const next = (submission?: string[]) =>
    hint({ ...task, target: "w_1", ...(submission && { submission }) }) as {
      status: string;
      about?: string;
      step?: number;
      series: { kind: string; text: string; speech?: string }[];
    };

  it("begin with the chain rule and end with the derivative that was asked for", () => {
    expect(next()).toMatchObject({ status: "next", requirement: "chain-rule", about: "w_1" });
    expect(next([outputError])).toMatchObject({ requirement: "hidden-delta", about: "z1[1]" });
    expect(next([outputError, hiddenError])).toMatchObject({ requirement: "gradient", about: "w_1" });
    expect(next([outputError, hiddenError, gradient])).toMatchObject({ status: "done" });
  });

  it("are a question, a rule and a formula, in that order", () => {
    const { series } = next([outputError]);
    expect(series.map(({ kind }) => kind)).toEqual(["question", "rule", "formula"]);
    expect(series[2]!.text).toContain("(δₒ₁ w₅ + δₒ₂ w₇)");
    expect(series[2]!.speech).toContain("delta o 1 times w 5, plus delta o 2 times w 7");
  });

  it("send a student back to a line that does not hold", () => {
    expect(next([outputError, droppedPath])).toMatchObject({ status: "look-again", step: 1 });
  });
});

describe("Over HTTP", () => {
  const { inject } = useApp();

  it("a class comes back in order, and a bad submission fails no other", async () => {
    const submissions = [
      { id: "good", submission: [outputError, hiddenError, gradient] },
      { id: "hostile", submission: ["\\def\\a{400 x}".repeat(20), "\\frac".repeat(900)] },
    ];
    const reply = await inject(post("/v1/grades", { ...assignment, submissions }));
    expect(reply.statusCode).toBe(200);
    const { results } = reply.json() as { results: { id: string; score: number; needsReview: boolean }[] };
    expect(results.map(({ id, score, needsReview }) => [id, score, needsReview])).toEqual([
      ["good", 4, false],
      ["hostile", 0, true],
    ]);
    expect(reply.headers["cache-control"]).toBe("no-store");
  });

  it("feedback is chosen by the Accept header; a picture is not one of its formats", async () => {
    const body = { ...assignment, submission: [gradient] };
    const page = await inject(post("/v1/grades", body, { accept: "text/html" }));
    expect(page.headers["content-type"]).toContain("text/html");
    const picture = await inject(post("/v1/grades", body, { accept: "image/svg+xml" }));
    expect(picture.statusCode).toBe(406);
  });

  it.each([
    [
      {},
      'The request has no submission to be graded; put the student\'s lines under "submission", or several students\' under "submissions".',
    ],
    [
      { submission: ["x"], submissions: [{ id: "a", submission: ["x"] }] },
      'The request has both "submission" and "submissions"; send the one submission, or the list.',
    ],
  ])("%o is refused", async (more, sentence) => {
    const reply = await inject(post("/v1/grades", { ...assignment, ...more }));
    expect(reply.statusCode).toBe(422);
    expect((reply.json() as { detail: string }).detail).toBe(sentence);
  });
});
