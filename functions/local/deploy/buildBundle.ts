import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { diskError } from "../stack/diskError.ts";
import { partError } from "../text/localError.ts";
import { PRODUCTION } from "./readWranglerConfig.ts";
import type { RunWrangler } from "./runWrangler.ts";

export interface Bundle {
  readonly bytes: number;
  readonly gzip_bytes: number;
}

/** Bundles the Worker as a deployment would, into a folder of its own, and says what would be uploaded. */
export async function buildBundle(wrangler: RunWrangler, config: string, folder: string): Promise<Bundle> {
  const { code, lines } = await wrangler(["deploy", "--dry-run", "--env", PRODUCTION, "--outdir", folder, "--config", config]);
  if (code !== 0) throw bundleError(lines.join("\n"), folder);
  const modules = readdirSync(folder).filter((name) => !name.endsWith(".map") && name !== "README.md");
  const content = Buffer.concat(modules.map((name) => readFileSync(join(folder, name))));
  return { bytes: content.byteLength, gzip_bytes: gzipSync(content).byteLength };
}

/** What a disk refused is said as such, out of the many lines in which esbuild and wrangler report it. */
function bundleError(output: string, folder: string): unknown {
  const [, code = null] = /\b(ENOSPC|EDQUOT|EROFS|EFBIG)\b/.exec(output) ?? (/no space left on device/i.test(output) ? ["", "ENOSPC"] : []);
  if (code !== null) return diskError(Object.assign(new Error(output), { code }), folder);
  return partError("The Worker could not be bundled:", output);
}
