import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import type { FxWorkplace } from "../support/stack/fxWorkplace.ts";
import { clientVenv } from "./clientVenv.ts";
import { type ActionLine, compareAnswers } from "./compareAnswers.ts";
import { FEAST_DIFFERENCES } from "./feastDifferences.ts";
import { redisServer, startFeastServer } from "./feastServer.ts";
import { showComparison } from "./showComparison.ts";

const NAME = "feast 0.67.0";
const script = (name: string) => join(import.meta.dirname, name);

/**
 * The same actions of Feast's client on the stack of the store, over the registry that `fx features feast-registry` writes, and on the real
 * feature server on Redis over the same one. Returns how many failed; null where the client cannot be had.
 */
export async function compareFeast(workplace: FxWorkplace, store: string, token: string): Promise<number | null> {
  const python = clientVenv("feast");
  if (python === null) {
    console.warn("SKIPPED: Feast's client is not tried, since it cannot be installed here.");
    return null;
  }
  const run = (file: string, ...args: string[]) => outputOf(python, [script(file), ...args], token);
  const folder = join(workplace.folder, "feast");
  const written = await workplace.run(["features", "feast-registry", folder, "--store", store], { ADMIN_TOKEN: token });
  if (written.code !== 0) throw new Error(`fx features feast-registry failed: ${written.stderr}`);
  const ours = workplace.stackOf(store).worker_url;
  const redis = redisServer();
  if (redis === null) return countErrors(await actionsOf(run, folder, ours));
  const peer = repositoryOf(folder, "feast-peer");
  const server = await startFeastServer(python, redis, peer);
  try {
    await run("feastPeer.py", "copy", peer, ours, server.url);
    const theirs = repositoryOf(folder, "feast-client", server.url);
    const [own, real] = [await actionsOf(run, folder, ours), await actionsOf(run, theirs, server.url)];
    const comparison = compareAnswers(own, real, FEAST_DIFFERENCES);
    showComparison(NAME, comparison);
    return comparison.unknown.length + comparison.gone.length;
  } finally {
    await server.stop();
  }
}

async function actionsOf(run: (file: string, ...args: string[]) => Promise<string>, folder: string, url: string) {
  const lines = (await run("feastActions.py", folder, url)).split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line) as ActionLine);
}

/** Another repository with the same registry; with the address of a server, for its client. */
function repositoryOf(folder: string, name: string, url?: string): string {
  const other = join(folder, "..", name);
  mkdirSync(other);
  copyFileSync(join(folder, "registry.db"), join(other, "registry.db"));
  if (url === undefined) return other;
  const { auth: _, ...settings } = parse(readFileSync(join(folder, "feature_store.yaml"), "utf8")) as Record<string, unknown>;
  writeFileSync(join(other, "feature_store.yaml"), stringify({ ...settings, online_store: { type: "remote", path: url } }));
  return other;
}

/** With nobody to compare with, what may not happen is that an action ends in an exception. */
function countErrors(lines: readonly ActionLine[]): number {
  const failed = lines.filter(({ error }) => error !== undefined);
  console.log(`\n${NAME}: ${lines.length - failed.length} of ${lines.length} actions have an answer`);
  for (const { action, error } of failed) console.log(`  FAILED ${action}: ${error}`);
  return failed.length;
}

async function outputOf(python: string, args: readonly string[], token: string): Promise<string> {
  const env = { ...process.env, ADMIN_TOKEN: token, FEAST_USAGE: "False" };
  const { stdout } = await promisify(execFile)(python, [...args], { env, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}
