import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pickFreePort } from "../../functions/local/processes/ports.ts";
import { experimentNameOf } from "../../shared/models/experimentName.ts";
import { modelNameOf } from "../../shared/models/modelName.ts";
import { createFxWorkplace, type FxWorkplace, SMALL, SMALL_HISTORY } from "../support/stack/fxWorkplace.ts";
import { pageScript } from "../support/stack/pageScript.ts";
import { checkAirflow } from "./checkAirflow.ts";
import { checkExamples } from "./checkExamples.ts";
import { checkMonitoring } from "./checkMonitoring.ts";
import { clientVenv } from "./clientVenv.ts";
import { type ActionLine, compareAnswers } from "./compareAnswers.ts";
import { compareFeast } from "./compareFeast.ts";
import { comparePages } from "./comparePages.ts";
import { DIFFERENCES } from "./differences.ts";
import { startMlflowServer } from "./mlflowServer.ts";
import type { PageData } from "./pageViews.ts";
import { showComparison } from "./showComparison.ts";

/**
 * `npm run test:clients`: the same actions of both real MLflow clients, and of Feast's, on our stack and on the real servers, and what
 * differs; and the stack as a real Prometheus and Alertmanager see it. With the names of some behind it (`-- feast`), of these alone.
 */

const TOKEN = "token-of-this-test";
const script = (name: string) => join(import.meta.dirname, name);

interface Client {
  readonly name: string;
  readonly python: string;
  /** Below the Worker's address. */
  readonly prefix: string;
  /** How it sends the token: one client each way. */
  readonly credentials: Readonly<Record<string, string>>;
}

async function run(client: Client, file: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, ...client.credentials, ACTIONS_SALT: client.name, FX_TOKEN: TOKEN, MLFLOW_HTTP_REQUEST_TIMEOUT: "120" };
  const { stdout } = await promisify(execFile)(client.python, [script(file), ...args], { env, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

async function actionsOf(client: Client, url: string): Promise<readonly ActionLine[]> {
  const lines = (await run(client, "actions.py", [url])).split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line) as ActionLine);
}

/** What training recorded is there for the client, and not for it to change. */
async function readsOwnModels(client: Client, url: string): Promise<boolean> {
  try {
    console.log(`  own models: ${(await run(client, "ownModels.py", [url, experimentNameOf("USD_SGD"), modelNameOf("USD_SGD")])).trim()}`);
    return true;
  } catch (error) {
    console.log(`  own models: ${(error as Error).message}`);
    return false;
  }
}

/** The script of docs/your-data.md by which somebody brings a model of their own, as it stands there. */
async function runPageScript({ python }: Client, folder: string, ours: string): Promise<boolean> {
  const file = join(folder, "ownModel.py");
  writeFileSync(file, pageScript("Bring your own model", ours));
  try {
    const { stdout } = await promisify(execFile)(python, [file], { env: { ...process.env, MLFLOW_TRACKING_TOKEN: TOKEN } });
    console.log(`  docs/your-data.md: ${stdout.trim().split("\n").at(-1)}`);
    return true;
  } catch (error) {
    console.log(`  docs/your-data.md: ${(error as Error).message}`);
    return false;
  }
}

/** Scripts on what is served: the address of the client, that of the Worker, its database and the model's name. */
async function runServed(client: Client, file: string, ours: string, store: string): Promise<boolean> {
  const args = [`${ours}${client.prefix}`, ours, join(store, "libsql/dbs/default/data"), modelNameOf("USD_SGD")];
  try {
    console.log(`  ${file}: ${(await run(client, file, args)).trim().split("\n").at(-1)}`);
    return true;
  } catch (error) {
    console.log(`  ${file}: ${(error as Error).message}`);
    return false;
  }
}

