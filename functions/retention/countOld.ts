import { momentsOf } from "./momentsOf.ts";
import { planOf } from "./planOf.ts";
import { countedOf, type PrunedCount } from "./prunedCount.ts";
import type { RetentionPorts } from "./retentionPorts.ts";

/** Counts what may go. Changes nothing. */
export async function countOld(ports: RetentionPorts): Promise<readonly PrunedCount[]> {
  const { ledger } = ports.pruning;
  const before = momentsOf(ports);
  const { runs, datasets } = await planOf(ports, before.models);
  return [
    { kind: "readings", before: before.readings, ...(await ledger.oldReadings(before.readings)) },
    { kind: "logs", before: before.logs, ...(await ledger.oldLogs(before.logs)) },
    { kind: "models", before: before.models, ...countedOf([...runs.values(), ...datasets.values()].flat()) },
  ];
}
