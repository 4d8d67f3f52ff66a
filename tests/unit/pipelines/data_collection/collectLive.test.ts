import { describe, expect, it } from "vitest";
import { collectNews } from "../../../../functions/pipelines/data_collection/collectNews.ts";
import { HOUR, MINUTE, toIso } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import type { NewsRequest } from "../../../../shared/ports/newsFetcher.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { articlePage, type FixtureItem, newsSource, rss, SITE } from "../../../support/news/newsFixtures.ts";
import { failed, NOW, newsStepWorld, WINDOW } from "../../../support/news/newsStepWorld.ts";

describe("collecting live", () => {
  const page = (slug: string) => articlePage(`The Singapore dollar rose after news ${slug}.`);
  const answers = (feed: () => string) => (request: NewsRequest) => {
    return request.kind === "feed" ? feed() : page(request.url!.slice(SITE.length + 1));
  };

  it("reads the pages of what is new, and knows an article when its page had come", async () => {
    const items = [{ slug: "a", date: toIso(NOW - HOUR) }, { slug: "b", date: toIso(NOW + HOUR) }, { slug: "c" }];
    const { news, run, validate, articles } = await newsStepWorld(answers(() => rss(items)));
    expect((await run()).outcome).toMatchObject({
      kind: "success",
      report: { mode: "live", read: 3, written: 2, new_items: 3, pages: { fetched: 3 } },
    });
    expect(news.requests.map(({ url }) => url)).toEqual([`${SITE}/feed.xml`, `${SITE}/a`, `${SITE}/b`, `${SITE}/c`]);
    expect((await validate()).outcome).toMatchObject({ kind: "success", report: { read: 3, written: 3, rejected: 0 } });
    const stored = await articles();
    expect(
      stored.map(({ text_source, access, first_seen_at, available_at }) => [text_source, access, first_seen_at, available_at]),
    ).toEqual(Array.from({ length: 3 }, () => ["page", "open", NOW, NOW]));
    expect(stored.map(({ published_at }) => published_at).sort()).toEqual([NOW - HOUR, null, null]);
    expect(stored[0]!.body).toContain("The Singapore dollar rose after news");
    expect(stored[0]!.body).not.toContain("Menu");
  });

  it("tells items apart by their guids, and keeps one without an address, and one whose date is not certain", async () => {
    const desk = (items: readonly string[]) => `<rss version="2.0"><channel><title>Desk</title>${items.join("")}</channel></rss>`;
    const entry = (guid: string, rest: string) =>
      `<item><title>The US dollar moves ${guid}</title><guid isPermaLink="false">${guid}</guid>${rest}</item>`;
    const { news, run, validate, articles } = await newsStepWorld((request) =>
      request.kind === "feed"
        ? desk([
            entry("p1", `<link>${SITE}/live#post-1</link>`),
            entry("p2", `<link>${SITE}/live#post-2</link><pubDate>Thu, 02 Oct 2025 16:00:00 IST</pubDate>`),
            entry("p3", "<pubDate>2025-10-01</pubDate>"),
          ])
        : page("live"),
    );
    expect((await run()).outcome).toMatchObject({ kind: "success", report: { read: 3, new_items: 3, pages: {} } });
    // Their page is that of all posts: each would have the text of the others.
    expect(news.requests.map(({ kind }) => kind)).toEqual(["feed"]);
    expect((await validate()).outcome).toMatchObject({ kind: "success", report: { written: 3, rejected: 0 } });
    const stored = (await articles()).toSorted((a, b) => a.title.localeCompare(b.title));
    expect(stored.map(({ url, available_at, published_at }) => [url, available_at - NOW, published_at])).toEqual([
      [`${SITE}/live#post-1`, 0, null],
      [`${SITE}/live#post-2`, 0, null],
      [null, 0, Date.UTC(2025, 9, 2)],
    ]);
    expect(stored[1]).toMatchObject({
      published_raw: "Thu, 02 Oct 2025 16:00:00 IST",
      published_problem: expect.stringContaining("the local time is 2025-10-02T16:00:00"),
    });
    expect((await run()).outcome).toMatchObject({ kind: "skipped" });
  });

  it("asks no page for what the feed says in full, nor for what is stored", async () => {
    const long = "<p>The Fed kept its rate, and the dollar fell against the Singapore dollar on the day.</p>".repeat(12);
    let items: FixtureItem[] = [{ slug: "full", content: long }, { slug: "a" }];
    const { news, run, validate, articles, advance } = await newsStepWorld(answers(() => rss(items)));
    await run();
    await validate();
    items = [{ slug: "new" }, ...items];
    advance(10 * MINUTE);
    await run({ start: NOW, end: NOW + 10 * MINUTE });
    await validate();
    expect(news.requests.filter(({ kind }) => kind === "page").map(({ url }) => url)).toEqual([`${SITE}/a`, `${SITE}/new`]);
    const stored = await articles();
    expect(stored.map(({ url, access, text_source }) => [url, access, text_source])).toContainEqual([
      `${SITE}/full`,
      "not_fetched",
      "feed",
    ]);
    // The later sight of what was known changes nothing.
    expect(stored.map(({ first_seen_at }) => first_seen_at - NOW).sort()).toEqual([0, 0, 10 * MINUTE].sort());
  });

  it("leaves what is too many to the next run, and lets no 304 hide it", async () => {
    const source = newsSource({ politeness: { delay_ms: 0, max_pages: 2 } });
    const items = ["a", "b", "c"].map((slug) => ({ slug }));
    const { ports, news, run, validate, articles } = await newsStepWorld(
      answers(() => rss(items)),
      source,
    );
    expect((await run()).outcome).toMatchObject({ report: { new_items: 3, deferred: 1, pages: { fetched: 2 } } });
    await validate();
    expect(await articles()).toHaveLength(2);
    expect((await ports.news_feeds.read("example"))[0]).toMatchObject({ etag: null, last_status: 200, last_success_at: NOW });
    await run();
    await validate();
    expect((await articles()).map(({ url }) => url!.at(-1)).sort()).toEqual(["a", "b", "c"]);
    expect(news.requests.filter(({ kind }) => kind === "page")).toHaveLength(3);
    expect((await ports.news_feeds.read("example"))[0]).toMatchObject({ etag: '"1"' });
  });

  it("sends the validators of the last whole run, and skips a run without news", async () => {
    let is_same = false;
    const { ports, news, run, validate } = await newsStepWorld((request) => {
      if (request.kind === "feed" && is_same) return { kind: "not_modified", fetched_at: NOW };
      return answers(() => rss([{ slug: "a" }]))(request);
    });
    await run();
    await validate();
    is_same = true;
    expect((await run()).outcome).toEqual({ kind: "skipped", reason: "No feed has anything new." });
    expect(news.requests.at(-1)).toMatchObject({ validators: { etag: '"1"', last_modified: null } });
    expect((await ports.news_feeds.read("example"))[0]).toMatchObject({ last_status: 304, last_error: null });
  });

  it("succeeds with nothing new when a try before it may have stored it all and been lost", async () => {
    let is_same = false;
    const { ports, run } = await newsStepWorld((request) => {
      if (request.kind === "feed" && is_same) return { kind: "not_modified", fetched_at: NOW };
      return answers(() => rss([{ slug: "a" }]))(request);
    });
    await run();
    is_same = true;
    const again = await collectNews.run(ports, stepContext({ window: WINDOW, map_key: "example", try_number: 2 }));
    expect(again).toMatchObject({ kind: "success", report: { mode: "live", written: 0, new_items: 0 } });
  });

  it("works in slices of ten pages, and a crash between two loses nothing and doubles nothing", async () => {
    const items = Array.from({ length: 23 }, (_, at) => ({ slug: `s${at}` }));
    const source = newsSource({ politeness: { delay_ms: 0, max_pages: 50 } });
    const { ports, news, run, validate, articles } = await newsStepWorld(
      answers(() => rss(items)),
      source,
    );
    // A worker is lost after each slice has done its work and before it is settled: the slice is done again.
    const first = await collectNews.run(ports, stepContext({ window: WINDOW, map_key: "example" }));
    expect(first).toMatchObject({ kind: "continue", report: { pages: { fetched: 10 } } });
    const { outcome, slices } = await run();
    expect(outcome).toMatchObject({ kind: "success", report: { new_items: 23, pages: { fetched: 23 } } });
    expect(slices).toBe(3);
    expect(news.requests).toHaveLength(11 + 24);
    expect((await validate()).outcome).toMatchObject({ report: { written: 23 } });
    expect(await articles()).toHaveLength(23);
  });

  it("records a closed page and a refusal, and makes the article of the feed's summary", async () => {
    const walled = `<html><body><article><p>Markets moved.</p><div class="paywall">Subscribe to continue reading.</div></article></body></html>`;
    const { run, validate, articles } = await newsStepWorld((request) => {
      if (request.kind === "feed")
        return rss(["wall", "robots", "gone", "down"].map((slug) => ({ slug, description: `The US dollar in ${slug}.` })));
      const slug = request.url!.slice(SITE.length + 1);
      if (slug === "wall") return walled;
      if (slug === "robots") return failed(new AppError("robots_refused", "closed to robots"));
      if (slug === "gone") return failed(new AppError("source_rejected", "answered 410"), 410);
      return failed(new AppError("source_unavailable", "answered 503", { retryable: true }), 503);
    });
    expect((await run()).outcome).toMatchObject({
      report: { pages: { fetched: 1, robots_refused: 1, source_rejected: 1, source_unavailable: 1 } },
    });
    await validate();
    const told = (await articles()).map(({ url, access, text_source, body, summary }) => [
      url!.slice(SITE.length + 1),
      access,
      text_source,
      body,
      summary,
    ]);
    expect(told.sort()).toEqual([
      ["down", "fetch_failed", "summary", "", "The US dollar in down."],
      ["gone", "fetch_failed", "summary", "", "The US dollar in gone."],
      ["robots", "robots_refused", "summary", "", "The US dollar in robots."],
      ["wall", "paywall", "summary", "", "The US dollar in wall."],
    ]);
  });

  it("waits without a slot for a pause, and gives up on what outlasts the run", async () => {
    let pauses = 2;
    let delay_ms = 2_000;
    const { ports, validate, articles, advance } = await newsStepWorld((request) => {
      if (request.kind === "page" && pauses-- > 0) return { kind: "wait", delay_ms, reason: "has its pause" };
      return answers(() => rss([{ slug: "a" }, { slug: "b" }]))(request);
    });
    const slice = (cursor: unknown) => collectNews.run(ports, stepContext({ window: WINDOW, map_key: "example", cursor: cursor as never }));
    const first = await slice(null);
    expect(first).toMatchObject({ kind: "reschedule", delay_ms: 2_000, reason: "has its pause" });
    delay_ms = HOUR;
    advance(2_000);
    expect(await slice(first.kind === "reschedule" && first.cursor)).toMatchObject({
      kind: "success",
      report: { pages: { source_unavailable: 1, fetched: 1 } },
    });
    await validate();
    expect((await articles()).map(({ access }) => access).sort()).toEqual(["fetch_failed", "open"]);
  });

  it("names the feed that failed, with the others done, and fails when none could be read", async () => {
    const feeds = [`${SITE}/one.xml`, `${SITE}/two.xml`];
    let is_down = false;
    const { ports, run, validate, articles } = await newsStepWorld((request) => {
      if (request.url === feeds[0]) return "<html><body>We will be back soon</body></html>";
      if (request.url === feeds[1] && is_down) return failed(new AppError("source_unavailable", "answered 503", { retryable: true }), 503);
      return answers(() => rss([{ slug: "a" }]))(request);
    }, newsSource({ feeds }));
    expect((await run()).outcome).toMatchObject({ kind: "success", report: { failed_feeds: { [feeds[0]!]: { code: "feed_malformed" } } } });
    await validate();
    expect(await articles()).toHaveLength(1);
    is_down = true;
    await expect(run()).rejects.toMatchObject({ code: "feed_malformed", retryable: true });
    const states = await ports.news_feeds.read("example");
    expect(states.map(({ last_status, last_error }) => [last_status, last_error?.code])).toEqual([
      [200, "feed_malformed"],
      [503, "source_unavailable"],
    ]);
    const rejects = await ports.database.$client.execute("SELECT reason, raw FROM article_rejects");
    expect(rejects.rows[0]).toMatchObject({ reason: "feed_malformed", raw: expect.stringContaining("We will be back soon") });
  });

  it("refuses a task of a source that is not configured", async () => {
    const { ports } = await newsStepWorld(() => rss([]));
    await expect(collectNews.run(ports, stepContext({ window: WINDOW, map_key: "gone" }))).rejects.toMatchObject({ code: "not_found" });
  });
});
