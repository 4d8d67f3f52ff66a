import { describe, expect, it } from "vitest";
import { createNewsHosts } from "../../functions/adapters/libsql/news/newsHosts.ts";
import { backoffMs } from "../../functions/adapters/news/hostTurns.ts";
import { openMemoryDatabase } from "../support/databases/memoryDatabase.ts";

const ORIGIN = "https://news.example.com";
const T = Date.UTC(2025, 9, 1);
const take = (token: string, now: number) => ({ token, now, lease_until: now + 30_000 });
const end = { next_request_at: T + 2_000, failures: 0, backoff_until: 0 };

describe("turns at an origin", () => {
  it("are held by one, and free again after the pause", async () => {
    const hosts = createNewsHosts(await openMemoryDatabase());
    expect(await hosts.take(ORIGIN, take("a", T))).toEqual({ kind: "granted", turn: { robots: null, failures: 0 } });
    expect(await hosts.take(ORIGIN, take("b", T + 1))).toEqual({ kind: "busy", free_at: null });
    expect((await hosts.take("https://other.example", take("b", T + 1))).kind).toBe("granted");
    await hosts.end(ORIGIN, "a", end);
    expect(await hosts.take(ORIGIN, take("b", T + 1_999))).toEqual({ kind: "busy", free_at: T + 2_000 });
    expect((await hosts.take(ORIGIN, take("b", T + 2_000))).kind).toBe("granted");
  });

  it("go to another when their holder is lost, whose late end then changes nothing", async () => {
    const hosts = createNewsHosts(await openMemoryDatabase());
    await hosts.take(ORIGIN, take("lost", T));
    expect((await hosts.take(ORIGIN, take("next", T + 29_999))).kind).toBe("busy");
    expect((await hosts.take(ORIGIN, take("next", T + 30_000))).kind).toBe("granted");
    await hosts.end(ORIGIN, "lost", end);
    expect(await hosts.take(ORIGIN, take("third", T + 30_001))).toEqual({ kind: "busy", free_at: null });
  });

  it("wait for a backoff, and keep robots.txt", async () => {
    const hosts = createNewsHosts(await openMemoryDatabase());
    const robots = { text: "User-agent: *\nDisallow: /x", status: 200, fetched_at: T };
    await hosts.take(ORIGIN, take("a", T));
    await hosts.end(ORIGIN, "a", { next_request_at: T, failures: 3, backoff_until: T + 60_000, robots });
    expect(await hosts.take(ORIGIN, take("b", T + 1))).toEqual({ kind: "busy", free_at: T + 60_000 });
    expect(await hosts.take(ORIGIN, take("b", T + 60_000))).toEqual({ kind: "granted", turn: { robots, failures: 3 } });
    await hosts.end(ORIGIN, "b", { ...end, next_request_at: T });
    expect(await hosts.take(ORIGIN, take("c", T + 60_001))).toEqual({ kind: "granted", turn: { robots, failures: 0 } });
  });

  it("is one of two that ask at the same moment", async () => {
    const hosts = createNewsHosts(await openMemoryDatabase());
    const answers = await Promise.all(["a", "b", "c", "d"].map((token) => hosts.take(ORIGIN, take(token, T))));
    expect(answers.filter(({ kind }) => kind === "granted")).toHaveLength(1);
  });
});

describe("backoffMs", () => {
  it("doubles to an hour with a jitter that is always the same, and is never shorter than Retry-After", () => {
    for (let failures = 1; failures <= 20; failures++) {
      const longest = Math.min(3_600_000, 1_000 * 2 ** (failures - 1));
      const wait = backoffMs(ORIGIN, failures, 0);
      expect(wait).toBeGreaterThanOrEqual(longest / 2);
      expect(wait).toBeLessThanOrEqual(longest);
      expect(backoffMs(ORIGIN, failures, 0)).toBe(wait);
    }
    expect(backoffMs(ORIGIN, 1, 120_000)).toBe(120_000);
    expect(backoffMs(ORIGIN, 1, 10 * 86_400_000)).toBe(86_400_000);
  });
});
