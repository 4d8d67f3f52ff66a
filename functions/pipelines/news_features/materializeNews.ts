import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import { materializeViews } from "../common/materializeViews.ts";
import type { Ports } from "../ports.ts";

/** Writes the instrument's newest feature rows to the online store, once its news_features are built. */
export const materializeNews = defineStep({
  name: "materialize_news",
  report: z.strictObject({ read: z.int(), written: z.int() }),
  run: async (ports: Ports, context) => {
    const { read, written } = await materializeViews(ports, context);
    if (read === 0) return { kind: "skipped", reason: `${context.map_key} has no feature row yet.` };
    return { kind: "success", report: { read, written } };
  },
});
