import type { Backfills } from "../../functions/engine/backfills.ts";
import type { Control } from "../../functions/engine/control.ts";
import { type BackfillBody, createBackfill } from "../../shared/contracts/backfills.ts";
import { type ClearBody, clearTaskInstances, type DagPatch, patchDag } from "../../shared/contracts/control.ts";
import { checkValue } from "../../shared/contracts/route/checkValue.ts";

/** Control with bodies as they are sent: read by their contracts first, as the routes do. */
export function controlByContract(control: Control) {
  return {
    ...control,
    clear: async (dag_id: string, body: ClearBody) => control.clear(dag_id, checkValue(clearTaskInstances.body.schema, body)),
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
