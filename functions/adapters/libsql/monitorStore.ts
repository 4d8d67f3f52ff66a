import type { MonitorStore } from "../../../shared/ports/monitorStore.ts";
import type { Database } from "./database.ts";
import { createAlertStore } from "./monitorAlerts.ts";
import { createMonitorFacts } from "./monitorFacts.ts";
import { createReadingStore } from "./monitorReadings.ts";

/** Readings, alerts, and the facts that they come from, in libSQL. */
export function createMonitorStore(database: Database): MonitorStore {
  return { ...createReadingStore(database), ...createAlertStore(database), ...createMonitorFacts(database) };
}
