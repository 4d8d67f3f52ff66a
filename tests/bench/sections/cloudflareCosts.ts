import { type MonthlyUsage, monthlyCost } from "../../../shared/deployment/monthlyCost.ts";
import { digits } from "../figures.ts";
import { runCounted } from "../limits/countedStack.ts";
import { cpuOf } from "../limits/demandByStep.ts";
import { type Growth, monthlyUsage } from "../limits/monthlyUsage.ts";
import type { Measured, Section } from "../section.ts";

const HISTORY_DAYS = Number(process.env["FX_BENCH_LIMITS_DAYS"] ?? 365);
const INSTRUMENTS = 7;
const GROWTHS: readonly Growth[] = [
  { instruments: 1, history: 1 },
  { instruments: 5, history: 2 },
  { instruments: 10, history: 10 },
];

export const cloudflareCosts: Section = {
  name: "cloudflare-costs",
  work: "what a month costs on Workers Paid and Turso, as instruments and years grow (shared/deployment/cloudPrices.ts)",
  note: `counted over ${HISTORY_DAYS} days of seven pairs and one run of each pipeline, and multiplied; predictions and the sidecar's machine are not in it`,
  peer: "-",
  budget: "-",
  run: async () => {
    const { invocations, samples, database_bytes, lake_bytes } = await runCounted({ days: HISTORY_DAYS, has_rows: true });
    const measured = { invocations, cpuOf: (one: Parameters<typeof cpuOf>[0]) => cpuOf(one, samples), database_bytes, lake_bytes };
    return GROWTHS.map((growth) => rowOf(growth, monthlyUsage(measured, growth)));
  },
};

function rowOf({ instruments, history }: Growth, usage: MonthlyUsage): Measured {
  const cost = monthlyCost(usage);
  const millions = (count: number) => `${digits(count / 1e6)} M`;
  const text =
    `${millions(usage.requests)} requests, ${digits(usage.cpu_ms / 1e6)} M CPU ms, KV ${millions(usage.kv_reads)} read ${millions(usage.kv_writes)} written, ` +
    `${millions(usage.queue_operations)} queue operations, R2 ${millions(usage.r2_writes)} written ${millions(usage.r2_reads)} read ${digits(usage.r2_gb)} GB, ` +
    `database ${millions(usage.rows_read)} rows read ${millions(usage.rows_written)} written ${digits(usage.database_gb)} GB: ` +
    `$ ${cost.cloudflare.toFixed(2)} + ${cost.turso.toFixed(2)} (${cost.turso_plan}) = ${cost.total.toFixed(2)}`;
  const label = `${instruments * history}x: ${INSTRUMENTS * instruments} instruments, ${history} years`;
  const { turso_plan: _plan, ...dollars } = cost;
  return { label, text, values: { ...usage, ...dollars } };
}
