import { execFile } from "node:child_process";

export type CommandOutcome = { readonly ok: true } | { readonly ok: false; readonly notFound: boolean; readonly reason: string };

export type RunCommand = (command: string, args: readonly string[], timeoutMs: number) => Promise<CommandOutcome>;

/** Runs a program to its end. The reason of a failure is the last lines that it wrote to stderr. */
export const runCommand: RunCommand = (command, args, timeoutMs) =>
  new Promise((resolve) => {
    execFile(command, args, { timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: 16 * 1024 * 1024 }, (error, _stdout, stderr) => {
      if (error === null) return resolve({ ok: true });
      const notFound = error.code === "ENOENT";
      const words = stderr.trim().split("\n").slice(-3).join(" ").trim();
      const ended = error.killed === true ? `no end within ${timeoutMs / 1000} s` : error.message;
      resolve({ ok: false, notFound, reason: words === "" ? ended : words });
    });
  });
