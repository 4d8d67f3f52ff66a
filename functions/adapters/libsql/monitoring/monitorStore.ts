import type { MonitorStore } from "../../../../shared/ports/monitorStore.ts";
import type { Database } from "../database.ts";
import { createAlertStore } from "./alerts.ts";
import { createMonitorFacts } from "./facts.ts";
import { createReadingStore } from "./readings.ts";

/** Readings, alerts, and the facts that they come from, in libSQL. */
export function createMonitorStore(database: Database): MonitorStore {
  return { ...createReadingStore(database), ...createAlertStore(database), ...createMonitorFacts(database) };
}
