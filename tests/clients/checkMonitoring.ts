import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createAlertmanagerSink } from "../../functions/adapters/notify/alertmanagerSink.ts";
import { readRunFile } from "../../functions/local/stack/runFile.ts";
import { HOUR, SECOND } from "../../shared/domain/instant.ts";
import { postedAlerts } from "../../shared/notify/postedAlerts.ts";
import { startMessageServer } from "../support/stack/messageServer.ts";
import { countsExactly } from "./countsExactly.ts";
import { type MonitoringServers, missingTools, runTool, startMonitoringServers } from "./monitoringServers.ts";
import { TROUBLES, type Trouble } from "./monitoringTroubles.ts";
import { monitorTwice, untilSo, type Watched } from "./watchedStack.ts";

interface World {
  readonly watched: Watched;
  readonly servers: MonitoringServers;
  /** Names of alerts that the webhook standing for Slack was told of, as firing and as resolved. */
  heard(): { readonly firing: ReadonlySet<string>; readonly resolved: ReadonlySet<string> };
}

/**
 * The real Prometheus and Alertmanager on a stack: rules and their tests, the exposition, and faults that fire their alert, reach Slack's stand-in and end after the repair.
 * Returns how many checks do not show what they must; null where the programs are not installed.
 */
export async function checkMonitoring(store: string, token: string): Promise<number | null> {
  const missing = missingTools();
  if (missing.length > 0) {
    console.warn(`SKIPPED: Prometheus and Alertmanager are not checked, since ${missing.join(", ")} cannot be found here.`);
    return null;
  }
  const stackNow = () => {
    const stack = readRunFile(store);
    if (stack === null) throw new Error(`nobody runs ${store}`);
    return stack;
  };
  const watched: Watched = {
    token,
    get stack() {
      return stackNow();
    },
  };
  const before = [
    ...(await staticChecks(watched)),
    await check("counters are the log, over two kills of the Worker", () => countsExactly(watched)),
  ];
  return before.filter((is_well) => !is_well).length + (await watch(watched));
}

