import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureLibrary } from "../../../gpu-sidecar/xgboost/fetchLibrary.ts";
import type { RunCommand } from "../../../gpu-sidecar/xgboost/runCommand.ts";
import { findWheel, pipDownloadArguments, wheelCatalog } from "../../../gpu-sidecar/xgboost/wheelCatalog.ts";
import { AppError } from "../../../shared/errors.ts";

let vendorDir = "";
beforeEach(() => {
  vendorDir = mkdtempSync(join(tmpdir(), "fx-vendor-"));
});
afterEach(() => rmSync(vendorDir, { recursive: true, force: true }));

/** cu12 is never looked for on this machine, so that the fetch itself runs. */
async function fetchWith(run: RunCommand): Promise<AppError> {
  const error = await ensureLibrary({ vendorDir, variant: "cu12", env: {}, run }).catch((thrown: unknown) => thrown);
  if (error instanceof AppError) return error;
  throw new Error("expected an AppError");
}

const pinned = findWheel("cu12", process.platform, process.arch) !== null;

describe.skipIf(!pinned)("ensureLibrary when the wheel cannot be had", () => {
  it.for<[string, RunCommand, string]>([
    ["no Python", async () => ({ ok: false, notFound: true, reason: "ENOENT" }), "neither python3 nor python is installed"],
    ["no registry", async () => ({ ok: false, notFound: false, reason: "Connection refused" }), "Connection refused"],
    ["pip wrote nothing", async () => ({ ok: true }), "is not there"],
  ])("%s", async ([, run, words]) => {
    const error = await fetchWith(run);
    expect(error.code).toBe("library_missing");
    expect(error.message).toContain(words);
    expect(error.message).toContain("npm run fx -- setup xgboost");
    expect(readdirSync(vendorDir)).toEqual([]);
  });

  it("throws away a file with another hash", async () => {
    const error = await fetchWith(async (_python, args) => {
      const wheel = findWheel("cu12", process.platform, process.arch);
      writeFileSync(join(args[args.indexOf("-d") + 1] ?? "", wheel?.file ?? ""), "not a wheel");
      return { ok: true };
    });
    expect(error.message).toContain("not the pinned file");
    expect(readdirSync(vendorDir)).toEqual([]);
  });
});

it("does not fetch when XGBOOST_LIB points nowhere, but says so", async () => {
  const run: RunCommand = async () => {
    throw new Error("must not run");
  };
  await expect(ensureLibrary({ vendorDir, env: { XGBOOST_LIB: join(vendorDir, "none.so") }, run })).rejects.toThrow("Correct XGBOOST_LIB");
  expect(existsSync(join(vendorDir, "cpu"))).toBe(false);
});

describe("wheelCatalog", () => {
  it("pins one wheel with a hash for each variant and machine", () => {
    const keys = wheelCatalog.wheels.map(({ variant, platform, arch }) => `${variant}/${platform}/${arch}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const wheel of wheelCatalog.wheels) {
      expect(wheel.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(wheel.file).toContain(`-${wheelCatalog.version}-`);
      expect(wheel.file.endsWith(`${wheel.tag}.whl`)).toBe(true);
    }
  });

  it("asks pip for that one file alone", () => {
    const wheel = findWheel("cpu", "linux", "x64");
    if (wheel === null) throw new Error("linux x64 must be pinned");
    const args = pipDownloadArguments(wheel, "/into");
    expect(args).toEqual(expect.arrayContaining(["--no-deps", "--only-binary=:all:", "manylinux_2_28_x86_64", "/into"]));
    expect(args.at(-1)).toBe(`xgboost-cpu==${wheelCatalog.version}`);
  });

  it("has none for an unknown machine", () => expect(findWheel("cpu", "sunos", "x64")).toBeNull());
});
