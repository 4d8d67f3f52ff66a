import { execFile } from "node:child_process";

/** What a command prints; throws with the end of what it complains of. `input`: what it reads. */
export function outputOf(python: string, args: readonly string[], input = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(python, [...args], { maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) =>
      error ? reject(new Error(`${args.slice(0, 2).join(" ")}: ${stderr.trim().slice(-2_000) || error.message}`)) : resolve(stdout),
    );
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}
