import { join } from "node:path";
import { SECOND } from "../../../../shared/domain/instant.ts";
import { inboxFolder } from "../../journal/inboxFolder.ts";
import { COMPILE_CACHE, nodeArguments } from "../../processes/nodeCommand.ts";
import type { PartSpec } from "../../processes/part.ts";
import { HOST } from "../../processes/ports.ts";
import { HEAP_MB, HOST_CONFIG_VARIABLE, type HostConfig } from "../../serve/hostConfig.ts";
import { urlOf } from "../settings.ts";
import { childEnvironment, type StackPlan } from "../stackPlan.ts";
import { servingFlags, wranglerEnvironment } from "../wranglerTool.ts";
import { hasInbox } from "./hasInbox.ts";
import { workerDrain, workerVariables } from "./workerPart.ts";

/** The Workers as `fx serve` runs them: built once, in workerd with nothing in front. */
export function servePart(plan: StackPlan): PartSpec {
  const inbox = hasInbox(plan) ? inboxFolder(plan.store.folder) : null;
  const config: HostConfig = {
    build: plan.build,
    host: HOST,
    ...(plan.settings.worker_host === HOST ? {} : { listen_host: plan.settings.worker_host }),
    port: plan.ports.worker,
    cron_port: plan.cron_port,
    // wrangler dev puts its state into a folder of this name under --persist-to.
    persist_to: join(plan.store.folder, "worker", "v3"),
    ...(inbox === null ? {} : { journal_inbox: inbox }),
    ...(plan.settings.inspector_port === null ? {} : { inspector_port: plan.settings.inspector_port }),
    serving_v8_flags: servingFlags(plan),
    variables: workerVariables(plan),
    // Node has no KV: what is written there goes into libSQL as well.
    ...(plan.host === "node" ? { serving: "node", variables: { ...workerVariables(plan), ONLINE_MIRROR: "libsql" } } : {}),
  };
  return {
    name: "worker",
    command: process.execPath,
    args: nodeArguments(join(plan.root, "functions", "local", "serve", "main.ts"), { heap_mb: HEAP_MB }),
    env: childEnvironment(plan, {
      ...wranglerEnvironment(plan),
      NODE_COMPILE_CACHE: plan.env["NODE_COMPILE_CACHE"] ?? COMPILE_CACHE,
      [HOST_CONFIG_VARIABLE]: JSON.stringify(config),
    }),
    cwd: plan.root,
    is_node: true,
    health: { url: `${urlOf(plan.ports.worker)}/health`, statuses: [200, 503] },
    up_within_ms: 60 * SECOND,
    drain: workerDrain(plan),
    stop_within_ms: 8 * SECOND,
    needs_all: true,
  };
}
