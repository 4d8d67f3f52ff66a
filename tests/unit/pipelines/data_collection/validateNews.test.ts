import { describe, expect, it } from "vitest";
import { validateNews } from "../../../../functions/pipelines/data_collection/validateNews.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { rss } from "../../../support/news/newsFixtures.ts";
import { newsStepWorld, WINDOW } from "../../../support/news/newsStepWorld.ts";

describe("validate_news", () => {
  it("skips when nothing was collected", async () => {
    const { validate } = await newsStepWorld(() => rss([]));
    expect((await validate()).outcome).toEqual({ kind: "skipped", reason: "No new bronze object." });
  });

  it("succeeds with nothing to do when a try before it may have done it and been lost", async () => {
    const { ports, run } = await newsStepWorld(() => rss([{ slug: "a", content: "The US dollar rose. ".repeat(60) }]));
    await run();
    // The articles are written by the step itself: its end, which would say so, is what the kill took.
    await validateNews.run(ports, stepContext({ window: WINDOW, map_key: "example" }));
    const again = await validateNews.run(ports, stepContext({ window: WINDOW, map_key: "example", try_number: 2 }));
    expect(again).toMatchObject({ kind: "success", report: { read: 0, written: 0, rejected: 0 } });
  });

  it("skips in a later try too when nothing was collected: what a kill took was no work", async () => {
    const { ports } = await newsStepWorld(() => rss([]));
    const upstream = { collect_news: { mode: "replay", read: 0, written: 0 } };
    const again = await validateNews.run(ports, stepContext({ window: WINDOW, map_key: "example", try_number: 2, upstream }));
    expect(again).toEqual({ kind: "skipped", reason: "No new bronze object." });
  });
});