async function compareAll(clients: readonly Client[], store: string, ours: string, theirs: string): Promise<number> {
  let failed = 0;
  let passed = 0;
  for (const client of clients) {
    const [own, real] = await Promise.all([actionsOf(client, `${ours}${client.prefix}`), actionsOf(client, theirs)]);
    const comparison = compareAnswers(own, real, DIFFERENCES);
    showComparison(client.name, comparison);
    const is_read = await readsOwnModels(client, `${ours}${client.prefix}`);
    const is_loaded = await runServed(client, "loadModels.py", ours, store);
    const is_served = await runServed(client, "foreignModel.py", ours, store);
    const ends = [is_read, is_loaded, is_served];
    passed += comparison.equal.length + comparison.known.length + ends.filter((end) => end).length;
    failed += comparison.unknown.length + ends.filter((end) => !end).length;
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed;
}

/** MLflow's own page on both; `fx mlflow-ui` serves it here. Null where it was skipped. */
async function comparePageOf(
  workplace: FxWorkplace,
  store: string,
  client: Client,
  { ours, theirs }: Readonly<Record<"ours" | "theirs", string>>,
): Promise<number | null> {
  const dataOf = async (url: string) => JSON.parse((await run(client, "pageData.py", [url])).trim().split("\n").at(-1)!) as PageData;
  const port = await pickFreePort();
  const ui = await workplace.start(["mlflow-ui", "--store", store, "--python", client.python, "--port", String(port)], {
    ADMIN_TOKEN: TOKEN,
  });
  try {
    await ui.says(/Ctrl-C stops it/);
    const [own, real] = [await dataOf(ours), await dataOf(theirs)];
    return await comparePages({ url: `http://127.0.0.1:${port}`, data: own }, { url: theirs, data: real });
  } finally {
    ui.signal("SIGINT");
    await ui.result;
  }
}

/** The clients of MLflow and their page; null where they cannot be had. */
async function compareMlflow(workplace: FxWorkplace, store: string): Promise<number | null> {
  const [python_2, python_3] = [clientVenv("mlflow2"), clientVenv("mlflow3")];
  if (python_2 === null || python_3 === null) {
    console.warn("SKIPPED: MLflow's clients are not compared, since they cannot be installed here.");
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), "fx-clients-"));
  const server = await startMlflowServer(python_3, folder);
  try {
    const basic = { MLFLOW_TRACKING_USERNAME: "anyone", MLFLOW_TRACKING_PASSWORD: TOKEN };
    const clients: readonly Client[] = [
      { name: "3.17.2", python: python_3, prefix: "", credentials: { MLFLOW_TRACKING_TOKEN: TOKEN } },
      { name: "2.22.5", python: python_2, prefix: "/mlflow", credentials: basic },
    ];
    const ours = workplace.stackOf(store).worker_url;
    // First: the lists of the page show what was made last.
    const pages = await comparePageOf(workplace, store, clients[0]!, { ours, theirs: server.url });
    const failed = await compareAll(clients, store, ours, server.url);
    const is_run = await runPageScript(clients[0]!, folder, ours);
    return failed + (pages ?? 0) + (is_run ? 0 : 1);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const COMPARISONS = {
  examples: (workplace: FxWorkplace, store: string) => checkExamples(workplace.stackOf(store).worker_url, TOKEN),
  // Before the rest, which leave runs behind that last.
  airflow: (workplace: FxWorkplace, store: string) => checkAirflow(workplace.stackOf(store).worker_url, TOKEN),
  mlflow: compareMlflow,
  feast: (workplace: FxWorkplace, store: string) => compareFeast(workplace, store, TOKEN),
  // Last: it kills the Worker, and takes from the store what it has.
  monitoring: (_workplace: FxWorkplace, store: string) => checkMonitoring(store, TOKEN),
};

const asked = process.argv.slice(2);
const workplace = createFxWorkplace();
const store = workplace.store("own");
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
process.once("exit", () => workplace.remove());
const fx = await workplace.start(["start", "--store", store, ...SMALL_HISTORY], { ...SMALL, ADMIN_TOKEN: TOKEN });
try {
  await fx.says(/Ctrl-C/);
  for (const [name, compare] of Object.entries(COMPARISONS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    if (((await compare(workplace, store)) ?? 0) > 0) process.exitCode = 1;
  }
} finally {
  fx.signal("SIGINT");
  await fx.result;
  workplace.remove();
}
