import { readFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { z } from "zod";
import { BUNDLE_FILE, type HostConfig, OPTIONS_FILE } from "./hostConfig.ts";

type WorkerOptions = Extract<Parameters<typeof convertV4MiniflareOptions>[0], { modules: unknown }>;

/** Read from wrangler.toml by wrangler itself; only what is changed here is looked at. */
const optionsSchema = z.looseObject({
  compatibilityDate: z.string(),
  bindings: z.record(z.string(), z.unknown()),
  connectHandlers: z.unknown().optional(),
});

/**
 * The Worker in workerd with nothing in front of it. wrangler dev sends each request through two more Workers (a proxy
 * that can hold it during a reload, and Miniflare's entry that adds logs and the cron endpoint); here the port belongs to
 * the Worker itself, and only crons take the entry.
 */
export function createHost(config: HostConfig): Miniflare {
  const {
    bindings,
    connectHandlers: _,
    ...options
  } = optionsSchema.parse(JSON.parse(readFileSync(join(config.build, OPTIONS_FILE), "utf8")));
  const worker = {
    ...options,
    name: "fx-medallion",
    modulesRoot: config.build,
    modules: [{ type: "ESModule", path: join(config.build, BUNDLE_FILE) }],
    bindings: { ...bindings, ...config.variables },
    unsafeDirectSockets: [{ host: config.host, port: config.port }],
    ...journalBinding(config),
  };
  return new Miniflare(
    convertV4MiniflareOptions({
      ...(worker as unknown as WorkerOptions),
      host: config.host,
      port: config.cron_port,
      resourcePersistencePath: config.persist_to,
      unsafeTriggerHandlers: true,
      cf: false,
      logRequests: false,
      ...(config.inspector_port === undefined ? {} : { inspectorPort: config.inspector_port }),
    }),
  );
}

/**
 * The ways to the journal: its process, and its inbox, a folder in memory that the runtime writes to itself. Every fetch of a Worker passes
 * through another one of Miniflare's, which may strip a header of it; either binding is a way past that one.
 */
function journalBinding({ journal_inbox, variables }: HostConfig): object {
  const url = variables["JOURNAL_URL"];
  if (url === undefined) return {};
  const process = { JOURNAL: { external: { address: new URL(url).host, http: {} } } };
  if (journal_inbox === undefined) return { serviceBindings: process };
  return { serviceBindings: { ...process, JOURNAL_INBOX: { disk: { path: journal_inbox, writable: true } } } };
}
