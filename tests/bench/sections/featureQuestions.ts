import { createKvOnlineStore } from "../../../functions/adapters/kvOnlineStore.ts";
import { createFeatureStore } from "../../../functions/adapters/libsql/features/featureStore.ts";
import { earlierRow } from "../../../functions/serving/earlierRow.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { toOnlineRow } from "../../../shared/features/onlineRow.ts";
import { encodeCsv } from "../../../shared/historical/encodeCsv.ts";
import { encodeParquet } from "../../../shared/historical/encodeParquet.ts";
import type { FeatureTable } from "../../../shared/historical/featureBlock.ts";
import type { TableEncoder } from "../../../shared/historical/tableEncoder.ts";
import { startSqld } from "../../support/databases/sqldProcess.ts";
import { startMiniflare } from "../../support/ports/miniflareBindings.ts";
import { OFFLINE_END, OFFLINE_REFERENCE, OFFLINE_VIEW, offlineTable } from "../children/offlineStore.ts";
import { describeTimings, digits, timeEach, timingsOf } from "../figures.ts";
import type { Measured, Section } from "../section.ts";
import { syntheticRow, syntheticRows } from "../syntheticRows.ts";

const ROWS = 8_760;
const INSTRUMENTS = 10;
const HOURS = 24;
const READS = 300;

/** The open questions of the plan; what was decided of the figures stands in docs/decisions.md. */
export const featureQuestions: Section = {
  name: "feature-questions",
  work: "files, lags, keys and bytes of the feature store",
  note: "50 features; files in this process, rows in real sqld, online values in KV of workerd, from Node",
  peer: "-",
  budget: "decides docs/decisions.md",
  run: async () => {
    const [sqld, miniflare] = await Promise.all([startSqld(), startMiniflare()]);
    try {
      const features = createFeatureStore(sqld.database, { now: () => OFFLINE_END });
      return [...files(), ...(await lags(features)), ...(await keys(miniflare.kv)), onlineBytes()];
    } finally {
      await Promise.all([sqld.stop(), miniflare.stop()]);
    }
  },
};

/** A year of rows written as each of the two formats that training elsewhere would read. */
function files(): readonly Measured[] {
  const table = offlineTable(["USD_SGD"], ROWS);
  const rows = syntheticRows(OFFLINE_VIEW.features.length, OFFLINE_END - ROWS * HOUR, ROWS);
  const columns = OFFLINE_VIEW.features.map((_feature, place) => Float64Array.from(rows, ({ values }) => values[place]!));
  const written = (encode: (of: FeatureTable) => TableEncoder) => {
    const began = performance.now();
    const encoder = encode(table);
    let bytes = 0;
    for (const piece of encoder.block({ from: 0, to: ROWS, columns })) bytes += piece.length;
    return { bytes: bytes + encoder.end().length, ms: performance.now() - began };
  };
  return [
    ["Parquet", encodeParquet],
    ["CSV", encodeCsv],
  ].map(([name, encode]) => {
    written(encode as typeof encodeCsv);
    const { bytes, ms } = written(encode as typeof encodeCsv);
    return { label: `a year written as ${name as string}`, text: `${digits(ms)} ms, ${digits(bytes / 1e6)} MB`, values: { ms, bytes } };
  });
}

/** What a lag costs online: stored it stands in the row that is read anyway; on demand its row is looked for. */
async function lags(features: ReturnType<typeof createFeatureStore>): Promise<readonly Measured[]> {
  const rows = syntheticRows(OFFLINE_VIEW.features.length, OFFLINE_END - 2_000 * HOUR, 2_000);
  await features.write("USD_SGD", OFFLINE_REFERENCE, rows);
  const timed = async (label: string, work: () => Promise<unknown>): Promise<Measured> => {
    await timeEach(20, work);
    const timings = timingsOf(await timeEach(READS, work));
    return { label, text: describeTimings(timings), values: { ...timings } };
  };
  return [
    await timed("a lag on demand of a served row, from sqld", () =>
      earlierRow({ features }, "USD_SGD", OFFLINE_VIEW, OFFLINE_END, 5, OFFLINE_END),
    ),
    await timed("the newest row of sqld, with the lags in it", () => features.latest("USD_SGD", OFFLINE_REFERENCE, OFFLINE_END)),
  ];
}

/** One value an instrument, which holds its newest row, beside one an instrument and hour, of which the newest has to be found. */
async function keys(kv: Awaited<ReturnType<typeof startMiniflare>>["kv"]): Promise<readonly Measured[]> {
  const online = createKvOnlineStore(kv);
  await online.write("USD_SGD", { [OFFLINE_VIEW.name]: onlineRow(0) });
  for (let hour = 0; hour < HOURS; hour++) await kv.put(`hourly:USD_SGD:${OFFLINE_END - hour * HOUR}`, JSON.stringify(onlineRow(hour)));
  const by_instrument = timingsOf(await timeEach(READS, () => online.read("USD_SGD")));
  const by_hour = timingsOf(
    await timeEach(READS, async () => {
      const { keys: found } = await kv.list({ prefix: "hourly:USD_SGD:" });
      return JSON.parse((await kv.get(found.at(-1)!.name, "text"))!) as unknown;
    }),
  );
  return [
    { label: "newest row by instrument", text: `${describeTimings(by_instrument)}, one read`, values: { ...by_instrument } },
    { label: "newest row by instrument and hour", text: `${describeTimings(by_hour)}, a list and a read`, values: { ...by_hour } },
  ];
}

function onlineRow(hours_back: number) {
  return toOnlineRow(syntheticRow(OFFLINE_VIEW.features.length, OFFLINE_END - hours_back * HOUR), OFFLINE_VIEW.schema_hash);
}

function onlineBytes(): Measured {
  const newest = INSTRUMENTS * JSON.stringify({ [OFFLINE_VIEW.name]: onlineRow(0) }).length;
  const day =
    INSTRUMENTS *
    Array.from({ length: HOURS }, (_, hour) => JSON.stringify(onlineRow(hour)).length).reduce((sum, length) => sum + length, 0);
  const packed = INSTRUMENTS * HOURS * OFFLINE_VIEW.features.length * 8;
  return {
    label: `bytes online, ${OFFLINE_VIEW.features.length} features x ${INSTRUMENTS} instruments`,
    text: `newest rows ${digits(newest / 1e3)} kB; ${HOURS} hours of them ${digits(day / 1e3)} kB as JSON, ${digits(packed / 1e3)} kB as doubles`,
    values: { newest, day, packed },
  };
}
