import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { wheelCatalog } from "./wheelCatalog.ts";

/**
 * Where a fetched library is kept: in node_modules, which git ignores and which goes when the installation goes, unless
 * XGBOOST_VENDOR_DIR names another folder. The version is part of the path, so that a newer pin never meets an older file.
 */
export function vendorFolder(env: Readonly<Record<string, string | undefined>>): string {
  const chosen = env["XGBOOST_VENDOR_DIR"];
  const base = chosen !== undefined && chosen !== "" ? chosen : defaultFolder();
  return join(base, wheelCatalog.version);
}

function defaultFolder(): string {
  return fileURLToPath(new URL("../../node_modules/.cache/fx-medallion/xgboost", import.meta.url));
}
