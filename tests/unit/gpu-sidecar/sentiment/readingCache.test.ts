import { expect, it } from "vitest";
import type { ArticleReading } from "../../../../gpu-sidecar/sentiment/modelMessages.ts";
import { ReadingCache } from "../../../../gpu-sidecar/sentiment/readingCache.ts";

const reading = (ms: number) => ({ ms }) as ArticleReading;

it("keeps the latest readings, each for its model and article", () => {
  const cache = new ReadingCache(2);
  const key = (model: string, text: string) => ReadingCache.key(model, { text, market: null });
  cache.put(key("m", "a"), reading(1));
  cache.put(key("m", "b"), reading(2));
  cache.put(key("m", "a"), reading(3));
  cache.put(key("m", "c"), reading(4));
  expect([key("m", "a"), key("m", "b"), key("m", "c"), key("n", "a")].map((name) => cache.get(name)?.ms ?? null)).toEqual([
    3,
    null,
    4,
    null,
  ]);
});
