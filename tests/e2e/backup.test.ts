import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseFile } from "../../functions/local/care/storeSchema.ts";
import type { PredictResponse } from "../../shared/contracts/predict.ts";
import { databaseOf } from "../support/databases/databaseOf.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";
import { createFxWorkplace, SMALL, SMALL_HISTORY } from "../support/stack/fxWorkplace.ts";
import { clientOf, until } from "../support/stack/stackControl.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

/** Early in an hour: no bar closes and no news is read while this goes on. */
const CLOCK = "2026-11-24T07:02:00Z";
const INSTRUMENTS = SMALL.INSTRUMENTS.split(",");
const workplace = createFxWorkplace();
const library = await hasLibrary();
const env = { ...SMALL, FX_CLOCK: CLOCK };

/** What is answered now and of moments of the past, without what each answer has of its own. */
async function askAll(store: string, moments: readonly string[]) {
  const client = clientOf(workplace.stackOf(store));
  const answers: Omit<PredictResponse, "prediction_id" | "timestamp">[] = [];
  for (const instrument of INSTRUMENTS) {
    for (const at of [null, ...moments]) {
      const { prediction_id: _id, timestamp: _now, ...answer } = await client.predict(instrument, at);
      answers.push(answer);
    }
  }
  return answers;
}

describe.skipIf(!library)("fx backup of a stack that serves, and fx restore", () => {
  const [one, two, folder] = [workplace.store("one"), workplace.store("two"), join(workplace.folder, "backup")];
  const acknowledged: string[] = [];
  const moments: string[] = [];
  let before: Awaited<ReturnType<typeof askAll>> = [];
  let clock = "";

  beforeAll(async () => {
    const serve = await workplace.start(["serve", "--store", one, ...SMALL_HISTORY], env);
    await serve.says(/Serving at/);
    const client = clientOf(workplace.stackOf(one));
    // The first models hold from their promotion on, a moment ago.
    for (let asked = 0; asked < 2; asked++) {
      moments.push((await client.store()).clock);
      await sleep(1_000);
    }
    before = await askAll(one, moments);
    let is_backed_up = false;
    const asking = (async () => {
      while (!is_backed_up) acknowledged.push((await client.predict("USD_SGD", null)).prediction_id);
    })();
    while (acknowledged.length < 20) await sleep(10);
    // Those answered before the command began.
    const counted = acknowledged.length;
    const made = await workplace.run(["backup", folder, "--store", one]);
    is_backed_up = true;
    await asking;
    acknowledged.length = counted;
    expect([made.code, made.stderr]).toEqual([0, ""]);
    expect(made.stdout).toMatch(/Backed up to .*: the simulated market as of .* schema 00/);
    clock = (await client.store()).clock;
    serve.signal("SIGINT");
    await serve.result;
  }, TIME_LIMIT_MS);
  afterAll(() => workplace.remove());

  it("gives the same predictions bit for bit, now and of the past, and has logged each that was answered", {
    timeout: TIME_LIMIT_MS,
  }, async () => {
    const verified = await workplace.run(["backup", "verify", folder]);
    expect([verified.code, verified.stderr]).toEqual([0, ""]);
    const restored = await workplace.run(["restore", folder, "--store", two]);
    expect([restored.code, restored.stderr]).toEqual([0, ""]);
    const start = await workplace.start(["start", "--store", two], { ...env, FX_CLOCK: clock });
    await start.says(/Serving at/);
    expect(await askAll(two, moments)).toEqual(before);
    await until("the predictions of before", async () => {
      const { rows } = await databaseOf(two).$client.execute("SELECT prediction_id FROM predictions");
      const logged = new Set(rows.map((row) => String(row[0])));
      return acknowledged.every((id) => logged.has(id)) ? true : null;
    });
    const status = await clientOf(workplace.stackOf(two)).health();
    expect(status.components["libsql"]?.status).toBe("ok");
    start.signal("SIGINT");
    await start.result;
    await workplace.untilNothingRuns();
  });

  it("that is killed leaves nothing that looks like a backup, and the next of that name is one", { timeout: TIME_LIMIT_MS }, async () => {
    const killed = join(workplace.folder, "killed");
    const partials = () => readdirSync(workplace.folder).filter((name) => /^killed\.\d+\.partial$/.test(name));
    // A file that nobody writes: it gets as far as the sidecar's, and no further.
    const held = join(two, "sidecar", "datasets", "held.parquet");
    execFileSync("mkfifo", [held]);
    const running = await workplace.start(["backup", killed, "--store", two]);
    const has_come = () => partials().some((name) => existsSync(join(workplace.folder, name, "store", "sidecar")));
    await until("the sidecar's part of the backup", async () => (has_come() ? true : null));
    running.signal("SIGKILL");
    await running.result;
    rmSync(held);
    expect([existsSync(killed), partials().length]).toEqual([false, 1]);
    const refused = await workplace.run(["restore", join(workplace.folder, partials()[0]!), "--store", workplace.store("three")]);
    expect(refused.stderr).toMatch(/is no backup: it has no manifest\.json/);
    // Of a store that nobody runs.
    expect((await workplace.run(["backup", killed, "--store", two])).code).toBe(0);
    expect([existsSync(join(killed, "manifest.json")), partials()]).toEqual([true, []]);
  });

  it("a store of a newer version is refused by start, serve and backup, and stays as it is", { timeout: TIME_LIMIT_MS }, async () => {
    const database = new DatabaseSync(databaseFile(two));
    database.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', 9999999999999)");
    database.close();
    const files = () => readdirSync(two).map((name) => `${name} ${statSync(join(two, name)).mtimeMs}`);
    const before = files();
    for (const command of [["start"], ["serve"], ["backup", join(workplace.folder, "newer")]]) {
      const { code, stderr } = await workplace.run([...command, "--store", two], env);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/two was written by a newer version of fx-medallion \(one migration/)]);
    }
    expect(files()).toEqual(before);
  });
});
