import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runTool } from "../../../functions/local/commands/runTool.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fx-tool-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (command: string, script: string, cancelled: AbortSignal, onLine: (line: string) => void = () => {}) =>
  runTool(command, ["-e", script], { env: process.env as Record<string, string>, cwd: folder, cancelled, onLine });
const never = new AbortController().signal;

describe("a program that is run to its end", () => {
  it("says its code and its last line", async () => {
    const lines: string[] = [];
    const end = await run(process.execPath, 'console.log("one\\n\\ntwo"); process.exitCode = 3', never, (line) => lines.push(line));
    expect([end, lines]).toEqual([{ code: 3, last_line: "two" }, ["one", "two"]]);
  });

  it("that is told to stop has ended, and done what it does at its end, when this is done", async () => {
    const stop = new AbortController();
    const ended = join(folder, "ended");
    const script = `
      process.on("SIGTERM", () => setTimeout(() => { require("node:fs").writeFileSync(${JSON.stringify(ended)}, ""); process.exit(0); }, 200));
      setInterval(() => {}, 1_000);
      console.log("ready");`;
    await run(process.execPath, script, stop.signal, () => stop.abort());
    expect(existsSync(ended)).toBe(true);
  });

  it("that was told to stop before it began, and one that is not there, have failed", async () => {
    expect((await run(process.execPath, "setInterval(() => {}, 1_000)", AbortSignal.abort())).code).toBe(1);
    expect(await run(join(folder, "none"), "", never)).toMatchObject({ code: 1, last_line: expect.stringContaining("ENOENT") });
  });
});
