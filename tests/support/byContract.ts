import { clearOrderOf } from "../../functions/api/clearOrderOf.ts";
import { viewOfObstacle } from "../../functions/api/viewOfObstacle.ts";
import { viewOfRun } from "../../functions/api/viewOfRun.ts";
import { viewOfTask } from "../../functions/api/viewOfTask.ts";
import type { Backfills } from "../../functions/engine/backfills.ts";
import type { Control } from "../../functions/engine/control.ts";
import { requireDag } from "../../functions/engine/requireDag.ts";
import { type BackfillBody, createBackfill } from "../../shared/contracts/backfills.ts";
import { type ClearBody, clearTaskInstances, type DagPatch, patchDag } from "../../shared/contracts/control.ts";
import type { TaskKey } from "../../shared/contracts/dags.ts";
import { checkValue } from "../../shared/contracts/route/checkValue.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";

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
export function backfillsByContract(backfills: Backfills) {
  const read = (body: BackfillBody) => checkValue(createBackfill.body.schema, body);
  return {
    ...backfills,
    create: async (body: BackfillBody, origin?: Parameters<Backfills["create"]>[1]) => backfills.create(read(body), origin),
    dryRun: async (body: BackfillBody) => backfills.dryRun(read(body)),
  };
}
