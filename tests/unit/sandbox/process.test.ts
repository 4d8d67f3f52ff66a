import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { candlesOf, sandboxAt } from "./support.ts";

const MAIN = new URL("../../../data/sandbox/main.ts", import.meta.url).pathname;
const NOW = "2026-03-05T15:20:30Z";
let child: ChildProcess | null = null;

interface Run {
  readonly out: () => string;
  readonly exit: Promise<number | null>;
}

function start(env: Record<string, string>, ipc = false): Run {
  const started = spawn(process.execPath, ["--experimental-strip-types", "--no-warnings", MAIN], {
    env: { PATH: process.env["PATH"], SANDBOX_PORT: "0", FX_CLOCK: NOW, ...env },
    stdio: ipc ? ["ignore", "pipe", "pipe", "ipc"] : ["ignore", "pipe", "pipe"],
  });
  child = started;
  let text = "";
  for (const stream of [started.stdout, started.stderr]) stream?.on("data", (chunk) => (text += String(chunk)));
  // A child whose channel was closed by hand never emits "close"; the others do, once their output has been read.
  return { out: () => text, exit: once(started, ipc ? "exit" : "close").then(([code]) => code as number | null) };
}

async function listening(run: Run): Promise<string> {
  const deadline = AbortSignal.timeout(30_000);
  while (!deadline.aborted) {
    const url = /listening on (http:\S+)/.exec(run.out())?.[1];
    if (url) return url;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the sandbox does not listen: ${run.out()}`);
}

afterEach(() => {
  child?.kill("SIGKILL");
  child = null;
});

describe("the sandbox as a process", () => {
  it("listens, says so in one line, serves the same candles as any other process, and ends on SIGTERM", async () => {
    const run = start({ SANDBOX_SEED: "9" });
    const url = await listening(run);
    const response = await fetch(`${url}/v3/instruments/SGD_JPY/candles?granularity=H1&count=30&to=2011-05-05T00:00:00Z&price=MBA`, {
      headers: { Authorization: "Bearer sandbox" },
    });
    const here = await candlesOf(sandboxAt(NOW, { seed: 9 }), "SGD_JPY", "granularity=H1&count=30&to=2011-05-05T00:00:00Z&price=MBA");
    expect(((await response.json()) as { candles: unknown }).candles).toEqual(here);
    expect(run.out().trim().split("\n")).toHaveLength(1);
    expect(run.out()).toContain("clock 2026-03-05T15:20:3");
    child?.kill("SIGTERM");
    expect(await run.exit).toBe(0);
  });

  it("ends when its parent is gone", async () => {
    const run = start({}, true);
    await listening(run);
    child?.disconnect();
    expect(await run.exit).toBe(0);
  });

  it("says in one sentence that its port is taken", async () => {
    const holder = createServer();
    holder.listen(0, "127.0.0.1");
    await once(holder, "listening");
    const { port } = holder.address() as { port: number };
    const run = start({ SANDBOX_PORT: String(port) });
    expect(await run.exit).toBe(1);
    expect(run.out()).toBe(`sandbox: port ${port} on 127.0.0.1 is taken. Stop what listens there, or set SANDBOX_PORT to a free port.\n`);
    holder.close();
  });

  it("says in one sentence what is wrong with a setting", async () => {
    const run = start({ SANDBOX_SIGNAL: "2" });
    expect(await run.exit).toBe(1);
    expect(run.out()).toBe('sandbox: SANDBOX_SIGNAL: "2" is not a number from 0 (pure noise) to 1 (each bar known beforehand).\n');
  });
});
