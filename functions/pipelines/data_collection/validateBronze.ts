import { z } from "zod";
import { defineStep, optional } from "../../../shared/dag/defineStep.ts";
import type { Ports } from "../ports.ts";
import { collectCandles } from "./collectCandles.ts";
import { writeBars } from "./writeBars.ts";

/** Objects that one slice validates; a year of one instrument is two. */
const OBJECTS_A_SLICE = 4;

/** Over all slices. */
const totalsSchema = z.strictObject({ read: z.int(), written: z.int(), unchanged: z.int(), rejected: z.int() });

/** Turns every line of the instrument's new bronze objects into a bar or a reject with its reason. */
export const validateBronze = defineStep({
  name: "validate_bronze",
  reads: { collected: optional(collectCandles) },
  report: totalsSchema,
  cursor: totalsSchema,
  run: async (ports: Ports, context) => {
    const pending = await ports.bars.pendingBronze(context.map_key);
    // A try before this one may have validated them and been lost before it could say so: nothing is left to do, and it was done. Where nothing
    // was collected there was nothing to do, in any try.
    const is_first = context.cursor === null && context.try_number === 1;
    const is_empty = context.reads.collected?.written === 0;
    if (pending.length === 0 && (is_first || is_empty)) return { kind: "skipped", reason: "No new bronze object." };

    const totals = { read: 0, written: 0, unchanged: 0, rejected: 0, ...context.cursor };
    for (const object of pending.slice(0, OBJECTS_A_SLICE)) {
      const counts = await writeBars(ports, object, Math.max(context.window.end, object.window.end));
      totals.read += object.lines;
      totals.written += counts.inserted;
      totals.unchanged += counts.unchanged;
      totals.rejected += counts.rejected;
      for (const [reason, count] of Object.entries(counts.reasons)) context.log(`${object.key}: ${count} x ${reason}`);
    }
    return pending.length > OBJECTS_A_SLICE ? { kind: "continue", cursor: totals, report: totals } : { kind: "success", report: totals };
  },
});
