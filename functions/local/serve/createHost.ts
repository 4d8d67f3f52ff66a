import { readFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { z } from "zod";
import { BUNDLE_FILE, type HostConfig, OPTIONS_FILE, SERVING_BUNDLE_FILE } from "./hostConfig.ts";

/** Names of the Workers within the runtime, as its inspector shows them. */
const WHOLE_WORKER = "fx-medallion";
const SERVING_WORKER = "fx-medallion-serving";

type WorkerOptions = Extract<Parameters<typeof convertV4MiniflareOptions>[0], { modules: unknown }>;

/** Read from wrangler.toml by wrangler itself; only what is changed here is looked at. */
const optionsSchema = z.looseObject({
  compatibilityDate: z.string(),
  bindings: z.record(z.string(), z.unknown()),
  connectHandlers: z.unknown().optional(),
  queueConsumers: z.unknown().optional(),
});

/**
 * Two Workers in one workerd with nothing in front of them. wrangler dev sends each request through two more Workers (a proxy
 * that can hold it during a reload, and Miniflare's entry that adds logs and the cron endpoint); here the port belongs to the Worker that
 * answers predictions, in an isolate of its own, and hands all else to the whole one behind it. Only crons take the entry.
 */
export function createHost(config: HostConfig): Miniflare {
  const options = optionsSchema.parse(JSON.parse(readFileSync(join(config.build, OPTIONS_FILE), "utf8")));
  return new Miniflare(
    convertV4MiniflareOptions({
      workers: [wholeWorker(config, options), servingWorker(config, options)] as unknown as WorkerOptions[],
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

type Options = z.infer<typeof optionsSchema>;

/** Everything, and alone what crons and queues are delivered to. */
function wholeWorker(config: HostConfig, options: Options): object {
  return { ...workerOf(config, options), name: WHOLE_WORKER, modules: [bundleAt(config, BUNDLE_FILE)], ...journalBinding(config) };
}

/** A queue has one consumer. */
function servingWorker(config: HostConfig, { queueConsumers: _, ...options }: Options): object {
  const { serviceBindings } = journalBinding(config);
  return {
    ...workerOf(config, options),
    name: SERVING_WORKER,
    modules: [bundleAt(config, SERVING_BUNDLE_FILE)],
    unsafeDirectSockets: [{ host: config.host, port: config.port }],
    serviceBindings: { ...serviceBindings, PLATFORM: WHOLE_WORKER },
  };
}

function workerOf(config: HostConfig, { bindings, connectHandlers: _, ...options }: Options): object {
  return { ...options, modulesRoot: config.build, bindings: { ...bindings, ...config.variables } };
}

function bundleAt(config: HostConfig, file: string) {
  return { type: "ESModule", path: join(config.build, file) };
}

/**
 * The ways to the journal: its process, and its inbox, a folder in memory that the runtime writes to itself. Every fetch of a Worker passes
 * through another one of Miniflare's, which may strip a header of it; either binding is a way past that one.
 */
function journalBinding({ journal_inbox, variables }: HostConfig): { readonly serviceBindings: object } {
  const url = variables["JOURNAL_URL"];
  if (url === undefined) return { serviceBindings: {} };
  const process = { JOURNAL: { external: { address: new URL(url).host, http: {} } } };
  if (journal_inbox === undefined) return { serviceBindings: process };
  return { serviceBindings: { ...process, JOURNAL_INBOX: { disk: { path: journal_inbox, writable: true } } } };
}
