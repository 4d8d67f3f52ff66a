import type { ComponentHealth } from "../../shared/contracts/health.ts";
import { byCount } from "../../shared/domain/byCount.ts";
import { counted } from "../../shared/domain/counted.ts";
import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../shared/domain/granularity.ts";
import { type Instant, MINUTE, toIso } from "../../shared/domain/instant.ts";
import { barEndAfter, LATE_BAR_AFTER_MS } from "../../shared/domain/lateness.ts";
import type { HealthPorts } from "./healthPorts.ts";

/** Whether each instrument has the bar that has closed last. */
export async function checkCandles(ports: Pick<HealthPorts, "bars" | "clock" | "config">): Promise<ComponentHealth> {
  const now = ports.clock.now();
  const { length: count } = ports.config.instruments;
  const late: string[] = [];
  for (const instrument of ports.config.instruments) {
    const last = await ports.bars.lastStart(instrument, BASE_GRANULARITY);
    const problem = last === null ? "has none" : problemOfBars(last + BASE_GRANULARITY_MS, now);
    if (problem !== null) late.push(`${instrument} ${problem}`);
  }
  return late.length === 0
    ? { status: "ok", detail: `${counted(count, "instrument")} ${byCount(count, "is", "are")} current` }
    : { status: "degraded", detail: late.join("; ") };
}

/** By the clock, not by market hours: Friday's last bar is missing on Saturday too. */
function problemOfBars(last_end: Instant, now: Instant): string | null {
  if (last_end > now) return `has bars until ${toIso(last_end)}, which is after now: the clock has gone back`;
  const due = barEndAfter(last_end, BASE_GRANULARITY);
  if (now - due <= LATE_BAR_AFTER_MS) return null;
  return `ends at ${toIso(last_end)}: the bar of ${toIso(due)} is ${Math.floor((now - due) / MINUTE)} min late`;
}
