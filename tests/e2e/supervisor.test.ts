import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDatabase } from "../../functions/adapters/libsql/database.ts";
import { groupMembers, type ProcessIdentity, signalGroup } from "../../functions/local/processes/processIdentity.ts";
import { REVIVALS } from "../../functions/local/processes/revivals.ts";
import { createSupervisor } from "../../functions/local/processes/supervisor.ts";
import { writePulse } from "../../functions/local/stack/parts/sqldPart.ts";
import { freePort } from "../support/stack/freePort.ts";
import { databasePart, frontedPart, serverPart } from "../support/stack/stackParts.ts";
import { until } from "../support/untilTrue.ts";

let folder = "";
let groups: number[] = [];
let children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fx-supervisor-"));
  groups = [];
  children = [];
});

afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  for (const group of groups) signalGroup(group, "SIGKILL");
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe("createSupervisor", () => {
  it("starts parts in health, and ends all of them and their children when it stops", async () => {
    const supervisor = createSupervisor({ log_folder: folder, onParts: (parts) => (groups = parts.map((part) => part.pid)) });
    await supervisor.start(databasePart(await freePort(), folder));
    await supervisor.start(serverPart("worker", await freePort(), folder));
    expect(groups.map((group) => groupMembers(group).length)).toEqual([1, 2]);
    await supervisor.stop();
    expect(groups.flatMap(groupMembers)).toEqual([]);
  });

  it("starts a part that dies again, alone and in one line, and stops it in the order of the first start", async () => {
    const said: string[] = [];
    const seen = new Set<number>();
    const onParts = (parts: readonly ProcessIdentity[]) => {
      groups = parts.map(({ pid }) => pid);
      for (const pid of groups) seen.add(pid);
    };
    const supervisor = createSupervisor({ log_folder: folder, onParts, say: (line) => void said.push(line) });
    const [database_port, port] = [await freePort(), await freePort()];
    await supervisor.start(databasePart(database_port, folder));
    let made = 0;
    await supervisor.start(serverPart("worker", port, folder), () => serverPart("worker", port, join(folder, String(++made), "..")));
    const [database, worker] = groups as [number, number];
    process.kill(database, "SIGKILL");
    await until(() => said.length === 1);
    process.kill(worker, "SIGKILL");
    await until(() => said.length === 2);
    expect(said).toEqual([
      expect.stringMatching(/^sqld was ended by SIGKILL: started again, up in [\d.]+ (ms|s)$/),
      expect.stringMatching(/^worker was ended by SIGKILL: started again, up in [\d.]+ (ms|s)$/),
    ]);
    expect([made, seen.size, groups.indexOf(worker), groups.length]).toEqual([1, 4, -1, 2]);
    // The database is still the first, and what the killed ones left in their groups has gone.
    expect(groups.map((group) => groupMembers(group).length)).toEqual([1, 2]);
    await supervisor.stop();
    expect([...seen].flatMap(groupMembers)).toEqual([]);
  });

  it("gives up when a part dies again and again, tells how its log ends, and stops the others", async () => {
    const said: string[] = [];
    const onParts = (parts: readonly ProcessIdentity[]) => (groups = parts.map(({ pid }) => pid));
    const supervisor = createSupervisor({ log_folder: folder, onParts, say: (line) => void said.push(line) });
    await supervisor.start(databasePart(await freePort(), folder));
    const dying = { ...serverPart("worker", await freePort(), folder), args: ["-e", 'console.error("no such thing"); process.exit(3)'] };
    await supervisor.start({ ...serverPart("worker", await freePort(), folder), name: "worker" }, () => dying);
    process.kill(groups[1] as number, "SIGKILL");
    const failure = await supervisor.failure;
    expect(failure.code).toBe("process_failed");
    expect(failure.message).toMatch(
      /^worker ended with code 3 before it was up, and was started again 5 times in the last 10 min\. The end of .*worker\.log:\n {2}\| no such thing$/,
    );
    expect(said).toEqual([]);
    await supervisor.stop();
    expect(groups.flatMap(groupMembers)).toEqual([]);
  });

  it("asks a part to finish what it holds before it stops it, and shows what it says", async () => {
    const said: string[] = [];
    const port = await freePort();
    const program = `require("node:http").createServer((request, response) => {
      if (request.method === "POST" && request.headers.authorization !== "Bearer t") response.statusCode = 401;
      response.end(JSON.stringify({ say: request.method === "POST" ? "3 wait" : null }));
    }).listen(${port}, "127.0.0.1");`;
    const supervisor = createSupervisor({ log_folder: folder, onParts: () => undefined, say: (line) => void said.push(line) });
    const drain = { url: `http://127.0.0.1:${port}/flush`, token: "t", within_ms: 20_000 };
    await supervisor.start({ ...serverPart("journal", port, folder), args: ["-e", program], drain });
    await supervisor.stop();
    expect(said).toEqual(["3 wait"]);
  });

  it("fails at once when a part ends before it is up, with the end of its log", async () => {
    const supervisor = createSupervisor({ log_folder: folder, onParts: () => undefined });
    const part = { ...serverPart("sidecar", await freePort(), folder), args: ["-e", 'console.error("no such thing"); process.exit(3)'] };
    await expect(supervisor.start(part)).rejects.toThrow(
      /^sidecar ended with code 3 before it was up\. The end of .*sidecar\.log:\n {2}\| no such thing$/,
    );
    await supervisor.stop();
  });

  it("fails with the reason when a part does not come up, or is not there", async () => {
    const supervisor = createSupervisor({ log_folder: folder, onParts: (parts) => (groups = parts.map((part) => part.pid)) });
    const mute = { ...serverPart("worker", await freePort(), folder), args: ["-e", "setInterval(() => {}, 1000)"], up_within_ms: 300 };
    await expect(supervisor.start(mute)).rejects.toThrow(/^worker did not come up within 0\.3 s \(.*ECONNREFUSED\)/);
    await supervisor.stop();
    expect(groups.flatMap(groupMembers)).toEqual([]);
    const absent = createSupervisor({ log_folder: folder, onParts: () => undefined });
    await expect(absent.start({ ...mute, command: join(folder, "nothing") })).rejects.toThrow(/could not be started \(ENOENT/);
    await absent.stop();
  });
});

describe("a part that lives and does not answer", () => {
  const terms = { period_ms: 40, refused_for_ms: 10_000, silent_for_ms: 60_000, bereft_for_ms: 200 };
  const members = (pid: number) => groupMembers(pid).length;
  const frontOf = (group: number) => groupMembers(group).find(({ pid }) => pid !== group)?.pid as number;

  it("is started again by itself, with one line that says so, and leaves nothing behind", async () => {
    const said: string[] = [];
    const seen = new Set<number>();
    const onParts = (parts: readonly ProcessIdentity[]) => {
      groups = parts.map(({ pid }) => pid);
      for (const pid of groups) seen.add(pid);
    };
    const supervisor = createSupervisor({ log_folder: folder, onParts, say: (line) => void said.push(line), watch_terms: terms });
    const port = await freePort();
    await supervisor.start(databasePart(await freePort(), folder));
    await supervisor.start(frontedPart("worker", port, folder));
    const [database, worker] = groups as [number, number];
    process.kill(frontOf(worker), "SIGKILL");
    await until(() => said.length > 0);
    expect(said).toEqual([
      expect.stringMatching(/^worker has not answered for \d+ s \(a process of it has ended\): started again, up in [\d.]+ (ms|s)$/),
    ]);
    expect(await (await fetch(`http://127.0.0.1:${port}/health`)).text()).toBe("ok");
    expect([...seen]).toHaveLength(3);
    expect([members(database), members(worker), groups.includes(worker)]).toEqual([1, 0, false]);
    await supervisor.stop();
    expect([...seen].flatMap(groupMembers)).toEqual([]);
  });

  it("fails the stack when that does not help for long", async () => {
    const said: string[] = [];
    const onParts = (parts: readonly ProcessIdentity[]) => (groups = parts.map(({ pid }) => pid));
    const supervisor = createSupervisor({ log_folder: folder, onParts, say: (line) => void said.push(line), watch_terms: terms });
    await supervisor.start(frontedPart("worker", await freePort(), folder));
    for (let times = 1; times <= REVIVALS + 1; times++) {
      process.kill(frontOf(groups[0] as number), "SIGKILL");
      if (times <= REVIVALS) await until(() => said.length === times, 20_000);
    }
    const failure = await supervisor.failure;
    expect(failure.message).toMatch(/^worker has not answered for \d+ s .*, and was started again 5 times in the last 10 min\./);
    await supervisor.stop();
    expect(groups.flatMap(groupMembers)).toEqual([]);
  });
});

describe("a database that takes no write", () => {
  it("is noticed by that, and started again alone, with all that it had acknowledged", async () => {
    const said: string[] = [];
    const onParts = (parts: readonly ProcessIdentity[]) => (groups = parts.map(({ pid }) => pid));
    const supervisor = createSupervisor({ log_folder: folder, onParts, say: (line) => void said.push(line) });
    const port = await freePort();
    const part = databasePart(port, folder);
    const health = { ...part.health!, pulse: writePulse(`http://127.0.0.1:${port}`, "none") };
    // As long as in earnest: on a crowded machine a database may well write nothing for two seconds, and be replaced before it is stopped.
    await supervisor.start({ ...part, health, watch: { period_ms: 50, silent_for_ms: 8_000 } });
    await supervisor.start(serverPart("worker", await freePort(), folder));
    const [stopped, worker] = groups as [number, number];
    const { $client: client } = createDatabase(`http://127.0.0.1:${port}`);
    await client.execute("CREATE TABLE store_facts (key TEXT PRIMARY KEY, value TEXT)");
    await client.execute("INSERT INTO store_facts VALUES ('a', 'acknowledged')");
    process.kill(stopped, "SIGSTOP");
    // Asked while it is stopped: cut off when it is killed, and sent again by the client.
    const write = client.execute("INSERT INTO store_facts VALUES ('b', 'asked meanwhile')");
    await write;
    expect((await client.execute("SELECT value FROM store_facts ORDER BY key")).rows.map((row) => row[0])).toEqual([
      "acknowledged",
      "asked meanwhile",
    ]);
    await until(() => said.length > 0, 20_000);
    expect(said[0]).toMatch(/^sqld has not answered for \d+ s \(it takes no write\): started again, up in [\d.]+ (ms|s)$/);
    expect([groups.includes(stopped), groups.includes(worker), groupMembers(stopped).length]).toEqual([false, true, 0]);
    await supervisor.stop();
  });
});
