import { describe, expect, it } from "vitest";
import { type ArticlePorts, waitForArticles } from "../../../../functions/pipelines/news_features/waitForArticles.ts";
import type { Cursor } from "../../../../shared/dag/step.ts";
import type { Article } from "../../../../shared/domain/article.ts";
import { DAY, type Instant, MINUTE, type TimeWindow } from "../../../../shared/domain/instant.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const WINDOW = { start: NOON - 30 * MINUTE, end: NOON };

interface Known {
  readonly available_at: Instant;
  readonly is_scored?: boolean;
}

/** Stores that hold relevant articles of these moments, and answer nothing else. */
function portsWith(...articles: readonly Known[]): ArticlePorts {
  const within = (window: TimeWindow) => articles.filter(({ available_at: at }) => at > window.start && at <= window.end);
  const read = async (window: TimeWindow) => within(window) as unknown as Article[];
  const unscored = async (window: TimeWindow) => within(window).filter((one) => !one.is_scored) as unknown as Article[];
  return { articles: { read }, sentiments: { unscored } } as unknown as ArticlePorts;
}

/** Looks until it has an answer, and how often it looked away before. */
async function look(ports: ArticlePorts, window: TimeWindow) {
  let cursor: Cursor | null = null;
  for (let pokes = 0; ; pokes++) {
    const outcome = await waitForArticles.run(ports, stepContext({ window, cursor, map_key: "" }));
    if (outcome.kind !== "reschedule") return { kind: outcome.kind, pokes };
    expect(outcome).toMatchObject({ delay_ms: MINUTE, reason: "A collection that was late may still bring articles." });
    cursor = outcome.cursor;
  }
}

describe("wait_for_articles", () => {
  it.each([
    ["new articles, at once", [{ available_at: NOON }], WINDOW, "success", 0],
    ["older ones that nobody has scored", [{ available_at: NOON - DAY }], WINDOW, "success", 0],
    ["scored ones of the window, as in a reprocess", [{ available_at: NOON, is_scored: true }], WINDOW, "success", 0],
    ["nothing new, after a minute", [{ available_at: NOON - DAY, is_scored: true }], WINDOW, "skipped", 1],
    ["articles of the next window only", [{ available_at: NOON + 1 }], WINDOW, "skipped", 1],
    ["a replay, at once", [{ available_at: NOON }], { start: NOON - DAY, end: NOON }, "success", 0],
    ["a replay of nothing, at once", [], { start: NOON - DAY, end: NOON }, "skipped", 0],
  ] as const)("%s", async (_name, articles, window, kind, pokes) => {
    expect(await look(portsWith(...articles), window)).toEqual({ kind, pokes });
  });

  it("sees what comes while it looks away", async () => {
    const arrived: Known[] = [];
    const ports = portsWith();
    const live = { ...ports, articles: { ...ports.articles, read: async () => arrived as unknown as Article[] } };
    const first = await waitForArticles.run(live, stepContext({ window: WINDOW }));
    arrived.push({ available_at: NOON });
    const cursor = first.kind === "reschedule" ? first.cursor : null;
    expect((await waitForArticles.run(live, stepContext({ window: WINDOW, cursor }))).kind).toBe("success");
  });
});
