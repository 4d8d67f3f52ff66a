import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext, StepOutcome } from "../../../shared/dag/step.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import { isWithinTtl } from "../../../shared/features/isWithinTtl.ts";
import { goldViewOf } from "../common/goldViewOf.ts";
import { MATERIALIZE_BLOCK_MS, materializeEach } from "../common/materializeViews.ts";
import type { Ports } from "../ports.ts";

const reportSchema = z.strictObject({ read: z.int(), written: z.int() });
type Report = z.infer<typeof reportSchema>;

/**
 * Writes the instrument's newest feature rows to the online store, once its market views are built, and notes when one was fresh: from then
 * on the store answers live.
 */
export const materializeMarket = defineStep({
  name: "materialize_market",
  report: reportSchema,
  run: async (ports: Ports, context) => (await materialize(ports, [context]))[0]!,
  block: { span_ms: MATERIALIZE_BLOCK_MS, run: materialize },
});

async function materialize(ports: Ports, contexts: readonly StepContext[]): Promise<readonly StepOutcome<Report, never>[]> {
  const [{ map_key }] = contexts as [StepContext];
  const found = await materializeEach(ports, contexts);
  const now = ports.clock.now();
  if (found.some(({ newest }) => newest !== null && isLive(ports, newest, now))) await ports.knowledge.noteFresh(map_key, now);
  return found.map(({ read, written }) =>
    read === 0 ? { kind: "skipped", reason: `${map_key} has no feature row yet.` } : { kind: "success", report: { read, written } },
  );
}

/** By the market's hours; where candles are only imported, by the clock: Friday's last bar, imported on Saturday, is a piece of history. */
function isLive({ config }: Ports, event_time: Instant, now: Instant): boolean {
  const { ttl_ms, market_hours } = goldViewOf(config);
  return isWithinTtl(event_time, now, { ttl_ms, market_hours: market_hours && config.market_origin !== "import" });
}
