import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clearLeftovers } from "../../functions/local/processes/leftovers.ts";
import { requireFreePorts } from "../../functions/local/processes/ports.ts";
import {
  groupMembers,
  identifyProcess,
  ownGroupMembers,
  type ProcessIdentity,
  signalGroup,
} from "../../functions/local/processes/processIdentity.ts";
import { claimStore, type RunFile, readRunFile, runFilePath } from "../../functions/local/stack/runFile.ts";
import { freePort } from "../support/stack/freePort.ts";
import { until } from "../support/untilTrue.ts";

const SUPERVISE = join(import.meta.dirname, "../support/stack/superviseMain.ts");
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
