import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDatabase } from "../../functions/adapters/libsql/database.ts";
import { clearLeftovers } from "../../functions/local/processes/leftovers.ts";
import { requireFreePorts } from "../../functions/local/processes/ports.ts";
import {
  groupMembers,
  identifyProcess,
  ownGroupMembers,
  type ProcessIdentity,
  signalGroup,
} from "../../functions/local/processes/processIdentity.ts";
import { REVIVALS } from "../../functions/local/processes/revivals.ts";
import { createSupervisor } from "../../functions/local/processes/supervisor.ts";
import { writePulse } from "../../functions/local/stack/parts/sqldPart.ts";
import { claimStore, type RunFile, readRunFile, runFilePath } from "../../functions/local/stack/runFile.ts";
import { freePort } from "../support/freePort.ts";
import { databasePart, frontedPart, serverPart } from "../support/stackParts.ts";

const SUPERVISE = join(import.meta.dirname, "../support/superviseMain.ts");
const FACTS = { market: "sandbox", worker_url: "http://127.0.0.1:1", ports: {}, started_at: "2025-01-01T00:00:00Z" } as const;

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

describe("a supervisor that is killed", () => {
  it("leaves no orphan, and the store to the next", async () => {
    const { child, parts } = await startStack();
    child.kill("SIGKILL");
    await until(() => parts.every((part) => ownGroupMembers(part).length === 0));
    const claim = claimStore(folder, FACTS);
    expect(claim.leftover?.fx.pid).toBe(child.pid);
    expect(await clearLeftovers(claim.leftover as RunFile)).toEqual([]);
    claim.release();
    expect(readRunFile(folder)).toBeNull();
  });

  it("keeps the store to itself while it lives", async () => {
    const { child } = await startStack();
    const second = spawnSupervisor(await freePort(), await freePort());
    const said = (await once(second.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
    const [code] = second.exitCode === null ? ((await once(second, "exit")) as [number]) : [second.exitCode];
    expect(code).toBe(1);
    expect(said.toString()).toContain(`A stack already runs on the store ${folder}: fx process ${child.pid}`);
    expect(identifyProcess(child.pid as number)).not.toBeNull();
  });
});

describe("leftovers of a killed run", () => {
  it("are ended with all of their group by the next start, and strangers with their numbers are not", async () => {
    const ours = lone();
    const stranger = lone();
    const dead: RunFile = {
      ...FACTS,
      tokens: {},
      fx: { ...identityOf(ours), pid: 2 ** 30 },
      parts: [
        { name: "sqld", ...identityOf(ours) },
        { name: "worker", ...identityOf(stranger), started: identityOf(stranger).started + 1_000_000 },
      ],
    };
    writeFileSync(runFilePath(folder), JSON.stringify(dead));
    const claim = claimStore(folder, FACTS);
    expect(readRunFile(folder)?.parts).toEqual(dead.parts);
    expect(await clearLeftovers(claim.leftover as RunFile)).toEqual(["sqld"]);
    expect(groupMembers(ours.pid as number)).toEqual([]);
    expect(groupMembers(stranger.pid as number)).toHaveLength(1);
  });

  it("do not hold the store when the file is not whole", () => {
    writeFileSync(runFilePath(folder), '{"fx":');
    const claim = claimStore(folder, FACTS);
    expect(claim.leftover).toBeNull();
    expect(readRunFile(folder)?.fx.pid).toBe(process.pid);
  });
});

describe("requireFreePorts", () => {
  it("names the port, who holds it and how to choose another", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const wanted = [{ part: "the Worker", port, variable: "FX_WORKER_PORT" }];
    await expect(requireFreePorts(wanted)).rejects.toThrow(
      new RegExp(
        `^Port ${port}, wanted for the Worker, is in use by process ${process.pid} \\(.*\\)\\. Stop that, or choose another port with FX_WORKER_PORT=PORT\\.$`,
      ),
    );
    server.close();
    await once(server, "close");
    await expect(requireFreePorts(wanted)).resolves.toBeUndefined();
  });
});

function spawnSupervisor(sqld_port: number, server_port: number): ChildProcess {
  const args = [
    "--experimental-strip-types",
    "--disable-warning=ExperimentalWarning",
    SUPERVISE,
    folder,
    String(sqld_port),
    String(server_port),
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return child;
}

async function startStack(): Promise<{ child: ChildProcess; parts: readonly ProcessIdentity[] }> {
  const child = spawnSupervisor(await freePort(), await freePort());
  const [said] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  expect(said.toString()).toBe("up\n");
  const parts = (JSON.parse(readFileSync(runFilePath(folder), "utf8")) as RunFile).parts;
  groups = parts.map((part) => part.pid);
  expect(groups.map((group) => groupMembers(group).length)).toEqual([1, 2]);
  return { child, parts };
}

function lone(): ChildProcess {
  const child = spawn("sleep", ["300"], { detached: true, stdio: "ignore" });
  groups.push(child.pid as number);
  return child;
}

function identityOf(child: ChildProcess): ProcessIdentity {
  const identity = identifyProcess(child.pid as number);
  if (!identity) throw new Error("the process was not found");
  return identity;
}

/** Orphans are given the 5 s that the architecture promises. */
async function until(isTrue: () => boolean, within_ms = 5_000): Promise<void> {
  for (const deadline = Date.now() + within_ms; !isTrue(); await sleep(25)) {
    if (Date.now() > deadline) throw new Error("an orphan lives after 5 s");
  }
}
