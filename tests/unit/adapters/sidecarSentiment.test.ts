import { describe, expect, it } from "vitest";
import { createSidecarSentiment } from "../../../functions/adapters/sidecarSentiment.ts";
import { problemOf } from "../../../shared/contracts/route/ownErrors.ts";
import { AppError } from "../../../shared/errors.ts";

const RESULT = {
  engine: "fingpt",
  sentiment_score: 0.5,
  probabilities: { positive: 0.6, neutral: 0.3, negative: 0.1 },
  confidence: 0.4,
  label_mass: 0.9,
  truncated: false,
  ms: 3,
};
const ARTICLES = ["a", "b"].map((id) => ({ id, text: "news", market: null }));

function scorerOf(answer: unknown, status = 200, timeout_ms?: number) {
  const bodies: unknown[] = [];
  const scorer = createSidecarSentiment({
    base_url: "http://sidecar.test",
    ...(timeout_ms === undefined ? {} : { timeout_ms }),
    fetch: async (_input, init = {}) => {
      bodies.push(JSON.parse(String(init.body)));
      return Response.json(answer, { status });
    },
  });
  return { scorer, bodies };
}

describe("sidecar sentiment", () => {
  it.for([
    [undefined, 58_000],
    [10_000, 8_000],
    [1_000, 100],
    [3_600_000, 600_000],
  ] as const)("with a timeout of %d ms asks for an answer within %d ms", async ([timeout_ms, deadline_ms]) => {
    const { scorer, bodies } = scorerOf({ results: ["a", "b"].map((id) => ({ id, ...RESULT })), model: "fingpt-1" }, 200, timeout_ms);
    expect((await scorer.score(ARTICLES)).model).toBe("fingpt-1");
    expect(bodies).toEqual([{ articles: ARTICLES, deadline_ms }]);
  });

  it.for([
    ["one too few", [{ id: "a", ...RESULT }]],
    ["another order", ["b", "a"].map((id) => ({ id, ...RESULT }))],
    ["a score out of range", ["a", "b"].map((id) => ({ id, ...RESULT, sentiment_score: 2 }))],
  ] as const)("refuses an answer with %s", async ([, results]) => {
    await expect(scorerOf({ results, model: "fingpt-1" }).scorer.score(ARTICLES)).rejects.toMatchObject({
      code: "sidecar_unavailable",
      retryable: true,
    });
  });

  it("passes the sidecar's deadline on as something to try again", async () => {
    const details = { begun: 1, total: 2 };
    const late = new AppError("deadline_exceeded", "1 of 2 articles were begun", { status: 504, details });
    const scoring = scorerOf(problemOf(late, {}), 504).scorer.score(ARTICLES);
    await expect(scoring).rejects.toMatchObject({ code: late.code, message: late.message, details, status: 504, retryable: true });
  });
});
