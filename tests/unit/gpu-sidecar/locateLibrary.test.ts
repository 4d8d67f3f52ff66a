import { describe, expect, it } from "vitest";
import type { LibraryFacts } from "../../../gpu-sidecar/xgboost/libraryFacts.ts";
import { type LocatorInput, locateLibrary } from "../../../gpu-sidecar/xgboost/locateLibrary.ts";
import { AppError } from "../../../shared/errors.ts";

interface World {
  readonly env?: Record<string, string>;
  readonly platform?: NodeJS.Platform;
  /** Files that exist, with what loading them gives. */
  readonly files?: Record<string, LibraryFacts | Error>;
  readonly folders?: Record<string, string[]>;
}

function worldInput({ env = {}, platform = "linux", files = {}, folders = {} }: World): LocatorInput {
  return {
    env,
    platform,
    arch: "x64",
    vendorDir: "/vendor",
    listFolder: (path) => folders[path] ?? [],
    fileExists: (path) => path in files,
    probe: async (path) => {
      const outcome = files[path];
      if (outcome === undefined) throw new Error("not on the loader's search path");
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
  };
}

const cpu: LibraryFacts = { version: "3.4.1", cuda: false };
const cuda: LibraryFacts = { version: "3.4.1", cuda: true };
const old: LibraryFacts = { version: "1.7.4", cuda: false };
const vendorCpu = "/vendor/cpu/xgboost/lib/libxgboost.so";
const vendorCuda = "/vendor/cuda/xgboost/lib/libxgboost.so";
const wheel = "/venv/lib/python3.12/site-packages/xgboost/lib/libxgboost.so";
const debian = "/usr/lib/x86_64-linux-gnu/libxgboost.so.0";

async function failure(world: World): Promise<AppError> {
  const error = await locateLibrary(worldInput(world)).catch((thrown: unknown) => thrown);
  if (error instanceof AppError) return error;
  throw new Error("expected an AppError");
}

describe("locateLibrary: order", () => {
  const venv = { env: { VIRTUAL_ENV: "/venv" }, folders: { "/venv/lib": ["python3.12"] } };
  it.for<[string, World, string]>([
    ["XGBOOST_LIB before all", { env: { XGBOOST_LIB: "/mine.so" }, files: { "/mine.so": cpu, [vendorCuda]: cuda } }, "/mine.so"],
    ["vendored CUDA before vendored CPU", { files: { [vendorCpu]: cpu, [vendorCuda]: cuda } }, vendorCuda],
    ["vendor before the virtual environment", { ...venv, files: { [vendorCpu]: cpu, [wheel]: cpu } }, vendorCpu],
    ["the virtual environment before the system", { ...venv, files: { [wheel]: cpu, "/usr/local/lib/libxgboost.so": cpu } }, wheel],
    ["conda's lib folder", { env: { CONDA_PREFIX: "/conda" }, files: { "/conda/lib/libxgboost.so": cpu } }, "/conda/lib/libxgboost.so"],
    ["the loader's search path last", { files: { "libxgboost.so": cpu } }, "libxgboost.so"],
    [
      "a broken file is passed over",
      { files: { [vendorCpu]: new Error("invalid ELF header"), "/usr/lib/libxgboost.so": cpu } },
      "/usr/lib/libxgboost.so",
    ],
    [
      "a dylib on macOS",
      { platform: "darwin", files: { "/opt/homebrew/lib/libxgboost.dylib": cpu } },
      "/opt/homebrew/lib/libxgboost.dylib",
    ],
    ["an old one when allowed", { env: { XGBOOST_ALLOW_OLD: "1" }, files: { [debian]: old } }, debian],
  ])("%s", async ([, world, path]) => {
    expect((await locateLibrary(worldInput(world))).path).toBe(path);
  });
});

describe("locateLibrary: nothing usable", () => {
  it("lists every path with its reason and names the command", async () => {
    const error = await failure({ files: { [vendorCpu]: new Error("invalid ELF header"), [debian]: old } });
    expect(error.code).toBe("library_missing");
    expect(error.status).toBe(503);
    expect(error.message).toContain("npm run fx -- setup xgboost");
    expect(error.message).toContain(`${vendorCuda} (vendor): no such file`);
    expect(error.message).toContain(`${vendorCpu} (vendor): invalid ELF header`);
    expect(error.message).toContain(`${debian} (system): version 1.7.4 is older than 2.0`);
    expect(error.details["tried"]).toHaveLength(3 + 8 + 2);
  });

  it("tries nothing but XGBOOST_LIB when that is set", async () => {
    const error = await failure({ env: { XGBOOST_LIB: "/nowhere.so" }, files: { [vendorCpu]: cpu } });
    expect(error.details["tried"]).toEqual([{ path: "/nowhere.so", source: "XGBOOST_LIB", reason: "no such file" }]);
    expect(error.message).toContain("Correct XGBOOST_LIB");
  });
});
