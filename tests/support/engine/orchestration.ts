import { createLedger } from "../../../functions/adapters/libsql/ledger/ledger.ts";
import { createBackfillStore } from "../../../functions/adapters/libsql/orchestration/backfillStore.ts";
import { createCallbackOutbox } from "../../../functions/adapters/libsql/orchestration/callbackOutbox.ts";
import { createDeadLetters } from "../../../functions/adapters/libsql/orchestration/deadLetters.ts";
import { createBackfills } from "../../../functions/engine/backfills.ts";
import { createControl } from "../../../functions/engine/control.ts";
import type { EngineDeps } from "../../../functions/engine/engineDeps.ts";
import { createReprocess } from "../../../functions/engine/reprocess.ts";
import type { DagDefinition } from "../../../shared/dag/dag.ts";
import type { Pools } from "../../../shared/dag/pool.ts";
import type { RunSlice } from "../../../shared/dag/step.ts";
import type { Notification } from "../../../shared/ports/notifier.ts";
import { backfillsByContract, controlByContract, reprocessByContract } from "../api/byContract.ts";
import { openMemoryDatabase } from "../databases/memoryDatabase.ts";
import { succeed } from "./pipelineFixtures.ts";
import { createTestEngine, type NamedTask } from "./testEngine.ts";

export interface OrchestrationOptions {
  readonly pools?: Pools;
  readonly step?: RunSlice<null>;
  readonly over?: Partial<EngineDeps<null>>;
}

/** The engine with everything around it, on SQLite in memory; every step is "work". */
export async function openOrchestration(dags: readonly DagDefinition<NamedTask>[], options: OrchestrationOptions = {}) {
  const { pools = {}, step = succeed, over = {} } = options;
  const database = await openMemoryDatabase();
  const ledger = createLedger(database, pools);
  const backfill_store = createBackfillStore(database);
  const notified: Notification[] = [];
  const test = createTestEngine(
    ledger,
    dags,
    { work: step },
    {
      backfills: backfill_store,
      outbox: createCallbackOutbox(database),
      notifier: { notify: async (notification) => void notified.push(notification) },
      pools,
      ...over,
    },
  );
  const backfills = createBackfills(test.deps);
  const dead_letters = createDeadLetters(database);
  return {
    ...test,
    database,
    ledger,
    notified,
    backfills: backfillsByContract(backfills, test.deps.dags),
    control: controlByContract(createControl(test.deps), test.deps.dags),
    dead_letters,
    reprocess: reprocessByContract(createReprocess({ backfills, dags, dead_letters, clock: test.clock })),
    /** Runs everything that is due and will be due, clock included. */
    finish: () => test.engine.drain({ advanceTo: test.clock.set }),
    statesOf: async (run_id = "r") =>
      Object.fromEntries(
        (await ledger.taskInstances("d", run_id)).map((one) => [one.map_key ? `${one.task_id}/${one.map_key}` : one.task_id, one.state]),
      ),
  };
}
