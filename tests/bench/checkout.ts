import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Measured } from "./section.ts";

/** This one. */
export const HERE = fileURLToPath(new URL("../../", import.meta.url));

const NODE_FLAGS = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];
const MAX_OUTPUT_BYTES = 64 * 2 ** 20;

/**
 * Runs a measuring script of this checkout, `tests/bench/children/NAME`, on the modules of `checkout` and in a process of its own: so that
 * two checkouts are measured by the same code, each from a cold start. `args` follow the checkout.
 */
export async function measureIn(checkout: string, name: string, args: readonly string[] = []): Promise<readonly Measured[]> {
  const child = fileURLToPath(new URL(`children/${name}`, import.meta.url));
  const lines = (await outputOf(process.execPath, [...NODE_FLAGS, child, checkout, ...args], checkout)).trim().split("\n");
  return lines.flatMap((line) => JSON.parse(line) as readonly Measured[]);
}

/**
 * How a measuring script answers: a line for each of its parts. One that fails ends it and is told of on stderr: what was measured before
 * stands, since an older checkout may not know all that this one measures.
 */
export async function report(parts: readonly (() => Promise<readonly Measured[]>)[]): Promise<void> {
  for (const [index, part] of parts.entries()) {
    try {
      console.log(JSON.stringify(await part()));
    } catch (error) {
      if (index === 0) throw error;
      process.stderr.write(`Not measured in ${process.argv[2]}: ${error instanceof Error ? error.stack : String(error)}\n`);
      return;
    }
  }
}

/** What the bench of the checkout itself gives for one of its sections. */
export async function benchOf(checkout: string, section: string): Promise<readonly Measured[]> {
  const output = await outputOf(
    process.execPath,
    [...NODE_FLAGS, join(checkout, "tests/bench/bench.ts"), "--only", section, "--json"],
    checkout,
  );
  const { sections } = JSON.parse(output) as { sections: readonly { error: string | null; measured: readonly Measured[] }[] };
  const error = sections.find((one) => one.error !== null)?.error;
  if (error) throw new Error(error);
  return sections.flatMap(({ measured }) => measured);
}

/** A module of the checkout that a measuring script was given, by its path from the root. */
export async function moduleOf<Module>(path: string): Promise<Module> {
  return (await import(pathToFileURL(join(process.argv[2] ?? HERE, path)).href)) as Module;
}

async function outputOf(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(command, [...args], { cwd, maxBuffer: MAX_OUTPUT_BYTES });
  process.stderr.write(stderr);
  return stdout;
}
