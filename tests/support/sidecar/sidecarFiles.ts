import { readdirSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

/** Paths in the checkout of the sidecar's own code. */
export function sidecarFiles(): readonly string[] {
  return readdirSync(join(ROOT, "gpu-sidecar"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.includes("node_modules"))
    .map((path) => `gpu-sidecar/${path}`);
}
