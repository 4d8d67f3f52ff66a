import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CRON_TRIGGERS, SWEEP_CRON } from "../../../cron-triggers/schedule.ts";
import { ALL_DAGS } from "../../../functions/pipelines/all.ts";

const WRANGLER = new URL("../../../wrangler.toml", import.meta.url);

describe("the cron triggers", () => {
  it("are those of wrangler.toml", () => {
    const [, list = ""] = /^crons\s*=\s*\[([^\]]*)\]/m.exec(readFileSync(WRANGLER, "utf8")) ?? [];
    const crons = [...list.matchAll(/"([^"]+)"/g)].map(([, cron]) => cron);
    expect(crons.sort()).toEqual(CRON_TRIGGERS.map((trigger) => trigger.cron).sort());
  });

  it("start every scheduled DAG by its own cron, and no other", () => {
    const told = CRON_TRIGGERS.flatMap(({ cron, dag_ids }) => dag_ids.map((dag_id) => [dag_id, cron]));
    const defined = ALL_DAGS.flatMap(({ dag_id, schedule }) => (schedule ? [[dag_id, schedule.trigger_cron]] : []));
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(defined));
    expect(told).toHaveLength(defined.length);
  });

  it("are each there once, with a reason, and sweep every minute", () => {
    const crons = CRON_TRIGGERS.map((trigger) => trigger.cron);
    expect(new Set(crons).size).toBe(crons.length);
    expect(crons).toContain(SWEEP_CRON);
    for (const { reason } of CRON_TRIGGERS) expect(reason.length).toBeGreaterThan(40);
  });
});
