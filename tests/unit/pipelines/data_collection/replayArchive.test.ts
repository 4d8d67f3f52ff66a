import { describe, expect, it } from "vitest";
import { collectNews } from "../../../../functions/pipelines/data_collection/collectNews.ts";
import { DAY, HOUR, MINUTE, toIso } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { type FixtureItem, newsSource, rss, SITE } from "../../../support/news/newsFixtures.ts";
import { failed, newsStepWorld } from "../../../support/news/newsStepWorld.ts";

describe("replaying an archive", () => {
  const START = Date.UTC(2025, 0, 1);
  const source = newsSource({ archive_url: `${SITE}/archive.xml?from={from}&to={to}` });
  const items: readonly FixtureItem[] = [
    { slug: "before", first_seen: START - 1 },
    { slug: "first", first_seen: START, date: toIso(START - HOUR) },
    { slug: "odd", first_seen: START + 3 * MINUTE, date: toIso(START + 2 * MINUTE) },
    { slug: "future", first_seen: START + 10 * MINUTE, date: toIso(START + 5 * HOUR) },
    { slug: "later", first_seen: START + 40 * DAY + 1 },
    { slug: "outside", first_seen: START + 62 * DAY },
  ];

  it("takes spans of at most 31 days, one a slice, and knows each article when the schedule would have", async () => {
    const { news, run, validate, articles } = await newsStepWorld(() => rss(items), source);
    const { outcome, slices } = await run({ start: START, end: START + 62 * DAY });
    expect(outcome).toMatchObject({ kind: "success", report: { mode: "replay", read: 4, written: 2 } });
    expect(slices).toBe(2);
    expect(news.requests.map(({ url }) => decodeURIComponent(url))).toEqual([
      `${SITE}/archive.xml?from=2025-01-01T00:00:00Z&to=2025-02-01T00:00:00Z`,
      `${SITE}/archive.xml?from=2025-02-01T00:00:00Z&to=2025-03-04T00:00:00Z`,
    ]);
    await validate();
    const known = (await articles()).map(({ url, published_at, first_seen_at, available_at }) => [
      url!.slice(SITE.length + 1),
      published_at === null ? null : published_at - START,
      first_seen_at - START,
      available_at - START,
    ]);
    expect(known).toEqual(
      [
        // A minute after the collection's tick: never part of the row that ends with it, as live.
        ["first", -HOUR, MINUTE, MINUTE],
        ["future", null, 11 * MINUTE, 11 * MINUTE],
        ["odd", 2 * MINUTE, 11 * MINUTE, 11 * MINUTE],
        ["later", null, 40 * DAY + 11 * MINUTE, 40 * DAY + 11 * MINUTE],
      ].sort(([, , , a], [, , , b]) => Number(a) - Number(b)),
    );
  });

  it("gives the same rows when it is done again", async () => {
    const { ports, run, validate, articles, advance } = await newsStepWorld(() => rss(items), source);
    await run({ start: START, end: START + 62 * DAY });
    expect((await validate()).outcome).toMatchObject({ report: { read: 4, written: 4, unchanged: 0 } });
    const [before, objects] = [await articles(), ports.lake.keys()];
    advance(1);
    // The same answer is the same object, which has been parsed.
    await run({ start: START, end: START + 62 * DAY });
    expect(ports.lake.keys()).toEqual(objects);
    expect((await validate()).outcome).toMatchObject({ kind: "skipped" });
    // The last span cut elsewhere is another object, with the same article.
    await run({ start: START, end: START + 61 * DAY });
    expect((await validate()).outcome).toMatchObject({ kind: "success", report: { written: 0, unchanged: 1 } });
    expect(await articles()).toEqual(before);
  });

  it("finds its own object again when it was lost between the lake and the ledger", async () => {
    const { ports, advance } = await newsStepWorld(() => rss(items), source);
    const over = { window: { start: START, end: START + DAY }, map_key: "example" };
    await collectNews.run(ports, stepContext(over));
    advance(MINUTE);
    expect(await collectNews.run(ports, stepContext({ ...over, try_number: 2 }))).toMatchObject({ kind: "success", report: { read: 3 } });
    expect(ports.lake.keys()).toHaveLength(1);
    expect(await ports.articles.pendingObjects("example", 10)).toHaveLength(1);
  });

  it("asks for a shorter span when an answer is too large", async () => {
    const { news, run } = await newsStepWorld(({ url }) => {
      const [from, to] = [...decodeURIComponent(url).matchAll(/=([^&]+)/g)].map((match) => Date.parse(match[1]!));
      return to! - from! > 10 * DAY ? failed(new AppError("body_too_large", "too large")) : rss(items);
    }, source);
    expect((await run({ start: START, end: START + 31 * DAY })).outcome).toMatchObject({ kind: "success", report: { read: 3 } });
    expect(news.requests).toHaveLength(6);
  });

  it("leaves a window without articles be, and says why there is no past", async () => {
    const empty = await newsStepWorld(() => rss([]), source);
    expect((await empty.run({ start: START, end: START + DAY })).outcome).toMatchObject({ kind: "skipped" });
    const plain = await newsStepWorld(() => rss(items));
    expect((await plain.run({ start: START, end: START + DAY })).outcome).toMatchObject({
      kind: "skipped",
      reason: expect.stringContaining("no archive"),
    });
    expect(plain.news.requests).toEqual([]);
  });

  it("fails by name when the archive is no feed, and stores nothing", async () => {
    const { ports, run } = await newsStepWorld(() => "<html><body>Maintenance</body></html>", source);
    await expect(run({ start: START, end: START + DAY })).rejects.toMatchObject({ code: "feed_malformed" });
    expect(ports.lake.keys()).toEqual([]);
  });

  it("rejects items that do not say when they became public", async () => {
    const { ports, run, validate } = await newsStepWorld(() => rss([{ slug: "a" }, { slug: "b", first_seen: START }]), source);
    expect((await run({ start: START, end: START + DAY })).outcome).toMatchObject({ report: { read: 2 } });
    expect((await validate()).outcome).toMatchObject({ report: { written: 1, rejected: 1 } });
    const rejects = await ports.database.$client.execute("SELECT line, item, reason FROM article_rejects");
    expect(rejects.rows.map((row) => [...Object.values(row)])).toEqual([[1, 1, "no_first_seen"]]);
  });
});
