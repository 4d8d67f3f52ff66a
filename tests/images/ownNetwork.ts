import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The services that others ask by their names. */
const NAMES = ["platform", "sidecar", "prometheus", "alertmanager"];

/** Runs a program of the checkout with a network of its own, in which there is nothing but what it starts. Its exit code. */
export async function inOwnNetwork(program: string, input: unknown): Promise<number> {
  const node = [process.execPath, ...process.execArgv, program];
  const child = spawn("unshare", ["--net", "--mount", "--", ...node], { stdio: ["pipe", "inherit", "inherit"] });
  child.stdin.end(JSON.stringify(input));
  const [code] = await once(child, "exit");
  return code ?? 1;
}

/** There: the loopback, and the names of the services on it as compose's network has them. The file that says so. */
export function bringUpNetwork(): string {
  execFileSync("ip", ["link", "set", "lo", "up"]);
  const hosts = join(mkdtempSync(join(tmpdir(), "fx-hosts-")), "hosts");
  writeFileSync(hosts, `127.0.0.1 localhost ${NAMES.join(" ")}\n`, { mode: 0o644 });
  execFileSync("mount", ["--make-rprivate", "/"]);
  execFileSync("mount", ["--bind", hosts, "/etc/hosts"]);
  return hosts;
}
