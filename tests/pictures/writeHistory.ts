import { createDatabase } from "../../functions/adapters/libsql/database.ts";
import { createMonitorStore } from "../../functions/adapters/libsql/monitoring/monitorStore.ts";
import type { RunFile } from "../../functions/local/stack/runFile.ts";
import { MINUTE, SECOND } from "../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../shared/domain/instrument.ts";
import type { MetricFamily } from "../../shared/exposition/metricFamily.ts";
import { readingFamilies } from "../../shared/exposition/readingFamilies.ts";
import type { Reading } from "../../shared/monitoring/reading.ts";
import { ruleOf } from "../../shared/monitoring/thresholds.ts";

/** Below the five minutes for which Prometheus takes a sample to hold. */
const SAMPLE_EVERY_MS = 4 * MINUTE;

/**
 * What a Prometheus would have scraped of the readings since `since`, as OpenMetrics with times: each run's readings until those of the next.
 * `promtool tsdb create-blocks-from openmetrics` makes a history of it.
 */
export async function readingsHistory(
  { ports, tokens }: RunFile,
  since: number,
  until: number,
  job: string,
  instance: string,
): Promise<string> {
  const database = createDatabase(`http://127.0.0.1:${ports["sqld"]}`, tokens["sqld"]);
  const readings = await createMonitorStore(database).history({ since, limit: 1_000_000 });
  database.$client.close();
  const runs = [...Map.groupBy(readings, ({ measured_at }) => measured_at)].sort(([one], [other]) => one - other);
  const lines = new Map<string, string[]>();
  for (const [at, [measured_at, own]] of runs.entries()) {
    const next = runs[at + 1]?.[0] ?? until;
    const families = familiesOf(own);
    for (let time = measured_at; time < next; time += SAMPLE_EVERY_MS)
      for (const family of families)
        lines.set(family.name, [...(lines.get(family.name) ?? []), ...samplesOf(family, time, { job, instance })]);
  }
  const families = [...lines].map(([name, samples]) => `# TYPE ${name} gauge\n${samples.join("\n")}\n`);
  return `${families.join("")}# EOF\n`;
}

function familiesOf(readings: readonly Reading[]): MetricFamily[] {
  const rule = (reading: Reading) => ({ ...reading, unit: ruleOf(reading.check, reading.metric).unit, about: "" });
  const named = new Map(DEFAULT_INSTRUMENTS.map((instrument) => [instrument, instrument] as const));
  return readingFamilies(readings.map(rule), [], named).filter(
    ({ name, samples }) => samples.length > 0 && !name.endsWith("timestamp_seconds"),
  );
}

function samplesOf({ name, samples }: MetricFamily, time: number, more: Readonly<Record<string, string>>): string[] {
  return samples.map(({ labels, value }) => {
    const pairs = Object.entries({ ...labels, ...more }).map(([label, text]) => `${label}="${text}"`);
    return `${name}{${pairs.join(",")}} ${value} ${time / SECOND}`;
  });
}
