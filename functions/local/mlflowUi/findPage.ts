import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { AppError } from "../../../shared/errors.ts";
import type { Environment } from "../stack/environment.ts";

/** MLflow's web page as an installed package carries it. */
export interface MlflowPage {
  /** Holds index.html and static/. */
  readonly folder: string;
  readonly version: string;
}

/** Finds the package without running it: to import MLflow takes seconds. */
const LOOK = `
import importlib.metadata, importlib.util, json, sys
spec = importlib.util.find_spec("mlflow")
places = list(spec.submodule_search_locations or []) if spec else []
if not places: sys.exit("no package mlflow")
print(json.dumps({"folder": places[0], "version": importlib.metadata.version("mlflow")}))
`;
const LIMIT_MS = 60_000;

/**
 * The page of the first Python that has one: the named one alone, else that of the virtual environment in use, python3 and python. Throws
 * source_unavailable with what each of them said and how to get it.
 */
export async function findPage(env: Environment, named: string | null): Promise<MlflowPage> {
  const tried: string[] = [];
  for (const python of named === null ? pythonsOf(env) : [named]) {
    const found = await pageOf(python);
    if (typeof found !== "string") return found;
    tried.push(`  ${python}: ${found}`);
  }
  throw new AppError(
    "source_unavailable",
    `MLflow's web page comes with its Python package, and none was found:\n${tried.join("\n")}\nInstall it (pip install mlflow==3.17.2), or name a Python that has it: fx mlflow-ui --python PATH`,
    { status: 503 },
  );
}

function pythonsOf(env: Environment): string[] {
  const environments = [env["VIRTUAL_ENV"], env["CONDA_PREFIX"]].filter((folder): folder is string => Boolean(folder?.trim()));
  return [...environments.map((folder) => join(folder, "bin", "python")), "python3", "python"];
}

/** The page of one Python, or why it has none. */
async function pageOf(python: string): Promise<MlflowPage | string> {
  try {
    const { stdout } = await promisify(execFile)(python, ["-c", LOOK], { timeout: LIMIT_MS });
    const { folder, version } = JSON.parse(stdout) as { folder: string; version: string };
    const page = join(folder, "server", "js", "build");
    if (existsSync(join(page, "index.html"))) return { folder: page, version };
    return `mlflow ${version} has no page (mlflow-skinny has none)`;
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    return code === "ENOENT" ? "is not there" : (stderr?.trim().split("\n").at(-1) || (error as Error).message).slice(0, 300);
  }
}
