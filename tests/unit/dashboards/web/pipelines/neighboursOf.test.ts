import { describe, expect, it } from "vitest";
import { neighboursOf } from "../../../../../dashboards/web/src/pages/pipelines/neighboursOf.ts";

const run = (dag_run_id: string, hour: number) => ({ dag_run_id, data_interval_end: new Date(Date.UTC(2026, 10, 30, hour)).toISOString() });
const RUNS = [run("d", 12), run("a", 9), run("c", 11), run("b", 10)];

describe("the runs beside one", () => {
  it("are those of the intervals before and after", () => {
    expect(neighboursOf(RUNS, RUNS[3]!)).toEqual({ previous: "a", next: "c" });
  });

  it("are none before the first and after the newest", () => {
    expect(neighboursOf(RUNS, RUNS[1]!)).toEqual({ previous: null, next: "b" });
    expect(neighboursOf(RUNS, RUNS[0]!)).toEqual({ previous: "c", next: null });
    expect(neighboursOf([], RUNS[0]!)).toEqual({ previous: null, next: null });
  });

  it("pass by each of several runs of one interval, in the grid's order", () => {
    const alike = [run("manual", 10), run("scheduled", 10), run("new", 11), run("old", 9)];
    expect(neighboursOf(alike, alike[1]!)).toEqual({ previous: "old", next: "manual" });
    expect(neighboursOf(alike, alike[0]!)).toEqual({ previous: "scheduled", next: "new" });
  });
});
