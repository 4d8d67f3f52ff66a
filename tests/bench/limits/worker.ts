import type { ExecutionContext, MessageBatch, ScheduledController } from "@cloudflare/workers-types";
import type { Bindings } from "../../../functions/environment.ts";
import worker from "../../../functions/worker.ts";
import { countedBindings, countFetches } from "./countedBindings.ts";
import { noting, takeInvocations } from "./invocations.ts";

/** Where the bench takes what was counted. */
const TAKE = "/bench/invocations";

let sidecar_url = "";
// The Worker takes the global fetch when it is composed, with its first event.
countFetches(() => sidecar_url);

let counted: Bindings | undefined;
/** The same object for every event, as the Worker is composed of the first. */
function bindingsOf(env: Bindings): Bindings {
  const variables = env as object as Record<string, string>;
  sidecar_url = variables["SIDECAR_URL"] ?? "";
  counted ??= countedBindings(env, variables["BENCH_ROWS"] === "on");
  return counted;
}

/** The Worker as it is, with its events and whom they ask noted. */
export default {
  fetch(request: Request, env: Bindings, context: ExecutionContext): Promise<Response> | Response {
    const { pathname } = new URL(request.url);
    if (pathname === TAKE) return Response.json(takeInvocations());
    return noting({ label: `${request.method} ${pathname.split("/").slice(0, 3).join("/")}` }, context, (own) =>
      worker.fetch(request, bindingsOf(env), own),
    );
  },
  scheduled(controller: ScheduledController, env: Bindings, context: ExecutionContext): Promise<void> {
    return noting({ label: `cron ${controller.cron}` }, context, () => worker.scheduled(controller, bindingsOf(env)));
  },
  queue(batch: MessageBatch<unknown>, env: Bindings, context: ExecutionContext): Promise<void> {
    const body = batch.messages[0]?.body as { task_id?: string; dag_id?: string; run_id?: string } | undefined;
    const slice =
      body?.task_id === undefined
        ? { label: `queue ${batch.queue}` }
        : { label: `${body.dag_id}/${body.task_id}`, run_id: body.run_id ?? null };
    return noting(slice, context, (own) => worker.queue(batch, bindingsOf(env), own));
  },
};
