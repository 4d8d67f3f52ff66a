import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { groupMembers } from "../../functions/local/processes/processIdentity.ts";
import { type RunFile, runFilePath } from "../../functions/local/stack/runFile.ts";
import { createStackTokens } from "../../functions/local/stack/stackTokens.ts";
import { DAY } from "../../shared/domain/instant.ts";
import { type KeptStack, startKeptStack } from "../kill/keptStack.ts";
import { askAs } from "../support/api/askAs.ts";
import { expectDocsPage } from "../support/api/expectDocsPage.ts";
import { databaseOf } from "../support/databases/databaseOf.ts";
import { createFxWorkplace, SMALL } from "../support/stack/fxWorkplace.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

/** What a web page that is open on this machine, or another user of it, can do to a running stack: read and change nothing. */
const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
const workplace = createFxWorkplace();
const folder = workplace.store("attacked");
const CROSS_SITE = { origin: "https://evil.example", "sec-fetch-site": "cross-site", "content-type": "text/plain" };
const REBOUND = { host: "evil.example" };
let stack: KeptStack;
let run: RunFile;
const portOf = (part: "worker" | "sqld" | "sidecar" | "sandbox") => run.ports[part]!;

beforeAll(async () => {
  const env = { ...(await workplace.environment()), ...SMALL };
  stack = await startKeptStack({ root: ROOT, folder, env, clock_start: Date.now() });
  run = workplace.stackOf(folder);
}, TIME_LIMIT_MS);
afterAll(async () => {
  await stack?.stop();
  workplace.remove();
}, TIME_LIMIT_MS);

describe("libSQL", () => {
  const QUERY = JSON.stringify({ requests: [{ type: "execute", stmt: { sql: "SELECT 1" } }] });
  const ask = (headers: Record<string, string>, path = "/v2/pipeline") =>
    askAs(portOf("sqld"), path, path === "/dump" ? { headers } : { method: "POST", headers, body: QUERY });

  it("answers nobody without the token of this run", async () => {
    const earlier = createStackTokens({}).sqld;
    for (const path of ["/v2/pipeline", "/v3/pipeline", "/v1/execute", "/", "/dump"]) {
      expect([path, (await ask({}, path)).status]).not.toEqual([path, 200]);
      expect([path, (await ask(CROSS_SITE, path)).status]).not.toEqual([path, 200]);
      expect([path, (await ask({ authorization: `Bearer ${earlier}` }, path)).status]).not.toEqual([path, 200]);
    }
    // It hangs up on a body that it has not read yet, and the answer may be lost with it.
    expect([401, 0]).toContain((await ask({})).status);
    expect((await ask({ authorization: `Bearer ${run.tokens["sqld"]}` })).status).toBe(200);
  });

  it("gives it to the owner of the store only", () => {
    expect(statSync(runFilePath(folder)).mode & 0o777).toBe(0o600);
  });
});

describe("Worker, sidecar and sandbox", () => {
  it.each(["worker", "sidecar", "sandbox"] as const)("the %s answers by no foreign name", async (part) => {
    expect((await askAs(portOf(part), "/health", { headers: REBOUND })).status).toBe(403);
    expect((await askAs(portOf(part), "/health", { headers: { host: `localhost:${portOf(part)}` } })).status).toBe(200);
  });

  it("the sidecar and the sandbox want their tokens", async () => {
    expect((await askAs(portOf("sidecar"), "/v1/training/jobs")).status).toBe(401);
    expect((await askAs(portOf("sandbox"), "/v3/instruments/USD_SGD/candles")).status).toBe(401);
    expect((await askAs(portOf("sandbox"), "/sandbox/faults", { method: "DELETE" })).status).toBe(401);
  });

  it("a page changes nothing, by any of the Worker's ways in", async () => {
    const send = (method: string, path: string, body: string) => askAs(portOf("worker"), path, { method, headers: CROSS_SITE, body });
    expect((await send("PATCH", "/api/v2/dags/monitoring", '{"is_paused": true}')).status).toBe(403);
    expect((await send("POST", "/api/import/candles?instrument=USD_SGD&granularity=H1", "{}")).status).toBe(403);
    expect((await send("POST", "/predict", '{"instrument": "USD_SGD"}')).status).toBe(403);
    const { rows } = await databaseOf(folder).$client.execute("SELECT count(*) FROM dag_flags WHERE is_paused = 1");
    expect(rows[0]?.[0]).toBe(0);
  });

  it("wrangler dev has the page of /docs", () => expectDocsPage(`http://127.0.0.1:${portOf("worker")}`));

  it("the README's curl is understood", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const { status, text } = await askAs(portOf("worker"), "/predict", { method: "POST", headers, body: '{"instrument": "USD_SGD"}' });
    expect([status, text]).toEqual([503, expect.stringContaining("no_production_model")]);
  });

  it("a cron of another time, which the address of a picture can ask for, makes no run", async () => {
    const runs = async () =>
      (await stack.client.runs("data_collection", { limit: 100 })).dag_runs.map(({ data_interval_end }) => data_interval_end);
    for (const days of [-400, -2, 2, 27_000]) {
      const path = `/cdn-cgi/local/scheduled?cron=*/10+*+*+*+*&time=${Date.now() + days * DAY}`;
      await askAs(portOf("worker"), path, { headers: { "sec-fetch-site": "cross-site" } });
    }
    for (const end of await runs()) expect(Math.abs(Date.parse(end) - Date.now())).toBeLessThan(DAY);
  });
});

it.skipIf(!existsSync("/proc/net/tcp"))("nothing of it listens beyond the loopback, and no inspector does", async () => {
  const inodes = run.parts.flatMap(({ pid }) => groupMembers(pid)).flatMap(({ pid }) => socketsOf(pid));
  const listening = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap(listeningAddresses).filter(({ inode }) => inodes.includes(inode));
  expect(listening.length).toBeGreaterThanOrEqual(4);
  for (const { address, port } of listening) {
    expect(["0100007F", "00000000000000000000000001000000"]).toContain(address);
    // Where inspectors list what they would let anybody debug.
    expect((await askAs(port, "/json")).status).not.toBe(200);
  }
});

function socketsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1] ?? []);
}

/** A descriptor may be closed while it is looked at. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

/** Lines of /proc/net/tcp: the local address in hex, state 0A = LISTEN, field 9 the inode. */
function listeningAddresses(path: string): { address: string; port: number; inode: string }[] {
  const lines = readFileSync(path, "utf8").trim().split("\n").slice(1);
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === "0A")
    .map((fields) => {
      const [address = "", port = ""] = fields[1]!.split(":");
      return { address, port: Number.parseInt(port, 16), inode: fields[9]! };
    });
}
