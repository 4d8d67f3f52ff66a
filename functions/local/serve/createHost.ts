import { readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { z } from "zod";
import { localFile } from "../processes/nodeCommand.ts";
import { BUNDLE_FILE, OPTIONS_FILE, type RuntimesConfig, SERVING_BUNDLE_FILE } from "./hostConfig.ts";

/** As the runtime's inspector shows it. */
const WHOLE_WORKER = "fx-medallion";
const STORES_FILE = localFile("serve/stores.mjs");
const PAGES_FILE = localFile("serve/pages.mjs");
const PAGES_WORKER = "fx-medallion-pages";

type WorkerOptions = Extract<Parameters<typeof convertV4MiniflareOptions>[0], { modules: unknown }>;

/** Read from wrangler.toml by wrangler itself; only what is changed here is looked at. */
const optionsSchema = z.looseObject({
  compatibilityDate: z.string(),
  compatibilityFlags: z.array(z.string()).optional(),
  bindings: z.record(z.string(), z.unknown()),
  connectHandlers: z.unknown().optional(),
  /** The checkout that it was built in, which may not be there. */
  rootPath: z.unknown().optional(),
  kvNamespaces: z.unknown().optional(),
  r2Buckets: z.unknown().optional(),
  queueProducers: z.unknown().optional(),
  workerLoaders: z.unknown().optional(),
  assets: z.looseObject({ directory: z.string() }).optional(),
});

/**
 * The whole Worker in workerd with nothing in front of it. wrangler dev sends each request through two more Workers (a proxy
 * that can hold it during a reload, and Miniflare's entry that adds logs and the cron endpoint); here a port belongs to the Worker itself,
 * and only crons take the entry.
 */
export function createHost(config: RuntimesConfig): Miniflare {
  const { connectHandlers: _, rootPath: __, assets, ...options } = readOptions(config);
  const whole = {
    ...options,
    ...scriptOf(config.build, BUNDLE_FILE),
    name: WHOLE_WORKER,
    bindings: { ...options.bindings, ...config.variables },
    unsafeDirectSockets: [{ host: config.host, port: config.whole_port }],
    serviceBindings: { ...partBindings(config), ASSETS: PAGES_WORKER },
  };
  return start([whole, storesWorker(config), pagesWorker(config)], {
    host: config.host,
    port: config.cron_port,
    resourcePersistencePath: config.persist_to,
    unsafeTriggerHandlers: true,
    ...(config.inspector_port === undefined ? {} : { inspectorPort: config.inspector_port }),
  });
}

function storesWorker(config: RuntimesConfig): object {
  const { compatibilityDate, kvNamespaces, r2Buckets, queueProducers } = readOptions(config);
  return {
    ...{ compatibilityDate, kvNamespaces, r2Buckets, queueProducers },
    ...scriptOf(dirname(STORES_FILE), basename(STORES_FILE)),
    name: "fx-medallion-stores",
    bindings: { STORES_TOKEN: config.stores_token },
    unsafeDirectSockets: [{ host: config.host, port: config.stores_port }],
  };
}

/**
 * The files of web pages, in a Worker of their own: before one that has them Miniflare puts two more, through which each request then passes
 * (rpc-proxy and router), also at a port of its own.
 */
function pagesWorker(config: RuntimesConfig): object {
  const { compatibilityDate, assets } = readOptions(config);
  const placed = assets && { ...assets, directory: resolve(config.build, assets.directory) };
  return { compatibilityDate, assets: placed, ...scriptOf(dirname(PAGES_FILE), basename(PAGES_FILE)), name: PAGES_WORKER };
}

/**
 * The Worker for predictions in a workerd of its own, which has the port that everybody asks at. A runtime has one thread for all of its
 * isolates, and its V8 flags are theirs together: beside the pipelines an answer would wait for each of their computations, and for
 * every collection of what thousands of answers leave behind.
 */
export function createServingHost(config: RuntimesConfig): Miniflare {
  const { compatibilityDate, compatibilityFlags, bindings, workerLoaders } = readOptions(config);
  const at = (port: number) => ({ external: { address: `${config.host}:${port}`, http: {} } });
  const serving = {
    ...{ compatibilityDate, compatibilityFlags, workerLoaders },
    ...scriptOf(config.build, SERVING_BUNDLE_FILE),
    name: "fx-medallion-serving",
    bindings: { ...bindings, ...config.variables, STORES_TOKEN: config.stores_token },
    unsafeDirectSockets: [{ host: config.listen_host ?? config.host, port: config.port }],
    serviceBindings: { ...partBindings(config), PLATFORM: at(config.whole_port), STORES: at(config.stores_port) },
  };
  return start([serving], { host: config.host });
}

/** The Worker's variables: those of wrangler.toml, and this machine's over them. */
export function readVariables(config: RuntimesConfig): Record<string, string> {
  const texts = Object.entries(readOptions(config).bindings).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return { ...Object.fromEntries(texts), ...config.variables };
}

function readOptions(config: RuntimesConfig) {
  return optionsSchema.parse(JSON.parse(readFileSync(join(config.build, OPTIONS_FILE), "utf8")));
}

function start(workers: readonly object[], options: object): Miniflare {
  return new Miniflare(convertV4MiniflareOptions({ workers: workers as WorkerOptions[], cf: false, logRequests: false, ...options }));
}

function scriptOf(folder: string, file: string): object {
  return { modulesRoot: folder, modules: [{ type: "ESModule", path: join(folder, file) }] };
}

/**
 * The ways past Miniflare to parts of the stack. Every fetch of a Worker passes through another one of Miniflare's, which may strip a header of
 * it: a second isolate's work, and its garbage, for each call. A binding goes to the process itself. The journal's inbox is a folder in memory
 * that the runtime writes to itself.
 */
function partBindings({ journal_inbox, variables }: RuntimesConfig): object {
  const at = (name: string, variable: string) => {
    const url = variables[variable];
    return url === undefined ? {} : { [name]: { external: { address: new URL(url).host, http: {} } } };
  };
  const inbox = journal_inbox === undefined ? {} : { JOURNAL_INBOX: { disk: { path: journal_inbox, writable: true } } };
  return { ...at("SQLD", "SQLD_URL"), ...at("JOURNAL", "JOURNAL_URL"), ...inbox };
}
