import { materializeViews } from "../common/materializeViews.ts";
import type { PipelineStep } from "../ports.ts";

/** Writes the instrument's newest feature rows to the online store, once its news_features are built. */
export const materializeNews: PipelineStep = async (ports, context) => {
  const { read, written } = await materializeViews(ports, context);
  if (read === 0) return { kind: "skipped", reason: `${context.map_key} has no feature row yet.` };
  return { kind: "success", report: { read, written } };
};