/** What the two servers see of the stack. */
async function watch(watched: Watched): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "fx-monitoring-"));
  const webhook = await startMessageServer();
  const { ports, tokens } = watched.stack;
  const keys = { worker_key: watched.token, sidecar_token: tokens["sidecar"]! };
  const seen = { worker_port: ports["worker"]!, sidecar_port: ports["sidecar"]!, ...keys };
  const servers = await startMonitoringServers(folder, seen, webhook.url);
  const world: World = { watched, servers, heard: () => heardOf(webhook.received) };
  try {
    const results = [
      await check("both are scraped, and all rules are loaded", () => isWatched(world)),
      await check("what the monitoring finds by itself on a small market", () => settles(world)),
    ];
    results.push(await check("Alertmanager takes what the monitoring DAG posts, and its end", () => takesPosts(world)));
    for (const trouble of TROUBLES) results.push(await check(`${trouble.name}: ${trouble.alert}`, () => passes(world, trouble)));
    return results.filter((is_well) => !is_well).length;
  } finally {
    servers.stop();
    await webhook.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

async function check(name: string, look: () => Promise<void>): Promise<boolean> {
  try {
    await look();
    console.log(`  well: ${name}`);
    return true;
  } catch (error) {
    console.log(`  WRONG: ${name}: ${(error as Error).message}`);
    return false;
  }
}

async function staticChecks({ stack, token }: Watched): Promise<boolean[]> {
  const scrape = async (url: string, bearer: string) => {
    const response = await fetch(url, { headers: { authorization: `Bearer ${bearer}` } });
    if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    return response.text();
  };
  const sidecar = `http://127.0.0.1:${stack.ports["sidecar"]}/v1/metrics`;
  return [
    await check(
      "promtool check rules --lint=all",
      async () => void runTool("promtool", ["check", "rules", "--lint=all", "--lint-fatal", "alerts.yml", "recording.yml"]),
    ),
    await check("promtool test rules", async () => void runTool("promtool", ["test", "rules", "rules.test.yml"])),
    await check("promtool check config", async () => void runTool("promtool", ["check", "config", "--syntax-only", "prometheus.yml"])),
    await check("amtool check-config", async () => void runTool("amtool", ["check-config", "../alertmanager/alertmanager.yml"])),
    await check(
      "promtool check metrics, of the Worker",
      async () => void runTool("promtool", ["check", "metrics"], await scrape(`${stack.worker_url}/metrics`, token)),
    ),
    await check(
      "promtool check metrics, of the sidecar",
      async () => void runTool("promtool", ["check", "metrics"], await scrape(sidecar, stack.tokens["sidecar"]!)),
    ),
  ];
}

async function isWatched({ servers }: World): Promise<void> {
  await untilSo("two targets that are up", async () => {
    const { activeTargets } = (await ask(servers, "targets")) as { activeTargets: { health: string; lastError: string }[] };
    return activeTargets.length === 2 && activeTargets.every(({ health }) => health === "up");
  });
  const { groups } = (await ask(servers, "rules")) as { groups: { rules: { type: string; health: string; lastError?: string }[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  if (rules.filter(({ type }) => type === "alerting").length < 30) throw new Error(`only ${rules.length} rules are loaded`);
  await untilSo("rules that are evaluated", async () => {
    const again = (await ask(servers, "rules")) as { groups: { rules: { health: string }[] }[] };
    return again.groups.every((group) => group.rules.every(({ health }) => health === "ok"));
  });
}

/** The monitoring has run twice. A model of a small market may drift from it: that is told of, and is no part of what follows. */
async function settles(world: World): Promise<void> {
  await monitorTwice(world.watched);
  await sleep(3_000);
  const firing = await firingOf(world);
  for (const alert of firing) DONE.add(alert);
  const troubled = TROUBLES.filter(({ alert }) => firing.has(alert)).map(({ alert }) => alert);
  console.log(`    fires before anything was done: ${[...firing].join(", ") || "nothing"}`);
  if (troubled.length > 0) throw new Error(`${troubled.join(", ")} fires before its trouble was made`);
}

/** Where no Prometheus runs: by the adapter itself, as a stack whose clock is an hour ahead does it. */
async function takesPosts({ servers }: World): Promise<void> {
  const sink = createAlertmanagerSink({ url: servers.alertmanager_url, token: null }, { offset_ms: HOUR, public_url: null, fetch });
  const now = Date.now() + HOUR;
  const alert = {
    check: "drift",
    subject: "posted",
    metric: "psi_median",
    severity: "warning",
    state: "firing",
    summary: "It has moved.",
  } as const;
  const starts_at = now - 2 * HOUR;
  await sink.post(postedAlerts([{ ...alert, starts_at, ends_at: null }], new Map(), now));
  const isKnown = async () => {
    const found = await fetch(`${servers.alertmanager_url}/api/v2/alerts?filter=subject%3Dposted`);
    return ((await found.json()) as { startsAt: string; labels: Record<string, string> }[])[0] ?? null;
  };
  await untilSo("the posted alert", async () => (await isKnown()) !== null);
  const known = await isKnown();
  if (known?.labels["alertname"] !== "FeatureDrift" || Date.parse(known.startsAt) !== starts_at - HOUR)
    throw new Error(JSON.stringify(known));
  await sink.post(postedAlerts([{ ...alert, severity: "critical", starts_at, ends_at: null }], new Map(), now));
  await untilSo("the critical alert in the warning's place", async () => (await isKnown())?.labels["severity"] === "critical");
  const ended = { ...alert, severity: "critical", state: "resolved", starts_at, ends_at: now - SECOND } as const;
  await sink.post(postedAlerts([ended], new Map(), now));
  await untilSo("the end of the posted alert", async () => (await isKnown()) === null);
}

async function passes(world: World, trouble: Trouble): Promise<void> {
  const { alert, also = [] } = trouble;
  const before = world.heard().resolved.size;
  await trouble.make(world.watched);
  await untilSo(`${alert} at the webhook`, async () => world.heard().firing.has(alert));
  // Long enough for whatever else it might set off.
  await sleep(3_000);
  const others = [...world.heard().firing].filter((name) => name !== alert && !also.includes(name) && !DONE.has(name));
  const known = await fetch(`${world.servers.alertmanager_url}/api/v2/alerts?filter=alertname%3D${alert}`);
  if (((await known.json()) as unknown[]).length === 0) throw new Error("Alertmanager does not know it");
  await trouble.mend(world.watched);
  await untilSo(`the end of ${alert} at the webhook`, async () => world.heard().resolved.has(alert));
  DONE.add(alert);
  if (others.length > 0) throw new Error(`${others.join(", ")} fired as well`);
  if (world.heard().resolved.size <= before) throw new Error("its end was not told");
}

/** Those that fired before, or had their turn: they may be told of again. */
const DONE = new Set<string>();

async function firingOf({ servers }: World): Promise<ReadonlySet<string>> {
  const { alerts } = (await ask(servers, "alerts")) as { alerts: { state: string; labels: { alertname: string } }[] };
  return new Set(alerts.filter(({ state }) => state === "firing").map(({ labels }) => labels.alertname));
}

async function ask({ prometheus_url }: MonitoringServers, what: string): Promise<unknown> {
  const response = await fetch(`${prometheus_url}/api/v1/${what}`);
  if (response.status !== 200) throw new Error(`Prometheus answered ${what} with ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { data: unknown }).data;
}

/** Titles are "WARNING: BarsStale (2)" and "RESOLVED: BarsStale (2)". */
function heardOf(received: readonly { readonly path: string; readonly body: unknown }[]) {
  const firing = new Set<string>();
  const resolved = new Set<string>();
  for (const { path, body } of received.filter((one) => one.path === "/slack")) {
    const [attachment] = (body as { attachments?: { title?: string }[] }).attachments ?? [];
    const [, word, alert] = /^(\w+): (\w+)/.exec(attachment?.title ?? "") ?? [];
    if (alert === undefined) throw new Error(`${path} was told what nobody understands: ${JSON.stringify(body)}`);
    (word === "RESOLVED" ? resolved : firing).add(alert);
  }
  return { firing, resolved };
}
