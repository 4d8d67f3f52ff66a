import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { clientVenv } from "./clientVenv.ts";

interface ActionLine {
  readonly action: string;
  readonly is_as_expected: boolean;
  readonly error?: string;
}

/** Airflow's own client, and its command, on a stack: how many of their calls do not show what they must. Null where they cannot be installed. */
export async function checkAirflow(url: string, token: string): Promise<number | null> {
  const python = clientVenv("airflow");
  if (python === null) {
    console.warn("SKIPPED: Airflow's client and airflowctl, since they cannot be installed here.");
    return null;
  }
  const home = mkdtempSync(join(tmpdir(), "fx-airflowctl-"));
  try {
    const client = await linesOf(python, "airflowActions.py", [url], token);
    const command = await linesOf(python, "airflowctlActions.py", [url, home], token);
    return show("apache-airflow-client 3.3.2", client) + show("airflowctl 0.1.5", command);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** What each call came to. A script that ends before its first line is an error. */
async function linesOf(python: string, file: string, args: readonly string[], token: string): Promise<readonly ActionLine[]> {
  const env = { ...process.env, FX_TOKEN: token };
  // It ends with 1 where a call does not show what it must: that stands in its line.
  const output = await promisify(execFile)(python, [join(import.meta.dirname, file), ...args], { env, maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: Error & { readonly stdout?: string }) => {
      if (error.stdout) return { stdout: error.stdout };
      throw error;
    },
  );
  const lines = output.stdout.split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line) as ActionLine);
}

function show(name: string, lines: readonly ActionLine[]): number {
  const wrong = lines.filter(({ is_as_expected }) => !is_as_expected);
  console.log(`\n${name}: ${lines.length - wrong.length} of ${lines.length} calls show what they must`);
  for (const { action, error } of wrong) console.log(`  WRONG ${action}: ${error}`);
  return wrong.length;
}
