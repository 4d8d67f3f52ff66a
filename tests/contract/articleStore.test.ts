import { describe, expect, it } from "vitest";
import { createArticleStore } from "../../functions/adapters/libsql/news/articleStore.ts";
import type { Article } from "../../shared/domain/article.ts";
import { HOUR, MINUTE } from "../../shared/domain/instant.ts";
import { openMemoryDatabase } from "../support/databases/memoryDatabase.ts";
import { articleOf } from "../support/news/newsFixtures.ts";

const T = Date.UTC(2025, 9, 1);
const EVERYTHING = { start: 0, end: T + 1_000 * HOUR };
const at = (slug: string, minutes: number, fields: Partial<Article> = {}) =>
  articleOf({ slug, available_at: T + minutes * MINUTE, ...fields });

async function open() {
  const database = await openMemoryDatabase();
  const store = createArticleStore(database);
  const object = (key: string, source = "example") => {
    return store.addObject({ key, source, sha256: key, bytes: 1, lines: 1, window: { start: T, end: T + HOUR }, ingested_at: T });
  };
  const write = (articles: readonly Article[], object_key = "k") => store.write({ object_key, articles, rejects: [], ingested_at: T });
  return { database, store, object, write };
}

describe("the article store", () => {
  it("gives back what was written, in the order of knowledge", async () => {
    const { store, write } = await open();
    const articles = [
      at("c", 3),
      at("a", 1, { language: null, published_at: null, is_relevant: false }),
      at("b", 2, { matched_terms: ["MAS", 'a "b"'] }),
    ];
    expect(await write(articles)).toEqual({ inserted: 3, unchanged: 0 });
    expect(await store.read(EVERYTHING)).toEqual([articles[1], articles[2], articles[0]]);
    expect(await store.known([...articles.map(({ article_id }) => article_id), "other"])).toEqual(
      new Set(articles.map(({ article_id }) => article_id)),
    );
  });

  it("reads windows open at the start, relevant ones alone, and on from a position", async () => {
    const { store, write } = await open();
    const articles = Array.from({ length: 950 }, (_, index) => at(`n${index}`, Math.floor(index / 2), { is_relevant: index % 3 === 0 }));
    await write(articles);
    expect(await store.read(EVERYTHING)).toHaveLength(950);
    expect(await store.read({ start: T, end: T + MINUTE })).toHaveLength(2);
    expect(await store.read(EVERYTHING, { relevant_only: true })).toHaveLength(317);
    const all = await store.read(EVERYTHING);
    expect(await store.read(EVERYTHING, { after: all[400]!, limit: 3 })).toEqual(all.slice(401, 404));
  });

  it("finds one article by its id, and none under another", async () => {
    const { store, write } = await open();
    const articles = [at("a", 1), at("b", 2, { body: "What was read." })];
    await write(articles);
    expect(await store.find(articles[1]!.article_id)).toEqual(articles[1]);
    expect(await store.find("none")).toBeNull();
  });

  it("keeps the version that was known first, whatever the order in which versions come", async () => {
    const first = at("a", 0, { title: "First" });
    const later = at("a", 5, { title: "Corrected later" });
    for (const order of [
      [first, later],
      [later, first],
      [later, first, later],
    ]) {
      const { store, write } = await open();
      for (const version of order) await write([version]);
      expect(await store.read(EVERYTHING)).toEqual([first]);
      const together = await open();
      expect(await together.write(order)).toEqual({ inserted: 1, unchanged: order.length - 1 });
      expect(await together.store.read(EVERYTHING)).toEqual([first]);
    }
  });

  it("gives the same for two versions of one moment in either order", async () => {
    const versions = [at("a", 0, { title: "One" }), at("a", 0, { title: "Two" })];
    const kept = [];
    for (const order of [versions, versions.toReversed()]) {
      const { store, write } = await open();
      for (const version of order) await write([version]);
      kept.push(await store.read(EVERYTHING));
    }
    expect(kept[0]).toEqual(kept[1]);
  });

  it("lists objects until they are parsed, oldest first, and keeps their rejects once", async () => {
    const { database, store, object } = await open();
    await object("k2");
    await object("k1");
    await object("k1");
    await object("other", "elsewhere");
    expect((await store.pendingObjects("example", 10)).map(({ key }) => key)).toEqual(["k1", "k2"]);
    expect(await store.pendingObjects("example", 1)).toMatchObject([{ key: "k1", window: { start: T, end: T + HOUR } }]);
    const reject = { object_key: "k1", line: 1, item: 2, source: "example", reason: "no_text", detail: "d", raw: "x".repeat(5_000) };
    for (let times = 0; times < 2; times++) await store.write({ object_key: "k1", articles: [], rejects: [reject], ingested_at: T });
    expect((await store.pendingObjects("example", 10)).map(({ key }) => key)).toEqual(["k2"]);
    const { rows } = await database.$client.execute("SELECT reason, length(raw) AS characters FROM article_rejects");
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ reason: "no_text", characters: 2_000 });
  });
});
