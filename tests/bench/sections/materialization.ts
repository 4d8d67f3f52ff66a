import { createKvOnlineStore } from "../../../functions/adapters/kvOnlineStore.ts";
import { createFeatureStore } from "../../../functions/adapters/libsql/features/featureStore.ts";
import { goldViewOf } from "../../../functions/pipelines/common/goldViewOf.ts";
import { materializeMarket } from "../../../functions/pipelines/market_features/materializeMarket.ts";
import type { Ports } from "../../../functions/pipelines/ports.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../../shared/domain/instrument.ts";
import type { FeatureView } from "../../../shared/features/featureView.ts";
import { toOnlineRow } from "../../../shared/features/onlineRow.ts";
import { SILVER_VIEWS } from "../../../shared/features/registry.ts";
import type { FeatureRow } from "../../../shared/ports/featureStore.ts";
import { startSqld } from "../../support/databases/sqldProcess.ts";
import { stepContext } from "../../support/engine/stepContext.ts";
import { startMiniflare } from "../../support/ports/miniflareBindings.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";
import { describeTimings, digits, timeEach, timingsOf } from "../figures.ts";
import type { Measured, Section } from "../section.ts";
import { soundRows } from "../syntheticRows.ts";

const HOURS = 60;
const START = Date.UTC(2026, 0, 7);
const VIEWS: readonly FeatureView[] = [...SILVER_VIEWS, goldViewOf({ instruments: DEFAULT_INSTRUMENTS })];
const VALUES_AN_HOUR = DEFAULT_INSTRUMENTS.length * VIEWS.reduce((sum, view) => sum + view.features.length, 0);

export const materialization: Section = {
  name: "materialization",
  work: "materialization, 7 instruments x 4 views an hour",
  note: "real sqld to KV of workerd, from Node",
  peer: "1,800-3,000 values/s",
  budget: ">= 20,000 values/s",
  run: async () => {
    const [sqld, miniflare] = await Promise.all([startSqld(), startMiniflare()]);
    try {
      const features = createFeatureStore(sqld.database, { now: () => START });
      const online = createKvOnlineStore(miniflare.kv);
      const ports = { ...(await createTestPorts({ now: START, config: { instruments: DEFAULT_INSTRUMENTS } })), features, online };
      await writeRows(ports);
      return [await measureStep(ports), await measureStore(ports)];
    } finally {
      await Promise.all([sqld.stop(), miniflare.stop()]);
    }
  },
};

async function writeRows(ports: Ports): Promise<void> {
  for (const instrument of DEFAULT_INSTRUMENTS)
    for (const view of VIEWS) await ports.features.write(instrument, viewKey(view), soundRows(view, START, HOURS));
}

function viewKey(view: FeatureView): { view: string; schema_hash: string } {
  return { view: view.name, schema_hash: view.schema_hash };
}

async function measureStep(ports: Ports): Promise<Measured> {
  const times = await timeEach(HOURS, async (hour) => {
    const window = { start: START + hour * HOUR, end: START + (hour + 1) * HOUR };
    const outcomes = await Promise.all(
      DEFAULT_INSTRUMENTS.map((map_key) => materializeMarket.run(ports, stepContext({ map_key, window }))),
    );
    const isWhole = outcomes.every((outcome) => outcome.kind === "success" && outcome.report.written === VIEWS.length);
    if (!isWhole) throw new Error(`hour ${hour} was not materialized as a whole: ${JSON.stringify(outcomes)}`);
  });
  return rowOf("step materialize_market", times);
}

/** The online store alone: newer rows of every view over older ones, which are read and merged. */
async function measureStore({ online }: Ports): Promise<Measured> {
  const later = START + HOURS * HOUR;
  const rows = VIEWS.map((view): readonly FeatureRow[] => soundRows(view, later, HOURS));
  const times = await timeEach(HOURS, async (hour) => {
    const incoming = Object.fromEntries(VIEWS.map((view, index) => [view.name, toOnlineRow(rows[index]![hour]!, view.schema_hash)]));
    await Promise.all(DEFAULT_INSTRUMENTS.map((instrument) => online.write(instrument, incoming)));
  });
  return rowOf("online store alone", times);
}

function rowOf(label: string, times_ms: readonly number[]): Measured {
  const timings = timingsOf(times_ms);
  const values_per_second = (VALUES_AN_HOUR * times_ms.length) / (times_ms.reduce((sum, ms) => sum + ms, 0) / 1_000);
  const text = `${digits(values_per_second)} values/s; ${VALUES_AN_HOUR} values ${describeTimings(timings)}`;
  return { label, text, values: { values_per_second, values_an_hour: VALUES_AN_HOUR, ...timings } };
}
