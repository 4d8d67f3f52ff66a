import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface ToolEnd {
  readonly code: number;
  readonly last_line: string;
}

/**
 * Runs a program to its end, handing on each line that it writes. It ends with fx, and when `cancelled` fires: it is told to, and has ended when
 * this is done.
 */
export async function runTool(
  command: string,
  args: readonly string[],
  options: { readonly env: Record<string, string>; readonly cwd: string; readonly cancelled: AbortSignal; onLine(line: string): void },
): Promise<ToolEnd> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    signal: options.cancelled,
  });
  let last_line = "";
  const onLine = (line: string) => {
    if (line.trim() === "") return;
    last_line = line;
    options.onLine(line);
  };
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", onLine);
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on("line", onLine);
  const code = await new Promise<number>((resolve) => {
    child.once("error", (error) => {
      last_line = error.message;
      // One that was never started has no end; one that was told to stop has.
      if (child.pid === undefined) resolve(1);
    });
    child.once("close", (exit) => resolve(exit ?? 1));
  });
  return { code, last_line };
}
