import { backfillRequestOf } from "../../../functions/api/backfillRequestOf.ts";
import { clearOrderOf } from "../../../functions/api/clearOrderOf.ts";
import { viewOfBackfill } from "../../../functions/api/viewOfBackfill.ts";
import { viewOfDeadLetter } from "../../../functions/api/viewOfDeadLetter.ts";
import { viewOfObstacle } from "../../../functions/api/viewOfObstacle.ts";
import { viewOfPlan } from "../../../functions/api/viewOfPlan.ts";
import { viewOfRun } from "../../../functions/api/viewOfRun.ts";
import { viewOfTask } from "../../../functions/api/viewOfTask.ts";
import type { BackfillOrigin, Backfills } from "../../../functions/engine/backfills.ts";
import type { Control } from "../../../functions/engine/control.ts";
import type { Reprocess } from "../../../functions/engine/reprocess.ts";
import { requireDag } from "../../../functions/engine/requireDag.ts";
import { type BackfillBody, createBackfill } from "../../../shared/contracts/backfills.ts";
import { type ClearBody, clearTaskInstances, type DagPatch, patchDag } from "../../../shared/contracts/control.ts";
import type { TaskKey } from "../../../shared/contracts/dags.ts";
import { checkValue } from "../../../shared/contracts/route/checkValue.ts";
import type { DagDefinition } from "../../../shared/dag/dag.ts";
import type { BackfillsQuery } from "../../../shared/ports/backfillStore.ts";
import type { DeadLettersQuery } from "../../../shared/ports/deadLetters.ts";

/** Control with bodies as they are sent and answers as they are shown: read by their contracts, and put in its words, as the routes do. */
export function controlByContract(control: Control, dags: readonly DagDefinition[]) {
  return {
    ...control,
    clear: async (dag_id: string, body: ClearBody) => {
      const order = clearOrderOf(requireDag(dags, dag_id), checkValue(clearTaskInstances.body.schema, body));
      const task_instances = (await control.clear(dag_id, order)).map(viewOfTask);
      return { task_instances, total_entries: task_instances.length };
    },
    patchTask: async (...asked: Parameters<Control["patchTask"]>) => viewOfTask(await control.patchTask(...asked)),
    patchRun: async (...asked: Parameters<Control["patchRun"]>) => viewOfRun(await control.patchRun(...asked)),
    dependencies: async (key: TaskKey) => ({ dependencies: (await control.obstacles(key)).map(viewOfObstacle) }),
    patchDag: async (dag_id: string, body: DagPatch) => control.patchDag(dag_id, checkValue(patchDag.body.schema, body)),
  };
}

/** Backfills likewise. */
export function backfillsByContract(backfills: Backfills, dags: readonly DagDefinition[]) {
  const read = (body: BackfillBody) => backfillRequestOf(dags, checkValue(createBackfill.body.schema, body));
  return {
    create: async (body: BackfillBody, origin?: BackfillOrigin) => viewOfBackfill(await backfills.create(read(body), origin)),
    dryRun: async (body: BackfillBody) => viewOfPlan(await backfills.plan(read(body))),
    get: async (id: number) => viewOfBackfill(await backfills.get(id)),
    list: async (query: BackfillsQuery) => {
      const found = await backfills.list(query);
      return { ...found, backfills: found.backfills.map(viewOfBackfill) };
    },
    setPaused: async (id: number, is_paused: boolean) => viewOfBackfill(await backfills.setPaused(id, is_paused)),
    cancel: async (id: number) => viewOfBackfill(await backfills.cancel(id)),
  };
}

/** The reprocess queue likewise. */
export function reprocessByContract(reprocess: Reprocess) {
  return {
    receive: async (...message: Parameters<Reprocess["receive"]>) => {
      const backfill = await reprocess.receive(...message);
      return backfill && viewOfBackfill(backfill);
    },
    replay: async (...asked: Parameters<Reprocess["replay"]>) => viewOfBackfill(await reprocess.replay(...asked)),
    deadLetters: async (query: DeadLettersQuery) => {
      const found = await reprocess.deadLetters(query);
      return { ...found, dead_letters: found.dead_letters.map(viewOfDeadLetter) };
    },
  };
}
