import { momentsOf } from "./momentsOf.ts";
import { planOf } from "./planOf.ts";
import { countedOf, type PrunedCount } from "./prunedCount.ts";
import type { RetentionPorts } from "./retentionPorts.ts";

/** Rows in one write, and runs and sets in one call: some seconds of work. */
const ROWS_AT_ONCE = 2_000;
const RUNS_AT_ONCE = 200;

export interface Forgotten {
  readonly kinds: readonly PrunedCount[];
  /** Not all is gone: call it again. */
  readonly more: boolean;
}

/**
 * Removes some of what may go. The ledger first, then what it named: cut off in between, the next finds the objects again, which nothing names
 * any more.
 */
export async function forgetOld(ports: RetentionPorts): Promise<Forgotten> {
  const { ledger, lake } = ports.pruning;
  const before = momentsOf(ports);
  const logs = await ledger.oldLogs(before.logs);
  const readings = await ledger.forgetReadings(before.readings, ROWS_AT_ONCE);
  const emptied = await ledger.forgetLogs(before.logs, ROWS_AT_ONCE);
  const plan = await planOf(ports, before.models);
  const runs = await ledger.markPruned([...plan.runs.keys()].slice(0, RUNS_AT_ONCE), ports.clock.now());
  const sets = await ledger.forgetDatasets([...plan.datasets.keys()].slice(0, RUNS_AT_ONCE));
  const objects = [...runs.flatMap((run) => plan.runs.get(run) ?? []), ...sets.flatMap((sha256) => plan.datasets.get(sha256) ?? [])];
  await lake.delete(objects.map(({ key }) => key));
  const left = await ledger.oldLogs(before.logs);
  return {
    kinds: [
      { kind: "readings", before: before.readings, found: readings, bytes: 0 },
      { kind: "logs", before: before.logs, found: emptied, bytes: Math.max(0, logs.bytes - left.bytes) },
      { kind: "models", before: before.models, ...countedOf(objects) },
    ],
    // Sets of the runs that were noted just now are found by the next look.
    more: readings > 0 || emptied > 0 || objects.length > 0,
  };
}
