import { describe, expect, it, vi } from "vitest";
import { createTimedCache } from "../../../functions/serving/timedCache.ts";
import { createTestClock } from "../../support/engine/testEngine.ts";

const TTL_MS = 1_000;

describe("createTimedCache", () => {
  it("asks once within the TTL, and again after it", async () => {
    const clock = createTestClock(0);
    const load = vi.fn(async (key: string) => `${key} at ${clock.now()}`);
    const cache = createTimedCache(clock, TTL_MS, load);
    expect(await cache.get("a")).toBe("a at 0");
    clock.advance(TTL_MS - 1);
    expect(await cache.get("a")).toBe("a at 0");
    clock.advance(1);
    expect(await cache.get("a")).toBe(`a at ${TTL_MS}`);
    expect(await cache.get("b")).toBe(`b at ${TTL_MS}`);
    expect(load.mock.calls.map(([key]) => key)).toEqual(["a", "a", "b"]);
  });

  it("asks again when the clock has gone back behind the answer", async () => {
    let now = 10_000;
    const load = vi.fn(async () => now);
    const cache = createTimedCache({ now: () => now }, TTL_MS, load);
    expect(await cache.get("a")).toBe(10_000);
    now = 5_000;
    expect([await cache.get("a"), await cache.get("a")]).toEqual([5_000, 5_000]);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("keeps null as an answer", async () => {
    const load = vi.fn(async () => null);
    const cache = createTimedCache(createTestClock(0), TTL_MS, load);
    expect([await cache.get("a"), await cache.get("a")]).toEqual([null, null]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("the last answer serves on while loads fail, and the next good load replaces it", async () => {
    const clock = createTestClock(0);
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const load = vi.fn<() => Promise<number>>().mockResolvedValueOnce(1).mockRejectedValueOnce(new Error("down")).mockResolvedValueOnce(2);
    const cache = createTimedCache(clock, TTL_MS, load);
    await cache.get("a");
    clock.advance(TTL_MS);
    expect(await cache.get("a")).toBe(1);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(await cache.get("a")).toBe(2);
    warn.mockRestore();
  });

  it("without an earlier answer a failure is the caller's, and is not kept", async () => {
    const load = vi.fn<() => Promise<number>>().mockRejectedValueOnce(new Error("down")).mockResolvedValueOnce(2);
    const cache = createTimedCache(createTestClock(0), TTL_MS, load);
    await expect(cache.get("a")).rejects.toThrow("down");
    expect(await cache.get("a")).toBe(2);
  });

  it("a load whose request is gone, and which never ends, holds up nobody else", async () => {
    const load = vi
      .fn<() => Promise<number>>()
      .mockReturnValueOnce(new Promise(() => {}))
      .mockResolvedValueOnce(2);
    const cache = createTimedCache(createTestClock(0), TTL_MS, load);
    void cache.get("a");
    expect(await cache.get("a")).toBe(2);
  });

  it("an answer is as old as its question: a slow load does not stretch the TTL", async () => {
    const clock = createTestClock(0);
    let value = 1;
    const cache = createTimedCache(clock, TTL_MS, async () => {
      const answer = value;
      clock.advance(400);
      return answer;
    });
    await cache.get("a");
    value = 2;
    clock.advance(600);
    expect(await cache.get("a")).toBe(2);
  });

  describe("with a way to go on behind an answer", () => {
    const setUp = () => {
      const clock = createTestClock(0);
      const loads: PromiseWithResolvers<string>[] = [];
      const cache = createTimedCache(clock, TTL_MS, () => {
        loads.push(Promise.withResolvers<string>());
        return loads.at(-1)!.promise;
      });
      const works: Promise<unknown>[] = [];
      const get = () => cache.get("a", (work) => void works.push(work));
      const first = async () => {
        const asked = get();
        loads[0]!.resolve("first");
        await asked;
      };
      return { clock, loads, works, get, first };
    };

    it("nobody waits for what is asked anew in the second half of its time, and it is asked once", async () => {
      const { clock, loads, works, get, first } = setUp();
      await first();
      clock.advance(TTL_MS / 2 - 1);
      expect([get(), loads.length]).toEqual(["first", 1]);
      clock.advance(1);
      expect([get(), get(), loads.length, works.length]).toEqual(["first", "first", 2, 1]);
      loads[1]!.resolve("second");
      await works[0];
      expect([get(), loads.length]).toEqual(["second", 2]);
      // As old as its question, which came half a time after the first.
      clock.advance(TTL_MS / 2);
      expect([get(), loads.length]).toEqual(["second", 3]);
    });

    it("what is past its time is waited for, whatever is under way", async () => {
      const { clock, loads, get, first } = setUp();
      await first();
      clock.advance(TTL_MS / 2);
      get();
      clock.advance(TTL_MS / 2);
      const asked = get();
      expect([asked, loads.length]).toEqual([expect.any(Promise), 3]);
      loads[2]!.resolve("third");
      expect(await asked).toBe("third");
    });

    it("an answer that was overtaken by that to a later question is not kept", async () => {
      const { clock, loads, works, get, first } = setUp();
      await first();
      clock.advance(TTL_MS / 2);
      get();
      clock.advance(TTL_MS / 2);
      const asked = get();
      loads[2]!.resolve("third");
      await asked;
      loads[1]!.resolve("second");
      await works[0];
      expect(get()).toBe("third");
    });

    it("a load that fails behind an answer is told to the log, and asked again after half a time", async () => {
      const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
      const { clock, loads, works, get, first } = setUp();
      await first();
      clock.advance(TTL_MS / 2);
      get();
      loads[1]!.reject(new Error("down"));
      await works[0];
      clock.advance(TTL_MS / 2 - 1);
      expect([get(), loads.length, warn.mock.calls.length]).toEqual(["first", 2, 1]);
      warn.mockRestore();
    });
  });

  it("forgets, also what is on its way, when it is told to", async () => {
    const loads: ((value: number) => void)[] = [];
    const cache = createTimedCache(createTestClock(0), TTL_MS, () => new Promise<number>((resolve) => loads.push(resolve)));
    const before = cache.get("a");
    cache.forget();
    loads[0]!(1);
    expect(await before).toBe(1);
    const after = cache.get("a");
    loads[1]!(2);
    expect([await after, await cache.get("a")]).toEqual([2, 2]);
    cache.forget();
    const again = cache.get("a");
    loads[2]!(3);
    expect(await again).toBe(3);
  });

  it("does not grow without an end", async () => {
    const load = vi.fn(async (key: string) => key);
    const cache = createTimedCache(createTestClock(0), TTL_MS, load);
    for (let key = 0; key <= 1_000; key++) await cache.get(String(key));
    expect(await cache.get("1000")).toBe("1000");
    expect(load).toHaveBeenCalledTimes(1_001);
    await cache.get("0");
    expect(load).toHaveBeenCalledTimes(1_002);
  });
});
