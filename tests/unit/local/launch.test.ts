import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const LAUNCH = join(import.meta.dirname, "../../../functions/local/launch.mjs");

function launch(version: string | null) {
  // An older Node is played by its version number: the launcher looks at nothing else.
  const pretend = `Object.defineProperty(process.versions, "node", { value: "${version}" })`;
  const preload = version === null ? [] : ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`];
  return spawnSync(process.execPath, [...preload, LAUNCH, "help"], { encoding: "utf8" });
}

describe("launch.mjs", () => {
  it.each(["18.20.0", "20.20.2", "22.11.0"])("sends Node %s away in one sentence", (version) => {
    const { status, stdout, stderr } = launch(version);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toBe(`fx needs Node 22.12 or newer, and this is ${version}. On Linux x64, npm ci brings Node 24.\n`);
  });

  it.each([null, "22.12.0", "24.0.0"])("starts fx on a Node that will do (%s)", (version) => {
    const { status, stdout } = launch(version);
    expect(status).toBe(0);
    expect(stdout).toContain("Usage: npm run fx -- COMMAND");
  });
});
