import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pickFreePort } from "../../functions/local/processes/ports.ts";
import { untilSo } from "./watchedStack.ts";

const DASHBOARDS = join(import.meta.dirname, "../../dashboards");

/** Debian's names of the programs, of its packages prometheus and prometheus-alertmanager. */
const TOOLS = { prometheus: "prometheus", promtool: "promtool", alertmanager: "prometheus-alertmanager", amtool: "amtool" } as const;

/** What is not installed of them. */
export function missingTools(): string[] {
  return Object.values(TOOLS).filter((tool) => {
    try {
      execFileSync("which", [tool], { stdio: "ignore" });
      return false;
    } catch {
      return true;
    }
  });
}

/** Runs promtool or amtool; fails with what it says. */
export function runTool(tool: "promtool" | "amtool", args: readonly string[], input?: string): string {
  try {
    return execFileSync(TOOLS[tool], args, {
      encoding: "utf8",
      cwd: join(DASHBOARDS, "prometheus"),
      ...(input === undefined ? {} : { input }),
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${tool} ${args.join(" ")}: ${stdout}${stderr}`, { cause: error });
  }
}

export interface MonitoredStack {
  readonly worker_port: number;
  readonly sidecar_port: number;
  readonly worker_key: string;
  readonly sidecar_token: string;
}

export interface MonitoringServers {
  readonly prometheus_url: string;
  readonly alertmanager_url: string;
  stop(): void;
}

/**
 * The real Prometheus and Alertmanager on the repository's own files, with a minute made three seconds: scrapes and evaluations every two, and every
 * duration of rules and routes a twentieth. Slack is `webhook_url`, and so is e-mail.
 */
export async function startMonitoringServers(folder: string, stack: MonitoredStack, webhook_url: string): Promise<MonitoringServers> {
  const [prometheus, alertmanager] = [await pickFreePort(), await pickFreePort()];
  mkdirSync(join(folder, "secrets"), { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("secrets/worker_key", stack.worker_key);
  write("secrets/sidecar_token", stack.sidecar_token);
  write("secrets/slack_webhook_url", `${webhook_url}/slack`);
  for (const file of ["alerts.yml", "recording.yml"]) write(file, inSeconds(read(`prometheus/${file}`)));
  write("prometheus.yml", scrapesOf(read("prometheus/prometheus.yml"), stack, alertmanager));
  write("alertmanager.yml", routesOf(read("alertmanager/alertmanager.yml"), webhook_url));
  const processes = [
    start(folder, "prometheus", [
      "--config.file=prometheus.yml",
      `--web.listen-address=127.0.0.1:${prometheus}`,
      `--storage.tsdb.path=${join(folder, "tsdb")}`,
    ]),
    start(folder, "alertmanager", [
      "--config.file=alertmanager.yml",
      `--web.listen-address=127.0.0.1:${alertmanager}`,
      "--cluster.listen-address=",
      `--storage.path=${join(folder, "alertmanager")}`,
    ]),
  ];
  const servers: MonitoringServers = {
    prometheus_url: `http://127.0.0.1:${prometheus}`,
    alertmanager_url: `http://127.0.0.1:${alertmanager}`,
    stop: () => {
      for (const process of processes) process.kill("SIGKILL");
    },
  };
  try {
    // Both listen before they can answer: Prometheus says 503 to every question until its storage is open.
    for (const url of [servers.prometheus_url, servers.alertmanager_url])
      await untilSo(`an answer of ${url}/-/ready`, async () => {
        const ended = processes.find(({ exitCode }) => exitCode !== null);
        if (ended !== undefined) throw new Error(`${ended.spawnfile} has ended with ${ended.exitCode}`);
        return (await fetch(`${url}/-/ready`)).status === 200;
      });
  } catch (error) {
    servers.stop();
    throw error;
  }
  return servers;
}

function start(folder: string, tool: "prometheus" | "alertmanager", args: readonly string[]): ChildProcess {
  return spawn(TOOLS[tool], args, { cwd: folder, stdio: "ignore" });
}

function read(path: string): string {
  return readFileSync(join(DASHBOARDS, path), "utf8");
}

const SECONDS_A_MINUTE = 3;

/** Durations of rules and ranges in them; limits stay as they are. */
function inSeconds(text: string): string {
  const scaled = (minutes: string) => `${Number(minutes) * SECONDS_A_MINUTE}s`;
  return text
    .replaceAll(/((?:for|keep_firing_for): )(\d+)m\b/g, (_all, what, minutes) => `${what}${scaled(minutes)}`)
    .replaceAll(/\[(\d+)m\]/g, (_all, minutes) => `[${scaled(minutes)}]`);
}

function scrapesOf(text: string, { worker_port, sidecar_port }: MonitoredStack, alertmanager: number): string {
  return text
    .replaceAll("15s", "2s")
    .replaceAll("127.0.0.1:8787", `127.0.0.1:${worker_port}`)
    .replaceAll("127.0.0.1:8791", `127.0.0.1:${sidecar_port}`)
    .replaceAll("127.0.0.1:9093", `127.0.0.1:${alertmanager}`);
}

/** Without SMTP there is nobody to take an e-mail: a webhook of that receiver stands for it. */
function routesOf(text: string, webhook_url: string): string {
  const email = /email_configs:\n(?: {6,}.*\n)+/;
  return text
    .replace(email, `webhook_configs:\n      - url: ${webhook_url}/email\n        send_resolved: true\n`)
    .replace("group_wait: 30s", "group_wait: 500ms")
    .replace("group_interval: 5m", "group_interval: 1s");
}
