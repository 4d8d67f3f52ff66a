import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext, StepOutcome } from "../../../shared/dag/step.ts";
import { MATERIALIZE_BLOCK_MS, materializeEach } from "../common/materializeViews.ts";
import type { Ports } from "../ports.ts";

const reportSchema = z.strictObject({ read: z.int(), written: z.int() });
type Report = z.infer<typeof reportSchema>;

/** Writes the instrument's newest feature rows to the online store, once its news_features are built. */
export const materializeNews = defineStep({
  name: "materialize_news",
  report: reportSchema,
  run: async (ports: Ports, context) => (await materialize(ports, [context]))[0]!,
  block: { span_ms: MATERIALIZE_BLOCK_MS, run: materialize },
});

async function materialize(ports: Ports, contexts: readonly StepContext[]): Promise<readonly StepOutcome<Report, never>[]> {
  const found = await materializeEach(ports, contexts);
  return found.map(({ read, written }) =>
    read === 0
      ? { kind: "skipped", reason: `${contexts[0]!.map_key} has no feature row yet.` }
      : { kind: "success", report: { read, written } },
  );
}
