import { describe, expect, it } from "vitest";
import { countedBindings } from "../../bench/limits/countedBindings.ts";
import { demandByStep } from "../../bench/limits/demandByStep.ts";
import { countCall, noting, takeInvocations } from "../../bench/limits/invocations.ts";

const NOTHING = { libsql: 0, sidecar: 0, fetch: 0, kv_reads: 0, kv_writes: 0, r2_reads: 0, r2_writes: 0, queue: 0 };
const ROWS = { run_id: null, rows_read: 0, rows_written: 0 };

describe("what steps ask for", () => {
  const times = [0, 10, 20, 30];
  const samples = {
    heap: [5e6, 40e6, 7e6, 90e6].map((bytes, index) => ({ at: times[index]!, bytes })),
    cpu: [100, 150, 400, 420].map((ms, index) => ({ at: times[index]!, ms })),
  };

  it("is the most of each kind, within its own time", () => {
    const invocations = [
      { label: "a", started: 1, ended: 12, asked: { ...NOTHING, libsql: 3 }, ...ROWS },
      { label: "a", started: 12, ended: 13, asked: { ...NOTHING, kv_reads: 5 }, ...ROWS },
      { label: "b", started: 21, ended: 30, asked: NOTHING, ...ROWS },
    ];
    expect(demandByStep(invocations, samples)).toEqual([
      { label: "a", invocations: 2, heap_mb: 40, cpu_ms: 300, wall_ms: 11, subrequests: 5 },
      { label: "b", invocations: 1, heap_mb: 90, cpu_ms: 20, wall_ms: 9, subrequests: 0 },
    ]);
  });

  it("is not known of a heap that was never seen meanwhile", () => {
    expect(demandByStep([{ label: "a", started: 1, ended: 2, asked: NOTHING, ...ROWS }], samples)[0]).toMatchObject({ heap_mb: null });
  });
});

describe("an event of the Worker", () => {
  it("is noted with whom it asked, also after its answer, and apart from others", async () => {
    takeInvocations();
    const env = countedBindings({
      ONLINE: { get: async (key: string) => key },
      HINTS: { send: async (_body: unknown) => undefined },
      SQLD_URL: "x",
    });
    const left: Promise<unknown>[] = [];
    const context = { waitUntil: (work: Promise<unknown>) => void left.push(work) };
    const one = noting({ label: "one" }, context, async (own) => {
      own.waitUntil(Promise.resolve().then(() => env.ONLINE.get("later")));
      return env.ONLINE.get("now");
    });
    const other = noting({ label: "other" }, undefined, () => env.HINTS.send({ a: "é" }));
    expect(await one).toBe("now");
    await other;
    await Promise.all(left);
    countCall("fetch");
    const { invocations, largest_message_bytes } = takeInvocations();
    expect(invocations.map(({ label, asked }) => [label, asked]).sort()).toEqual([
      ["one", { ...NOTHING, kv_reads: 2 }],
      ["other", { ...NOTHING, queue: 1 }],
    ]);
    expect(largest_message_bytes).toBe(new TextEncoder().encode('{"a":"é"}').byteLength);
    expect(takeInvocations().invocations).toEqual([]);
  });

  it("has the rows that the database says it went over, where they are counted", async () => {
    takeInvocations();
    const body = '{"rows_read":12,"rows_written":3},{"rows_read":30,"rows_written":0}';
    const env = countedBindings({ SQLD: { fetch: async () => new Response(body) } }, true);
    const answer = await noting({ label: "a" }, undefined, () => env.SQLD.fetch());
    expect(await answer.text()).toBe(body);
    expect(takeInvocations().invocations[0]).toMatchObject({ asked: { ...NOTHING, libsql: 1 }, rows_read: 42, rows_written: 3 });
  });
});
