import { CLOUDFLARE_PRICES, type Meter, TURSO_PLANS, type TursoPlan } from "./cloudPrices.ts";

/** What an installation uses in a month. */
export interface MonthlyUsage {
  readonly requests: number;
  readonly cpu_ms: number;
  readonly kv_reads: number;
  readonly kv_writes: number;
  readonly queue_operations: number;
  readonly r2_writes: number;
  readonly r2_reads: number;
  readonly r2_gb: number;
  readonly log_events: number;
  readonly rows_read: number;
  readonly rows_written: number;
  readonly database_gb: number;
}

/** In dollars. */
export interface MonthlyCost {
  readonly cloudflare: number;
  /** Of the plan that is cheapest for this use. */
  readonly turso: number;
  readonly turso_plan: string;
  readonly total: number;
}

const METERED = [
  "requests",
  "cpu_ms",
  "kv_reads",
  "kv_writes",
  "queue_operations",
  "r2_writes",
  "r2_reads",
  "r2_gb",
  "log_events",
] as const satisfies readonly (keyof MonthlyUsage)[];

/** What a month costs on Workers Paid and Turso. The sidecar's machine is not in it. */
export function monthlyCost(usage: MonthlyUsage): MonthlyCost {
  const cloudflare = CLOUDFLARE_PRICES.fee + METERED.reduce((sum, name) => sum + beyond(CLOUDFLARE_PRICES[name], usage[name]), 0);
  const [cheapest] = TURSO_PLANS.map((plan) => ({ plan, dollars: tursoCost(plan, usage) })).sort(
    (one, other) => one.dollars - other.dollars,
  );
  const { plan, dollars } = cheapest!;
  return { cloudflare, turso: dollars, turso_plan: plan.name, total: cloudflare + dollars };
}

function tursoCost(plan: TursoPlan, { rows_read, rows_written, database_gb }: MonthlyUsage): number {
  return plan.fee + beyond(plan.rows_read, rows_read) + beyond(plan.rows_written, rows_written) + beyond(plan.gb, database_gb);
}

function beyond({ included, price, per }: Meter, used: number): number {
  return (Math.max(0, used - included) / per) * price;
}
