import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { residentMegabytes } from "../../../functions/local/processes/residentMemory.ts";

const path = process.env["PATH"];
afterEach(() => {
  process.env["PATH"] = path;
});

describe("the memory of a process", () => {
  it.runIf(process.platform === "linux")("is told where there are no tools, as in a container", () => {
    process.env["PATH"] = "/nowhere";
    const { rss } = process.memoryUsage();
    const megabytes = residentMegabytes(process.pid, "process")!;
    expect(Math.abs(megabytes - rss / 1_048_576)).toBeLessThan(rss / 1_048_576 / 2);
  });

  it("is that of all of a group, and nothing when it has gone", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1e6); console.log('up')"], {
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    await once(child.stdout, "data");
    expect(residentMegabytes(child.pid!, "group")).toBeGreaterThan(10);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect([residentMegabytes(child.pid!, "group"), residentMegabytes(child.pid!, "process")]).toEqual([null, null]);
  });
});
