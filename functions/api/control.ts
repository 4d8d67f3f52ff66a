import { Hono } from "hono";
import { clearSchema, dagPatchSchema, runPatchSchema, taskPatchSchema } from "../../shared/contracts/control.ts";
import type { TaskKey } from "../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import type { Control } from "../engine/control.ts";
import { requireDag } from "../engine/requireDag.ts";
import { viewOfDag } from "./dags.ts";
import { parseBody } from "./parseBody.ts";

const MAX_BODY_BYTES = 64 * 1024;
const RUN = "/:dag/dagRuns/:run";
const TASK = `${RUN}/taskInstances/:task`;

/** What people do to pipelines, runs and tasks, in the shapes of Airflow's REST API v2: pause, clear, mark, and ask why. */
export function controlRoutes(dags: readonly DagDefinition[], control: Control): Hono {
  const app = new Hono().basePath("/api/v2/dags");

  app.patch("/:dag", async (context) => {
    const dag = requireDag(dags, context.req.param("dag"));
    const { is_paused } = await control.patchDag(dag.dag_id, await parseBody(context.req.raw, dagPatchSchema, MAX_BODY_BYTES));
    return context.json(viewOfDag(dag, is_paused));
  });

  app.post("/:dag/clearTaskInstances", async (context) => {
    const { dag_id } = requireDag(dags, context.req.param("dag"));
    return context.json(await control.clear(dag_id, await parseBody(context.req.raw, clearSchema, MAX_BODY_BYTES)));
  });

  app.patch(RUN, async (context) => {
    const { dag_id } = requireDag(dags, context.req.param("dag"));
    const body = await parseBody(context.req.raw, runPatchSchema, MAX_BODY_BYTES);
    return context.json(await control.patchRun(dag_id, context.req.param("run"), body));
  });

  app.patch(TASK, async (context) => {
    const key = keyOf(context.req.param(), context.req.query("map_key"));
    requireDag(dags, key.dag_id);
    return context.json(await control.patchTask(key, await parseBody(context.req.raw, taskPatchSchema, MAX_BODY_BYTES)));
  });

  app.get(`${TASK}/dependencies`, async (context) =>
    context.json(await control.dependencies(keyOf(context.req.param(), context.req.query("map_key")))),
  );

  return app;
}

function keyOf({ dag, run, task }: { dag: string; run: string; task: string }, map_key = ""): TaskKey {
  return { dag_id: dag, run_id: run, task_id: task, map_key };
}
