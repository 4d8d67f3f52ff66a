import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPage } from "../../../../functions/local/mlflowUi/findPage.ts";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "fx-pythons-"));
});
afterAll(() => rmSync(root, { recursive: true }));

/** A Python whose packages are those of a folder. */
function makePython(name: string, files: Readonly<Record<string, string>>): string {
  const packages = join(root, name, "packages");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(packages, path, ".."), { recursive: true });
    writeFileSync(join(packages, path), text);
  }
  const python = join(root, name, "bin", "python");
  mkdirSync(join(python, ".."), { recursive: true });
  writeFileSync(python, `#!/bin/sh\nPYTHONPATH='${packages}' exec python3 "$@"\n`);
  chmodSync(python, 0o755);
  return python;
}

const PACKAGE = {
  "mlflow/__init__.py": "raise RuntimeError('it is not to be run')",
  "mlflow-3.1.dist-info/METADATA": "Metadata-Version: 2.1\nName: mlflow\nVersion: 3.1\n",
};

describe("findPage", () => {
  it("finds the page in the package, which is not run for it", async () => {
    const python = makePython("whole", { ...PACKAGE, "mlflow/server/js/build/index.html": "<title>MLflow</title>" });
    const folder = join(root, "whole", "packages", "mlflow", "server", "js", "build");
    expect(await findPage({}, python)).toEqual({ folder, version: "3.1" });
    expect(await findPage({ VIRTUAL_ENV: join(root, "whole") }, null)).toEqual({ folder, version: "3.1" });
  });

  it("says of each Python that it tried why there is none, and how to get it", async () => {
    const skinny = makePython("skinny", PACKAGE);
    await expect(findPage({}, skinny)).rejects.toThrow(/mlflow 3\.1 has no page \(mlflow-skinny has none\)[\s\S]*pip install mlflow/);
    await expect(findPage({}, makePython("empty", { "other.py": "" }))).rejects.toThrow(/no package mlflow/);
    await expect(findPage({}, join(root, "nowhere"))).rejects.toThrow(/nowhere: is not there/);
  });
});
