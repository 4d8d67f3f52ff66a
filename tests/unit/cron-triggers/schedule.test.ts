import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCrons, SWEEP_CRON } from "../../../cron-triggers/schedule.ts";
import { ALL_DAGS } from "../../../functions/pipelines/all.ts";

const WRANGLER = new URL("../../../wrangler.toml", import.meta.url);
const SCHEDULES = ALL_DAGS.flatMap(({ dag_id, schedule }) => (schedule ? [[dag_id, schedule] as const] : []));

describe("the cron triggers", () => {
  const crons = readCrons(readFileSync(WRANGLER, "utf8"));

  it("of wrangler.toml are those of the pipelines and the sweep's, each once", () => {
    const wanted = new Set([SWEEP_CRON, ...SCHEDULES.map(([, { trigger_cron }]) => trigger_cron)]);
    expect(crons.toSorted(), "write them to crons under [triggers] in wrangler.toml").toEqual([...wanted].sort());
  });

  it("start no pipeline where they sweep", () => {
    expect(SCHEDULES.map(([, { trigger_cron }]) => trigger_cron)).not.toContain(SWEEP_CRON);
  });

  it.each(SCHEDULES)("%s says why it fires as often as it does", (_id, { reason }) => {
    expect(reason?.length).toBeGreaterThan(40);
  });

  it("of a file without them are missed, with the line that is wanted", () => {
    expect(() => readCrons("[triggers]\n")).toThrow("crons = [");
  });
});
