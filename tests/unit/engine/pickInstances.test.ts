import { describe, expect, it } from "vitest";
import { pickInstances } from "../../../functions/engine/pickInstances.ts";
import type { TaskState } from "../../../shared/dag/taskState.ts";
import type { LedgerTask } from "../../../shared/ports/ledgerRecords.ts";
import { dagOf } from "../../support/engine/pipelineFixtures.ts";

const CHAIN = dagOf([{ task_id: "first" }, { task_id: "second", upstream: ["first"] }, { task_id: "third", upstream: ["second"] }]);

const instance = (task_id: string, state: TaskState) => ({ run_id: "r", task_id, map_key: "", map_index: -1, state }) as LedgerTask;
const INSTANCES = [instance("first", "running"), instance("second", "failed"), instance("third", "success")];

describe("which instances a pick means, by their states", () => {
  it.each([
    [{ only_failed: false, only_running: false }, ["first", "second", "third"]],
    [{ only_failed: true, only_running: false }, ["second"]],
    [{ only_failed: false, only_running: true }, ["first"]],
    // A filter each in Airflow's own clear, which lets both through.
    [{ only_failed: true, only_running: true }, ["first", "second"]],
    [{ only_failed: true, only_running: false, include_downstream: true }, ["second", "third"]],
    [{ only_failed: true, only_running: true, include_downstream: true }, ["first", "second", "third"]],
    [{ only_failed: false, only_running: true, include_downstream: true }, ["first"]],
    [{ only_failed: true, only_running: true, task_ids: ["third"], include_upstream: true }, ["first", "second"]],
  ])("%j: %j", (pick, expected) => {
    const picked = pickInstances(CHAIN, INSTANCES, { include_upstream: false, include_downstream: false, ...pick });
    expect(picked.map(({ task_id }) => task_id)).toEqual(expected);
  });
});
