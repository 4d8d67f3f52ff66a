import { readFileSync } from "node:fs";

/** What a bug report begins with. */
export function versionLine(): string {
  const { name, version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as Record<string, string>;
  return `${name} ${version} (Node ${process.versions.node}, ${process.platform} ${process.arch})`;
}
