import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ALL_DAGS } from "../../../functions/pipelines/all.ts";
import { checkDag } from "../../../shared/dag/checkDag.ts";
import { latestInterval } from "../../../shared/dag/cronInterval.ts";
import { definePools } from "../../../shared/dag/pool.ts";
import type { Step } from "../../../shared/dag/step.ts";
import { DAY, MINUTE } from "../../../shared/domain/instant.ts";

const PIPELINES = new URL("../../../functions/pipelines/", import.meta.url);

function stepFiles(): URL[] {
  const files = readdirSync(PIPELINES, { recursive: true }).map((name) => new URL(String(name), PIPELINES));
  return files.filter((file) => file.href.endsWith(".ts"));
}

function isStep(value: unknown): value is Step<never> {
  return typeof value === "object" && value !== null && "run" in value && "report" in value && "reads" in value;
}

describe("the DAGs", () => {
  it.each(ALL_DAGS.map((dag) => [dag.dag_id, dag] as const))("%s can run", (_id, dag) => {
    expect(checkDag(dag, definePools())).toEqual([]);
  });

  it("are told of when their runs are late, before the next one fires", () => {
    for (const { schedule, deadline } of ALL_DAGS) {
      if (!schedule) continue;
      const { start, end } = latestInterval(schedule.cron, schedule.time_zone, Date.UTC(2025, 5, 25, 12));
      expect(deadline?.reference).toBe("interval_end");
      expect(deadline?.after_ms).toBeLessThanOrEqual(end - start);
    }
  });

  const schedules = ALL_DAGS.flatMap(({ dag_id, schedule }) => (schedule ? [[dag_id, schedule] as const] : []));
  it.each(schedules)("%s is fired by its UTC cron whenever its own is due, through a year", (_id, { cron, time_zone, trigger_cron }) => {
    for (let at = Date.UTC(2025, 0, 1) + 7 * MINUTE; at < Date.UTC(2026, 0, 1); at += DAY / 2) {
      expect(latestInterval(trigger_cron, "UTC", at)).toEqual(latestInterval(cron, time_zone, at));
    }
  });

  it("ask a news site that hangs no longer than until the next collection", () => {
    const task = ALL_DAGS.flatMap(({ tasks }) => tasks).find(({ task_id }) => task_id === "collect_news")!;
    const longest_ms = (1 + task.retries) * task.timeout_ms + task.retries * task.max_retry_delay_ms;
    expect(longest_ms).toBeLessThanOrEqual(10 * MINUTE);
  });

  it("use every step", async () => {
    const used = new Set(ALL_DAGS.flatMap((dag) => dag.tasks.map((task) => task.step)));
    const defined = await Promise.all(stepFiles().map((file) => import(file.href)));
    const steps = defined.flatMap((module) => Object.values(module)).filter(isStep);
    expect(new Set(steps)).toEqual(used);
  });
});
