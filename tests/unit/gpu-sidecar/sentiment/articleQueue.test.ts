import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ArticleQueue } from "../../../../gpu-sidecar/sentiment/articleQueue.ts";
import type { ArticleReading, ArticleTask } from "../../../../gpu-sidecar/sentiment/modelMessages.ts";
import { AppError } from "../../../../shared/errors.ts";

const articles = (...texts: string[]): ArticleTask[] => texts.map((text) => ({ text, market: null }));
const readingOf = (text: string) => ({ sentiment_score: text.length / 100 }) as ArticleReading;
const never = new AbortController().signal;

/** A model process that answers when the test says so. */
function manualModel() {
  const open = new Map<string, PromiseWithResolvers<ArticleReading>>();
  return {
    begun: [] as string[],
    read({ text }: ArticleTask) {
      const promise = Promise.withResolvers<ArticleReading>();
      open.set(text, promise);
      this.begun.push(text);
      return promise.promise;
    },
    kill: () => {},
    finish: (text: string) => open.get(text)?.resolve(readingOf(text)),
    fail: (text: string) => open.get(text)?.reject(new AppError("process_failed", "crashed")),
  };
}

function start(lanes: number, max_queue: number) {
  const model = manualModel();
  const kept: string[] = [];
  const queue = new ArticleQueue({ lanes, max_queue, now: () => Date.now(), keep: ({ text }) => void kept.push(text) });
  queue.use(model, "");
  return { model, queue, kept };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("ArticleQueue", () => {
  it("begins articles in order, as many as there are lanes, and answers in the order of the request", async () => {
    const { model, queue, kept } = start(2, 10);
    const first = queue.read(articles("a", "bb", "ccc"), 1_000, never);
    const second = queue.read(articles("dddd"), 1_000, never);
    expect([model.begun, queue.running, queue.queued]).toEqual([["a", "bb"], 2, 2]);
    model.finish("bb");
    await vi.advanceTimersByTimeAsync(0);
    expect(model.begun).toEqual(["a", "bb", "ccc"]);
    for (const text of ["ccc", "a"]) model.finish(text);
    expect(await first).toEqual(["a", "bb", "ccc"].map(readingOf));
    model.finish("dddd");
    expect(await second).toEqual([readingOf("dddd")]);
    expect([queue.running, queue.queued, kept.sort()]).toEqual([0, 0, ["a", "bb", "ccc", "dddd"]]);
  });

  it("refuses what would wait too long, with a time to come back that follows the measured speed", async () => {
    const { model, queue } = start(1, 3);
    void queue.read(articles("a", "b", "c"), 600_000, never);
    expect(queue.queued).toBe(2);
    await vi.advanceTimersByTimeAsync(20_000);
    model.finish("a");
    await vi.advanceTimersByTimeAsync(0);
    const refuse = () => queue.read(articles("d", "e", "f"), 1_000, never);
    expect(refuse).toThrow(
      expect.objectContaining({ code: "queue_full", status: 429, retryable: true, details: { queued: 1, max_queue: 3 } }),
    );
    // One article must go first: 100 ms were guessed, 20 s measured, a tenth of the way is 2,090 ms.
    expect(refuse).toThrow(expect.objectContaining({ retry_after_ms: 2_090 }));
    expect(() => void queue.read(articles("d", "e"), 1_000, never)).not.toThrow();
  });

  it("takes a request that is larger than the queue while nothing waits", () => {
    const { queue } = start(1, 2);
    expect(() => void queue.read(articles("a", "b", "c", "d"), 1_000, never)).not.toThrow();
    expect(queue.queued).toBe(3);
  });

  it("begins nothing after the deadline, says how far it came, and keeps what was read", async () => {
    const { model, queue, kept } = start(1, 10);
    const answer = queue.read(articles("a", "b", "c"), 500, never);
    const caught = expect(answer).rejects.toMatchObject({
      code: "deadline_exceeded",
      status: 504,
      retryable: true,
      details: { begun: 1, total: 3 },
    });
    await vi.advanceTimersByTimeAsync(500);
    await caught;
    expect(queue.queued).toBe(0);
    model.finish("a");
    await vi.advanceTimersByTimeAsync(0);
    expect([model.begun, kept, queue.running]).toEqual([["a"], ["a"], 0]);
  });

  it("lets what has begun before the deadline end", async () => {
    const { model, queue } = start(2, 10);
    const answer = queue.read(articles("a", "b"), 500, never);
    await vi.advanceTimersByTimeAsync(900);
    model.finish("a");
    model.finish("b");
    expect(await answer).toHaveLength(2);
  });

  it("forgets what waits when the client goes away, and goes on with the next request", async () => {
    const { model, queue } = start(1, 10);
    const client = new AbortController();
    const answer = queue.read(articles("a", "b", "c"), 1_000, client.signal);
    const next = queue.read(articles("d"), 1_000, never);
    const caught = expect(answer).rejects.toMatchObject({ code: "cancelled", status: 499 });
    client.abort();
    await caught;
    expect(queue.queued).toBe(1);
    model.finish("a");
    await vi.advanceTimersByTimeAsync(0);
    model.finish("d");
    expect(await next).toEqual([readingOf("d")]);
    expect(model.begun).toEqual(["a", "d"]);
    await expect(queue.read(articles("e"), 1_000, AbortSignal.abort())).rejects.toMatchObject({ code: "cancelled" });
    expect(model.begun).toEqual(["a", "d"]);
  });

  it("fails every article of a model that went away, and takes up a new one", async () => {
    const { model, queue } = start(1, 10);
    const answer = queue.read(articles("a", "b"), 1_000, never);
    queue.use(null, "signal SIGKILL");
    model.fail("a");
    const results = await answer;
    expect(results.map((result) => (result instanceof AppError ? result.message : "read"))).toEqual(["crashed", "signal SIGKILL"]);
    const waiting = queue.read(articles("c"), 1_000, never);
    expect(queue.queued).toBe(1);
    const next = manualModel();
    queue.use(next, "");
    next.finish("c");
    expect(await waiting).toEqual([readingOf("c")]);
  });
});
