import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { buildCommand } from "../../../functions/local/commands/build.ts";
import { requireBuild } from "../../../functions/local/serve/requireBuild.ts";
import { readSettings } from "../../../functions/local/stack/settings.ts";
import { hostOfJob } from "../../../functions/local/stack/stackPlan.ts";
import { startStack } from "../../../functions/local/stack/startStack.ts";
import { createScreen } from "../../../functions/local/text/screen.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fx-build-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SILENT = { write: () => true };
const cancelled = new AbortController().signal;

it("names what is missing of a build, and the command that makes one", () => {
  for (const file of ["worker.js", "servingWorker.js", "options.json"]) {
    expect(() => requireBuild(folder)).toThrow(new RegExp(`${file.replace(".", "\\.")} is missing\\)\\. Make one: npm run fx -- build `));
    writeFileSync(join(folder, file), "");
  }
  requireBuild(folder);
});

it("builds into no folder that holds other things", async () => {
  mkdirSync(join(folder, "work"));
  const context = { root: folder, cwd: folder, env: {}, stdout: SILENT, screen: createScreen(SILENT, Date.now), cancelled };
  await expect(buildCommand.run(context, { values: {}, positionals: ["."] })).rejects.toThrow(/is no build and holds other things \(work,/);
});

it("is run by every command that starts a stack, where it is named", () => {
  expect(hostOfJob(readSettings({}))).toBe("dev");
  expect(hostOfJob(readSettings({ FX_WORKER_BUILD: folder }))).toBe("serve");
});

it("opens the Worker to other machines only where a key is set", async () => {
  const env = { FX_WORKER_HOST: "0.0.0.0" };
  const settings = readSettings(env);
  const store = { name: "s", folder, market: "sandbox" as const };
  const request = { root: folder, store, settings, ports: settings.ports, env, screen: createScreen(SILENT, Date.now), cancelled };
  await expect(startStack({ ...request, crons: "all", host: "serve", with_pages: false })).rejects.toThrow(
    /FX_WORKER_HOST opens the Worker to other machines, and no key is set.*Set ADMIN_TOKEN/,
  );
});
