import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reachable } from "../../support/reachable.ts";
import { sidecarFiles } from "../../support/sidecar/sidecarFiles.ts";

const ROOT = join(import.meta.dirname, "../../..");
const dependenciesOf = (path: string) =>
  (JSON.parse(readFileSync(join(ROOT, path), "utf8")) as { dependencies: Readonly<Record<string, string>> }).dependencies;
const own = dependenciesOf("gpu-sidecar/package.json");
const root = dependenciesOf("package.json");

/** An installation of the sidecar by itself has what its own package.json names, and nothing else. */
describe("the packages of the sidecar", () => {
  it("are those that its code and the shared code which it loads import, or read files of", () => {
    const { packages, looked_up } = reachable(sidecarFiles());
    expect(Object.keys(own).sort()).toEqual([...new Set([...packages, ...looked_up])].sort());
  });

  it("have exact versions, those of the repository where both name one", () => {
    for (const [name, version] of Object.entries(own)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      if (root[name] !== undefined) expect(version, name).toBe(root[name]);
    }
  });
});
