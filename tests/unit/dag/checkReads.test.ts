import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineDag, task } from "../../../shared/dag/defineDag.ts";
import { defineStep, eachOf, optional } from "../../../shared/dag/defineStep.ts";

const count = defineStep({
  name: "count",
  report: z.strictObject({ written: z.int(), names: z.array(z.string()) }),
  run: async () => ({ kind: "success", report: { written: 1, names: [] } }),
});

describe("a DAG is refused where it is defined", () => {
  const define = (tasks: Parameters<typeof defineDag>[0]["tasks"]) => () =>
    defineDag({ dag_id: "d", description: "", schedule: null, tasks });
  const same = defineStep({ name: "count", report: z.strictObject({}), run: async () => ({ kind: "success", report: {} }) });
  const between = defineStep({ name: "between", report: z.strictObject({}), run: async () => ({ kind: "success", report: {} }) });

  it.each([
    ["is not there", [task(readerOf(count))], "which is not upstream of it"],
    ["is beside it", [task(count), task(readerOf(count))], "which is not upstream of it"],
    ["is another of its name", [task(same), task(readerOf(count), { upstream: [same] })], "runs another step"],
    [
      "may have been skipped",
      [task(count), task(between, { upstream: [count], trigger_rule: "none_failed" }), task(readerOf(count), { upstream: [between] })],
      "may run without it: read it by optional()",
    ],
    [
      "has an instance a key",
      [task(count, { map_over: "source" }), task(readerOf(optional(count)), { map_over: "instrument", upstream: [count] })],
      "which is mapped over each source: read it by eachOf()",
    ],
    [
      "has one instance for it",
      [task(count, { map_over: "instrument" }), task(readerOf(eachOf(count)), { map_over: "instrument", upstream: [count] })],
      "read it without eachOf()",
    ],
  ])("when a step reads a report whose task %s", (_what, tasks, problem) => {
    expect(define(tasks)).toThrow(expect.objectContaining({ code: "invalid_dag", message: expect.stringContaining(problem) }));
    expect(define(tasks)).toThrow('d.reader: its step reads the report of "count"');
  });

  it("and is not when it can be read, from afar too, or may be missing and is said to be", () => {
    const chain = [task(count), task(between, { upstream: [count] }), task(readerOf(count), { upstream: [between] })];
    expect(define(chain)).not.toThrow();
    expect(define([task(count), task(readerOf(optional(count)), { upstream: [count], trigger_rule: "all_done" })])).not.toThrow();
    expect(define([task(count, { map_over: "source" }), task(readerOf(eachOf(count)), { upstream: [count] })])).not.toThrow();
  });

  it("and so is a cycle of which none is the task that is read, rather than gone round for ever", () => {
    const tasks = [task(count), task(between, { upstream: [between] }), task(readerOf(count), { upstream: [between] })];
    expect(define(tasks)).toThrow("which is not upstream of it");
  });
});

function readerOf(
  read:
    | typeof count
    | ReturnType<typeof optional<{ written: number; names: string[] }>>
    | ReturnType<typeof eachOf<{ written: number; names: string[] }>>,
) {
  return defineStep({
    name: "reader",
    reads: { read },
    report: z.strictObject({}),
    run: async () => ({ kind: "success", report: {} }),
  });
}
