import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import { isWithinTtl } from "../../../shared/features/pointInTimeJoin.ts";
import { goldViewOf } from "../common/goldViewOf.ts";
import { materializeViews } from "../common/materializeViews.ts";
import type { Ports } from "../ports.ts";

/**
 * Writes the instrument's newest feature rows to the online store, once its market views are built, and notes when one was fresh: from then
 * on the store answers live.
 */
export const materializeMarket = defineStep({
  name: "materialize_market",
  report: z.strictObject({ read: z.int(), written: z.int() }),
  run: async (ports: Ports, context) => {
    const { read, written, newest } = await materializeViews(ports, context);
    const now = ports.clock.now();
    if (newest !== null && isLive(ports, newest, now)) await ports.knowledge.noteFresh(context.map_key, now);
    if (read === 0) return { kind: "skipped", reason: `${context.map_key} has no feature row yet.` };
    return { kind: "success", report: { read, written } };
  },
});

/** By the market's hours; where candles are only imported, by the clock: Friday's last bar, imported on Saturday, is a piece of history. */
function isLive({ config }: Ports, event_time: Instant, now: Instant): boolean {
  const { ttl_ms, market_hours } = goldViewOf(config);
  return isWithinTtl(event_time, now, { ttl_ms, market_hours: market_hours && config.market_origin !== "import" });
}
