import { AsyncLocalStorage } from "node:async_hooks";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWriteGate, type GateTime } from "../../../../functions/adapters/libsql/writeGate.ts";

/** A time that a test moves on, with timers that belong to the event that set them, as in workerd. */
function openTime() {
  const event = new AsyncLocalStorage<string>();
  const timers = new Map<number, { due: number; readonly event: string | undefined; readonly period: number | null; run: () => void }>();
  let now = 0;
  let set = 0;
  const add = (delay: number, period: number | null, run: () => void) => {
    timers.set(++set, { due: now + delay, event: event.getStore(), period, run });
    return set;
  };
  const time: GateTime = {
    now: () => now,
    sleep: (ms) => new Promise((resolve) => void add(ms, null, resolve)),
    every: (period, run) => {
      const id = add(period, period, run);
      return () => void timers.delete(id);
    },
  };
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    time,
    within: <Result>(name: string, work: () => Result): Result => event.run(name, work),
    /** The runtime ends an event: its timers are gone, and its promises never settle. */
    end(name: string) {
      for (const [id, timer] of timers) if (timer.event === name) timers.delete(id);
    },
    /** A computation that holds the only thread: time passes, and no timer fires. */
    stall(ms: number) {
      now += ms;
    },
    async advance(ms: number) {
      for (const until = now + ms; ; ) {
        await turn();
        const [id, timer] = [...timers].sort(([, a], [, b]) => a.due - b.due)[0] ?? [];
        if (id === undefined || timer === undefined || timer.due > until) {
          now = Math.max(now, until);
          return turn();
        }
        now = Math.max(now, timer.due);
        if (timer.period === null) timers.delete(id);
        else timer.due += timer.period;
        timer.run();
      }
    },
  };
}

/** One gate, asked by several events. */
function open(patience_ms = 30_000) {
  const { time, within, ...control } = openTime();
  const gate = createWriteGate(time, patience_ms);
  const log: string[] = [];
  const writes = new Map<string, () => void>();
  const ask = (event: string) =>
    within(event, () =>
      gate.pass(async () => {
        log.push(`${event} writes`);
        await new Promise<void>((resolve) => void writes.set(event, resolve));
        log.push(`${event} done`);
        return event;
      }),
    );
  return { time: control, log, ask, finish: (event: string) => writes.get(event)?.() };
}

describe("the write gate", () => {
  it("lets one write after the other through, in the order of arrival", async () => {
    const { time, log, ask, finish } = open();
    const all = ["a", "b", "c"].map(ask);
    await time.advance(100);
    expect(log).toEqual(["a writes"]);
    for (const event of ["a", "b", "c"]) {
      finish(event);
      await time.advance(10);
    }
    expect(await Promise.all(all)).toEqual(["a", "b", "c"]);
    expect(log).toEqual(["a writes", "a done", "b writes", "b done", "c writes", "c done"]);
  });

  it("is left by a write that fails", async () => {
    const gate = createWriteGate(openTime().time);
    await expect(gate.pass(() => Promise.reject(new Error("no such table")))).rejects.toThrow("no such table");
    expect(await gate.pass(async () => "next")).toBe("next");
  });

  // An event of the Workers runtime that is ended runs no finally, and what waits for its promise waits for ever.
  it("does not wait for ever for a writer whose event has ended, nor for one that waited itself", async () => {
    const { time, log, ask, finish } = open();
    for (const event of ["held", "waiting", "b"]) void ask(event);
    await time.advance(10);
    time.end("held");
    time.end("waiting");
    await time.advance(1_000);
    expect(log).toEqual(["held writes"]);
    await time.advance(3_000);
    expect(log).toEqual(["held writes", "b writes"]);
    finish("b");
    await time.advance(10);
    void ask("c");
    await time.advance(10);
    expect(log.at(-1)).toBe("c writes");
  });

  it("waits on for a slow writer that lives", async () => {
    const { time, log, ask } = open();
    void ask("slow");
    void ask("b");
    await time.advance(20_000);
    expect(log).toEqual(["slow writes"]);
  });

  it("waits for none that lives and never ends: its turn is a lease", async () => {
    const { time, log, ask } = open(200_000);
    void ask("endless");
    void ask("b");
    await time.advance(119_000);
    expect(log).toEqual(["endless writes"]);
    await time.advance(5_000);
    expect(log).toEqual(["endless writes", "b writes"]);
  });

  it("takes no one for ended because a computation held all timers up", async () => {
    const { time, log, ask } = open();
    void ask("a");
    void ask("b");
    await time.advance(10);
    time.stall(20_000);
    void ask("c");
    await time.advance(1_000);
    expect(log).toEqual(["a writes"]);
  });

  it("gives up a turn that does not come, and says so; those behind it wait on", async () => {
    const { time, log, ask, finish } = open(5_000);
    void ask("slow");
    const given_up = expect(ask("b")).rejects.toMatchObject({
      code: "store_unavailable",
      status: 503,
      retryable: true,
      message: "The database did not take this write: in 5 s its turn did not come, among 2 other writes",
    });
    await time.advance(3_000);
    void ask("c");
    await time.advance(3_000);
    await given_up;
    finish("slow");
    await time.advance(10);
    expect(log.at(-1)).toBe("c writes");
  });

  it("never lets two write at once, whoever comes, fails, or is ended when", async () => {
    const step = fc.record({ kind: fc.constantFrom("ask", "finish", "end", "wait"), at: fc.nat(200) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { time, log, ask, finish } = open(1_000_000);
        const ended = new Set<string>();
        const asked: string[] = [];
        for (const { kind, at } of steps) {
          const event = asked[at % Math.max(1, asked.length)];
          if (kind === "ask") {
            asked.push(`${asked.length}`);
            void ask(asked.at(-1)!);
          } else if (kind === "wait") await time.advance(at * 20);
          else if (event !== undefined && kind === "finish" && !ended.has(event)) finish(event);
          else if (event !== undefined && kind === "end") {
            time.end(event);
            ended.add(event);
          }
          await time.advance(0);
        }
        for (const event of asked) {
          await time.advance(5_000);
          if (!ended.has(event)) finish(event);
        }
        await time.advance(5_000);
        let writing: string | null = null;
        for (const line of log) {
          const [event, what] = line.split(" ") as [string, string];
          if (what === "writes") {
            expect(writing === null || ended.has(writing)).toBe(true);
            writing = event;
          } else if (writing === event) writing = null;
        }
        expect(asked.filter((event) => !ended.has(event) && !log.includes(`${event} done`))).toEqual([]);
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});
