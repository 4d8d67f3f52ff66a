import { type PruneAnswer, type PrunedKind, pruneRoute } from "../../shared/contracts/prune.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { DAY, type Instant, toIso } from "../../shared/domain/instant.ts";
import type { Counted } from "../../shared/ports/pruning.ts";
import { type LakeObject, type LakePlan, PRUNED_PREFIXES, planLake } from "../../shared/retention/planLake.ts";
import { RETENTION, type RetentionKind } from "../../shared/retention/retention.ts";
import type { Ports } from "../pipelines/ports.ts";

/** Rows in one write, and runs and sets in one request: some seconds of work. */
const ROWS_AT_ONCE = 2_000;
const RUNS_AT_ONCE = 200;

export function pruneRoutes(ports: Ports): MountedRoute {
  return handle(pruneRoute, ({ body: { apply } }) => (apply ? prune(ports) : lookAt(ports)));
}

async function lookAt(ports: Ports): Promise<PruneAnswer> {
  const { ledger } = ports.pruning;
  const at = momentsOf(ports);
  const kinds = [
    kindOf(ports, "readings", at, await ledger.oldReadings(at.readings)),
    kindOf(ports, "logs", at, await ledger.oldLogs(at.logs)),
    kindOf(ports, "models", at, countedOf(objectsOf(await planOf(ports, at)))),
  ];
  return { applied: false, more: false, kinds };
}

/** The ledger first, then what it named: cut off in between, the next finds the objects again, which nothing names any more. */
async function prune(ports: Ports): Promise<PruneAnswer> {
  const { ledger, lake } = ports.pruning;
  const at = momentsOf(ports);
  const logs = await ledger.oldLogs(at.logs);
  const readings = await ledger.forgetReadings(at.readings, ROWS_AT_ONCE);
  const emptied = await ledger.forgetLogs(at.logs, ROWS_AT_ONCE);
  const plan = await planOf(ports, at);
  const runs = await ledger.markPruned([...plan.runs.keys()].slice(0, RUNS_AT_ONCE), ports.clock.now());
  const sets = await ledger.forgetDatasets([...plan.datasets.keys()].slice(0, RUNS_AT_ONCE));
  const objects = [...runs.flatMap((run) => plan.runs.get(run) ?? []), ...sets.flatMap((sha256) => plan.datasets.get(sha256) ?? [])];
  await lake.delete(objects.map(({ key }) => key));
  const left = await ledger.oldLogs(at.logs);
  const kinds = [
    kindOf(ports, "readings", at, { found: readings, bytes: 0 }),
    kindOf(ports, "logs", at, { found: emptied, bytes: Math.max(0, logs.bytes - left.bytes) }),
    kindOf(ports, "models", at, countedOf(objects)),
  ];
  // Sets of the runs that were noted just now are found by the next look.
  return { applied: true, more: readings > 0 || emptied > 0 || objects.length > 0, kinds };
}

/** By kind, before when it may go. */
type Moments = Readonly<Record<RetentionKind, Instant>>;

function momentsOf({ clock, config }: Ports): Moments {
  const now = clock.now();
  const before = (kind: RetentionKind) => now - config.retention[kind] * DAY;
  return { readings: before("readings"), logs: before("logs"), models: before("models") };
}

async function planOf(ports: Ports, at: Moments): Promise<LakePlan> {
  const { ledger, lake } = ports.pruning;
  const objects: LakeObject[] = [];
  for (const prefix of PRUNED_PREFIXES) for (const object of await lake.list(prefix)) objects.push(object);
  // After the list: what was named meanwhile is known.
  return planLake(objects, await ledger.runFacts(), at.models);
}

function objectsOf({ runs, datasets }: LakePlan): readonly LakeObject[] {
  return [...runs.values(), ...datasets.values()].flat();
}

function countedOf(objects: readonly LakeObject[]): Counted {
  return { found: objects.length, bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function kindOf({ config }: Ports, kind: RetentionKind, at: Moments, counted: Counted): PrunedKind {
  return { kind, what: RETENTION[kind].what, days: config.retention[kind], before: toIso(at[kind]), ...counted };
}
