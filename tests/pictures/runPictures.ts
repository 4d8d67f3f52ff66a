import { execFileSync, spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pickFreePort } from "../../functions/local/processes/ports.ts";
import type { RunFile } from "../../functions/local/stack/runFile.ts";
import { HOUR, SECOND, toIso } from "../../shared/domain/instant.ts";
import { createFxWorkplace, type FxWorkplace, SMALL, SMALL_HISTORY } from "../support/stack/fxWorkplace.ts";
import { drawRecord } from "./drawRecord.ts";
import { pictureBoards } from "./pictureBoards.ts";
import { readingsHistory } from "./writeHistory.ts";

/**
 * `npm run dashboards:pictures`: starts a stack of its own and a real Prometheus (Debian's), asks for every panel of the Grafana dashboards, says
 * which have no answer, and draws docs/pictures with Chromium. Fails where one without a known reason has none. Minutes on two cores.
 */

const INSTRUMENTS = SMALL.INSTRUMENTS.split(",");
const SHOWN_MS = 12 * HOUR;
const SCRAPE_S = 5;
/** Of scrapes, at the end of the shown time. */
const LIVE_MS = 100 * SECOND;
const SIDECAR_TOKEN = "token-of-these-pictures";
const NOTE =
  "A young stack on the simulated market, drawn from the answers of a real Prometheus. Its predictions are drawn by chance: no skill is what there is to see.";

const workplace = createFxWorkplace();
try {
  const run = await startStack(workplace);
  await predictFor(run, 3 * SECOND);
  console.log(`${await drawRecord(run, Date.now())} predictions drawn by chance`);
  const now = Math.floor(Date.now() / HOUR) * HOUR;
  for (let at = now - SHOWN_MS; at < now; at += HOUR) await monitor(["--from", toIso(at - HOUR / 4), "--to", toIso(at)]);
  await monitor([]);
  const { url, stop } = await startPrometheus(run);
  try {
    const live_from_s = Math.floor(Date.now() / SECOND);
    await predictFor(run, LIVE_MS / 2);
    // Tasks that end while it is scraped.
    await monitor([]);
    await predictFor(run, LIVE_MS / 2);
    const to_s = Math.floor(Date.now() / SECOND);
    const asked = { prometheus: url, from_s: to_s - SHOWN_MS / SECOND, to_s, live_from_s, instruments: ".+" };
    const found = await pictureBoards(asked, INSTRUMENTS, NOTE);
    console.log(JSON.stringify(found, null, 2));
    if (found.unexplained.length > 0) process.exitCode = 1;
  } finally {
    stop();
  }
} finally {
  workplace.remove();
}

async function startStack({ start, stackOf, store }: FxWorkplace): Promise<RunFile> {
  const fx = await start(["serve", "--store", store("pictures"), ...SMALL_HISTORY], { ...SMALL, SIDECAR_TOKEN });
  await fx.says(/^\s*runs /m);
  return stackOf(store("pictures"));
}

async function monitor(window: readonly string[]): Promise<void> {
  const { code, stderr } = await workplace.run(["trigger", "monitoring", ...window, "--store", workplace.store("pictures")], SMALL);
  if (code !== 0) throw new Error(`fx trigger monitoring ends with ${code}: ${stderr}`);
}

/** Asks for a prediction of each instrument again and again, as users do. */
async function predictFor({ worker_url }: RunFile, time_ms: number): Promise<void> {
  for (const until = Date.now() + time_ms; Date.now() < until; await sleep(SECOND))
    for (const instrument of INSTRUMENTS)
      await fetch(`${worker_url}/predict`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ instrument }),
      });
}

async function startPrometheus(run: RunFile): Promise<{ readonly url: string; readonly stop: () => void }> {
  const [port, folder] = [await pickFreePort(), workplace.folder];
  const targets = { worker: `127.0.0.1:${run.ports["worker"]}`, sidecar: `127.0.0.1:${run.ports["sidecar"]}` };
  const history = await readingsHistory(run, Date.now() - SHOWN_MS, Date.now(), "fx-worker", targets.worker);
  writeFileSync(join(folder, "history.txt"), history);
  execFileSync("promtool", ["tsdb", "create-blocks-from", "openmetrics", join(folder, "history.txt"), join(folder, "tsdb")], {
    stdio: "ignore",
  });
  const scrapes = [
    { job_name: "fx-worker", static_configs: [{ targets: [targets.worker] }] },
    {
      job_name: "fx-sidecar",
      metrics_path: "/v1/metrics",
      authorization: { credentials: SIDECAR_TOKEN },
      static_configs: [{ targets: [targets.sidecar] }],
    },
  ];
  // JSON is YAML.
  const config = { global: { scrape_interval: `${SCRAPE_S}s` }, scrape_configs: scrapes };
  writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(config));
  const options = [`--config.file=${join(folder, "prometheus.yml")}`, `--storage.tsdb.path=${join(folder, "tsdb")}`];
  const prometheus = spawn("prometheus", [...options, `--web.listen-address=127.0.0.1:${port}`], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; !(await isReady(url)); tries++) {
    if (tries > 60) throw new Error("prometheus is not ready after a minute.");
    await sleep(SECOND);
  }
  return {
    url,
    stop: () => {
      prometheus.kill();
      rmSync(join(folder, "history.txt"), { force: true });
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/-/ready`)).ok;
  } catch {
    return false;
  }
}
