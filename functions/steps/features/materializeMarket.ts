import type { PipelineStep } from "../ports.ts";
import { materializeViews } from "./materializeViews.ts";

/** Writes the instrument's newest feature rows to the online store, once its market views are built. */
export const materializeMarket: PipelineStep = async (ports, context) => {
  const { read, written } = await materializeViews(ports, context);
  if (read === 0) return { kind: "skipped", reason: `${context.map_key} has no feature row yet.` };
  return { kind: "success", report: { read, written } };
};
