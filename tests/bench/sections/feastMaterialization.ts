import { fileURLToPath } from "node:url";
import { z } from "zod";
import { createFeatureStore } from "../../../functions/adapters/libsql/features/featureStore.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../../shared/domain/instrument.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import { withFeastTools, withRedis } from "../besideFeast.ts";
import { digits, timeEach, timingsOf } from "../figures.ts";
import { MATERIALIZED } from "../materialize/views.ts";
import { outputOf } from "../outputOf.ts";
import type { Measured, Section } from "../section.ts";
import { soundRows } from "../syntheticRows.ts";
import { startWorkerHost } from "../workerHost.ts";

const WORKER = fileURLToPath(new URL("../materialize/worker.ts", import.meta.url));
const PEER = fileURLToPath(new URL("../peers/feastMaterialize.py", import.meta.url));
const START = Date.UTC(2026, 0, 7);
const HOURS = 60;
/** It takes a quarter of a second an hour, and more. */
const FEAST_HOURS = 20;
const VALUES = DEFAULT_INSTRUMENTS.length * MATERIALIZED.reduce((sum, { features }) => sum + features.length, 0);

export const feastMaterialization: Section = {
  name: "feast-materialization",
  work: "materialization of an hour, 7 instruments x 4 views, beside Feast 0.67.0 on Redis",
  note: "ours: what POST /materialize does, asked of a Worker in the runtime of fx serve, libSQL to KV. Feast's: store.materialize, Parquet to Redis",
  peer: "1 x",
  budget: ">= 10 x its speed",
  run: () =>
    withFeastTools(async ({ python, redis, folder }) => {
      const ours = await measureOurs();
      const theirs = await withRedis(redis, folder, (address) => measureTheirs(python, folder, address));
      return [compared(ours, theirs)];
    }),
};

/** Every hour has newer rows, so that each is put. */
async function measureOurs(): Promise<readonly number[]> {
  const host = await startWorkerHost(WORKER);
  try {
    const features = createFeatureStore(host.database, { now: () => START });
    for (const instrument of DEFAULT_INSTRUMENTS) {
      for (const view of MATERIALIZED) await features.write(instrument, referenceOf(view), soundRows(view, START, HOURS));
    }
    return await timeEach(HOURS, async (hour) => void (await (await host.call(`/?to=${START + (hour + 1) * HOUR}`)).text()));
  } finally {
    await host.stop();
  }
}

const theirsSchema = z.object({ times_ms: z.array(z.number()).min(1), values_an_hour: z.literal(VALUES) });

async function measureTheirs(python: string, folder: string, address: string): Promise<readonly number[]> {
  const widths = MATERIALIZED.map(({ features }) => features.length);
  const asked = { instruments: DEFAULT_INSTRUMENTS, widths, hours: HOURS, measured: FEAST_HOURS };
  return theirsSchema.parse(JSON.parse(await outputOf(python, [PEER, folder, address], JSON.stringify(asked)))).times_ms;
}

function compared(ours_ms: readonly number[], theirs_ms: readonly number[]): Measured {
  const [ours, theirs] = [timingsOf(ours_ms), timingsOf(theirs_ms)];
  const speed = theirs.p50_ms / ours.p50_ms;
  const rate = (p50_ms: number) => `${digits(VALUES / (p50_ms / 1_000))} values/s`;
  return {
    label: `${VALUES} values`,
    text: `${digits(speed)} x its speed: p50 ${digits(ours.p50_ms)} ms (${rate(ours.p50_ms)}), there ${digits(theirs.p50_ms)} ms (${rate(theirs.p50_ms)})`,
    values: { speed, ours_p50_ms: ours.p50_ms, ours_p95_ms: ours.p95_ms, theirs_p50_ms: theirs.p50_ms, theirs_p95_ms: theirs.p95_ms },
  };
}
