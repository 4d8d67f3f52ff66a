import { knownViews, type ViewConfig } from "../../shared/features/views.ts";
import type { BarPredictor } from "../../shared/ports/barPredictor.ts";
import { createPredictor, type PredictorPorts } from "./predictor.ts";

/** What serving reads. */
type Ports = Omit<PredictorPorts, "views" | "bootstrap" | "newId" | "config"> & { readonly config: PredictorPorts["config"] & ViewConfig };

/** Serving for a pipeline. Each question reads all anew: what it has just materialized is what it asks about. */
export function createBarPredictor(ports: Ports, newId: () => string): BarPredictor {
  return { now: (instrument) => createPredictor({ ...ports, views: knownViews(ports.config), newId })(instrument, null) };
}
