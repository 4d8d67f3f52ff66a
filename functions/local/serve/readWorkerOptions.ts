import { writeFileSync } from "node:fs";
import { unstable_getMiniflareWorkerOptions } from "wrangler";

/**
 * A program of its own, since wrangler takes 200 MB that the host should not keep: reads wrangler.toml (first argument)
 * as wrangler does and writes the bindings, queues and variables as Miniflare takes them (second argument).
 */
const [config_path, output_path] = process.argv.slice(2) as [string, string];
const { workerOptions } = unstable_getMiniflareWorkerOptions(config_path);
writeFileSync(output_path, JSON.stringify(workerOptions));
