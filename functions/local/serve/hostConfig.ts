import { z } from "zod";

/** What the host is told, as JSON in its environment: the arguments of a process are for all users to see. */
export const HOST_CONFIG_VARIABLE = "FX_SERVE_HOST";

export const hostConfigSchema = z.strictObject({
  /** Folder with the bundles and the options that were read from wrangler.toml. */
  build: z.string(),
  /** Where the parts of the stack ask each other. */
  host: z.string(),
  /** The address of this machine at which `port` is opened, where others may ask it. Absent: `host`. */
  listen_host: z.string().optional(),
  /** Where everybody asks: the Worker for predictions, with the whole one behind it. */
  port: z.int().positive(),
  /** Miniflare's own front, which takes /cdn-cgi/local/scheduled; requests to it pass through a second Worker. */
  cron_port: z.int().positive(),
  /** Where KV and R2 live: the same place as that of wrangler dev. */
  persist_to: z.string(),
  /** The folder in which predictions are left for the journal. Absent: each is sent to its process. */
  journal_inbox: z.string().optional(),
  /** Where the isolates can be looked into. Absent: nowhere. */
  inspector_port: z.int().positive().optional(),
  /** What answers predictions: the same app in Node. Absent: the Worker for them in a runtime of its own. */
  serving: z.literal("node").optional(),
  /** V8 flags of the runtime for predictions; the other one's are in the environment. Absent: the same. */
  serving_v8_flags: z.string().optional(),
  /** Variables over those of wrangler.toml. */
  variables: z.record(z.string(), z.string()),
});
export type HostConfig = z.infer<typeof hostConfigSchema>;

/** With what the two runtimes know of each other alone. */
export const runtimesConfigSchema = hostConfigSchema.extend({
  /** The whole Worker, without anything in front of it. */
  whole_port: z.int().positive(),
  /** Where the Worker for predictions reads what the whole one's runtime holds, and the token for it. */
  stores_port: z.int().positive(),
  stores_token: z.string().min(1),
});
export type RuntimesConfig = z.infer<typeof runtimesConfigSchema>;

/** Of each Node process that holds a runtime. */
export const HEAP_MB = 128;

/** Files of a build. */
export const BUNDLE_FILE = "worker.js";
export const SERVING_BUNDLE_FILE = "servingWorker.js";
/** What wrangler.toml says of the Worker. Paths in it are absolute, or begin at the build's folder. */
export const OPTIONS_FILE = "options.json";
