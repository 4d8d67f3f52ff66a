import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineStep, eachOf, optional } from "../../../shared/dag/defineStep.ts";
import type { StepReport } from "../../../shared/dag/step.ts";
import { stepContext } from "../../support/engine/stepContext.ts";

const WINDOW = { start: 0, end: 1 };
const count = defineStep({
  name: "count",
  report: z.strictObject({ written: z.int(), names: z.array(z.string()) }),
  run: async () => ({ kind: "success", report: { written: 1, names: [] } }),
});
const COUNTED = { written: 2, names: ["x"] };

describe("a step gets the reports that it reads", () => {
  const read = (stored: StepReport | null, all: Readonly<Record<string, StepReport>> = {}) => ({
    required: () =>
      defineStep({
        name: "required",
        reads: { count },
        report: z.strictObject({ seen: z.int() }),
        run: async (_ports: null, { reads }) => ({ kind: "success", report: { seen: reads.count.written } }),
      }).run(null, stepContext({ window: WINDOW, upstream: { count: stored } })),
    optional: () =>
      defineStep({
        name: "optional",
        reads: { counted: optional(count) },
        report: z.strictObject({ seen: z.int().nullable() }),
        run: async (_ports: null, { reads }) => ({ kind: "success", report: { seen: reads.counted?.written ?? null } }),
      }).run(null, stepContext({ window: WINDOW, upstream: { count: stored } })),
    each: () =>
      defineStep({
        name: "each",
        reads: { counts: eachOf(count) },
        report: z.strictObject({ seen: z.record(z.string(), z.int()) }),
        run: async (_ports: null, { reads }) => {
          const seen = Object.entries(reads.counts).map(([key, { written }]) => [key, written] as const);
          return { kind: "success", report: { seen: Object.fromEntries(seen) } };
        },
      }).run(null, stepContext({ window: WINDOW, upstreamAll: all })),
  });

  it("with their types", async () => {
    const { required, optional: other, each } = read(COUNTED, { EUR_USD: COUNTED, USD_SGD: {} });
    expect(await required()).toEqual({ kind: "success", report: { seen: 2 } });
    expect(await other()).toEqual({ kind: "success", report: { seen: 2 } });
    expect(await each()).toEqual({ kind: "success", report: { seen: { EUR_USD: 2 } } });
  });

  it.each([
    ["that did not succeed", null, /test_dag\.test_task \(USD_SGD\): it reads the report of count, which did not succeed/],
    ["of a task that was marked by hand", {}, /which left none, as one that is marked/],
  ])("or an error that says what to do: a report %s", async (_which, stored, message) => {
    const { required, optional: other } = read(stored);
    await expect(required()).rejects.toMatchObject({ code: "report_missing", details: { upstream: "count" }, retryable: false });
    await expect(required()).rejects.toThrow(message);
    await expect(required()).rejects.toThrow("fx clear test_dag run-1 --task count --downstream --yes");
    expect(await other()).toEqual({ kind: "success", report: { seen: null } });
  });

  it.each([
    ["a field too few", { written: 1 }, "names: is missing", "names"],
    ["a field of another kind", { written: "1", names: [] }, "written: must be a number, and is a text", "written"],
    ["a field too many", { ...COUNTED, more: 1 }, "the whole: Unrecognized key", "the whole"],
  ])("or an error that names the field: %s", async (_what, stored, text, field) => {
    const all = read(stored as StepReport, { EUR_USD: stored as StepReport });
    for (const outcome of [all.required, all.optional, all.each]) {
      await expect(outcome()).rejects.toMatchObject({ code: "report_malformed", details: { upstream: "count", field } });
      await expect(outcome()).rejects.toThrow(text);
    }
  });
});

describe("a step's cursor", () => {
  const poll = defineStep({
    name: "poll",
    report: z.strictObject({ looks: z.int() }),
    cursor: z.strictObject({ looks: z.int() }),
    run: async (_ports: null, { cursor, conf }) => {
      const looks = (cursor?.looks ?? 0) + (conf["adds"] === undefined ? 1 : Number(conf["adds"]));
      return looks < 2 ? { kind: "continue", cursor: { looks }, report: { looks } } : { kind: "success", report: { looks } };
    },
  });
  const runPoll = (cursor: Record<string, unknown> | null, conf = {}) => poll.run(null, stepContext({ window: WINDOW, cursor, conf }));

  it("comes back as it was left", async () => {
    expect(await runPoll(null)).toEqual({ kind: "continue", cursor: { looks: 1 }, report: { looks: 1 } });
    expect(await runPoll({ looks: 1 })).toEqual({ kind: "success", report: { looks: 2 } });
  });

  it("of another release is refused, with what to do, and is not gone on from", async () => {
    const refused = runPoll({ page: 3 });
    await expect(refused).rejects.toMatchObject({ code: "cursor_malformed", retryable: false, details: { field: "looks" } });
    await expect(refused).rejects.toThrow(/looks: is missing.*fx clear test_dag run-1 --task test_task --downstream --yes/);
    const single = count.run(null as never, stepContext({ window: WINDOW, cursor: { page: 3 } }));
    await expect(single).rejects.toThrow("this step leaves none");
  });

  it("and its report are refused when they are not what it declares, before anybody reads them", async () => {
    await expect(runPoll(null, { adds: 0.5 })).rejects.toMatchObject({ code: "cursor_malformed", details: { field: "looks" } });
    await expect(runPoll(null, { adds: 2.5 })).rejects.toMatchObject({ code: "report_malformed", details: { field: "looks" } });
  });
});

describe("a step's block", () => {
  const contexts = [0, 1].map((start) => stepContext({ window: { start, end: start + 1 } }));
  const blockOf = (outcomes: readonly unknown[] | null) =>
    defineStep({
      name: "whole",
      report: z.strictObject({ at: z.int() }),
      run: async () => ({ kind: "success", report: { at: 0 } }),
      block: { span_ms: 2, run: async () => outcomes as never },
    }).block!.run(null as never, contexts);
  const at = (value: number) => ({ kind: "success", report: { at: value } });

  it("gives the outcome of each run, or none where it leaves the work to the runs themselves", async () => {
    expect(await blockOf([at(0), at(1)])).toEqual([at(0), at(1)]);
    expect(await blockOf(null)).toBeNull();
  });

  it("is held to the report that the step declares", async () => {
    await expect(blockOf([at(0), at(0.5)])).rejects.toMatchObject({ code: "report_malformed" });
  });
});
