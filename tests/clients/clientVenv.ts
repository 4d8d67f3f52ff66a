import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const PYTHON = process.env["FX_TEST_PYTHON"] ?? "python3";

/**
 * The Python of a virtual environment with the packages of tests/clients/NAME.txt, kept under .clients until that file changes. Null
 * where they cannot be had, with the reason on the screen: without an index nobody can compare.
 */
export function clientVenv(
  name: "airflow" | "kubernetes" | "mlflow2" | "mlflow3" | "feast" | "httpx" | "peer" | "xgboost",
  from: string = PYTHON,
): string | null {
  const requirements = join(import.meta.dirname, `${name}.txt`);
  const folder = join(ROOT, ".clients", name);
  const python = join(folder, "bin/python");
  const [wanted, done] = [readFileSync(requirements, "utf8"), join(folder, "installed.txt")];
  if (existsSync(done) && readFileSync(done, "utf8") === wanted) return python;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(ROOT, ".clients"), { recursive: true });
  const steps = [
    [from, "-m", "venv", folder],
    [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements],
  ] as const;
  for (const [command, ...args] of steps) {
    const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
    if (status === 0) continue;
    console.warn(`SKIPPED: ${command} ${args.join(" ")} fails:\n${error?.message ?? stderr.slice(-2_000)}`);
    return null;
  }
  writeFileSync(done, wanted);
  return python;
}
