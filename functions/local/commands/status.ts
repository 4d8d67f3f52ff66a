import type { AlertView, MonitoringSummary } from "../../../shared/contracts/monitoring.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { type Instant, requireInstant } from "../../../shared/domain/instant.ts";
import { toAppError } from "../../../shared/errors.ts";
import { COUNTS_FOR_MS } from "../../../shared/notify/postedAlerts.ts";
import { createWorkerClient, type WorkerClient } from "../client/workerClient.ts";
import { residentMegabytes } from "../processes/residentMemory.ts";
import { type RunningStack, runningStacks } from "../stack/chooseStore.ts";
import { readSettings } from "../stack/settings.ts";
import { describeMarket, displayPath } from "../stack/store.ts";
import { EXIT_FAILED } from "../text/localError.ts";
import { hasColours, paintStatuses } from "../text/paint.ts";
import { renderTable, wrapText } from "../text/table.ts";
import { type Command, type CommandContext, STORE_OPTION, textOption } from "./command.ts";

export const statusCommand: Command = {
  name: "status",
  summary: "what runs on this machine, how it is, and what the monitoring says",
  positionals: [],
  options: { store: STORE_OPTION },
  details: [
    "Ends with 1 when no stack runs, a process of one is gone, its health is not ok, an alert fires, or the monitoring has not measured for 45 minutes. Colours on a terminal, unless NO_COLOR is set.",
  ],
  async run(context, args) {
    const named = textOption(args, "store");
    const stacks = runningStacks(context, named);
    if (stacks.length === 0) {
      context.stdout.write(`No stack runs on ${named === null ? "a store under data/lake" : named}. Start one: npm start\n`);
      return EXIT_FAILED;
    }
    const states: State[] = [];
    for (const stack of stacks) states.push(await stateOf(context, stack));
    const text = `${states.map((state) => state.text).join("\n\n")}\n`;
    context.stdout.write(hasColours(context.stdout, context.env) ? paintStatuses(text) : text);
    return states.every(({ is_well }) => is_well) ? 0 : EXIT_FAILED;
  },
};

interface State {
  readonly text: string;
  readonly is_well: boolean;
}

async function stateOf(context: CommandContext, stack: RunningStack): Promise<State> {
  const { run } = stack;
  const admin_token = readSettings(context.env).admin_token ?? run.tokens["worker"] ?? null;
  const client = createWorkerClient({ base_url: run.worker_url, admin_token }, context.cancelled);
  const asked = [await toldOr("Health", () => healthOf(client)), await toldOr("Monitoring", () => monitoringOf(client, run.started_at))];
  const parts = [processesOf(stack), ...asked];
  return { text: parts.map(({ text }) => text).join("\n\n"), is_well: parts.every(({ is_well }) => is_well) };
}

function processesOf({ folder, run }: RunningStack): State {
  const parts = [{ name: "fx", ...run.fx }, ...run.parts];
  const rows = parts.map((part) => {
    const memory = part.name === "fx" ? residentMegabytes(part.pid, "process") : residentMegabytes(part.pid, "group");
    return [part.name, String(part.pid), memory === null ? "gone" : `${Math.round(memory)} MB`];
  });
  const table = renderTable([{ title: "process" }, { title: "pid", align: "right" }, { title: "memory", align: "right" }], rows);
  const text = `Store ${displayPath(folder)} (${describeMarket(run.market)}), since ${run.started_at}, at ${run.worker_url}\n\n${table}`;
  return { text, is_well: rows.every(([, , memory]) => memory !== "gone") };
}

/** What cannot be had does not take what is known with it: that is when one looks. */
export async function toldOr(what: string, tell: () => Promise<State>): Promise<State> {
  try {
    return await tell();
  } catch (error) {
    const { code, message } = toAppError(error);
    if (code === "cancelled") throw error;
    return { text: `${what}: not known\n\n${wrapText(message, 118, "")}`, is_well: false };
  }
}

async function healthOf(client: WorkerClient): Promise<State> {
  const health = await client.health();
  const rows = Object.entries(health.components).map(([name, { status, detail }]) => [name, status, detail]);
  const table = renderTable([{ title: "component" }, { title: "status" }, { title: "detail" }], rows);
  return { text: `Health: ${health.status}\n\n${table}`, is_well: health.status === "ok" };
}

async function monitoringOf(client: WorkerClient, started_at: string): Promise<State> {
  const summary = await client.monitoring();
  const { alerts } = await client.alerts({ state: "firing" });
  const up_ms = Date.now() - Date.parse(started_at);
  const silence = silenceOf(summary, requireInstant((await client.store()).clock, "clock"), up_ms);
  const text = [renderMonitoring(summary, alerts), ...(silence === null ? [] : [silence])].join("\n\n");
  return { text, is_well: summary.alerts_firing === 0 && silence === null };
}

/**
 * What is to be said of a monitoring that does not measure, by the platform's clock: no alert of its own can tell of it. Null: it measures, or the stack has
 * not run for long enough to know.
 */
export function silenceOf({ checks }: Pick<MonitoringSummary, "checks">, now: Instant, up_ms: number): string | null {
  const newest = checks
    .flatMap(({ measured_at }) => (measured_at === null ? [] : [measured_at]))
    .sort()
    .at(-1);
  const is_silent = newest === undefined || now - requireInstant(newest, "measured_at") > COUNTS_FOR_MS;
  if (up_ms < COUNTS_FOR_MS || !is_silent) return null;
  const since = newest === undefined ? "Nothing has ever been measured" : `Nothing has been measured since ${newest}`;
  return `${since}: three runs of the DAG monitoring are missing, and nobody is told of anything. See: fx runs monitoring`;
}

/** Problems of a check that are told; fx alerts and the readings have them all. */
const TOLD = 4;

/** What the newest look of the monitoring found, and what fires of it. */
export function renderMonitoring({ status, checks }: MonitoringSummary, firing: readonly AlertView[]): string {
  const measured = checks.filter(({ measured_at }) => measured_at !== null);
  const title = `Monitoring: ${status}`;
  if (measured.length === 0) return `${title}\n\nNothing has been measured yet: the first look is at the next quarter of an hour.`;
  const counts = ["ok", "unknown", "warning", "breach"] as const;
  const rows = measured.map((check) => [
    check.check,
    check.status,
    ...counts.map((name) => String(check.counts[name])),
    check.measured_at!,
  ]);
  const numbers = counts.map((name) => ({ title: `n ${name}`, align: "right" as const }));
  const table = renderTable([{ title: "check" }, { title: "status" }, ...numbers, { title: "measured" }], rows);
  const problems = measured.flatMap((check) => problemsOf(check.problems));
  const alerts = firing.map(({ severity, starts_at, summary }) => line(`${severity} since ${starts_at}: ${summary}`));
  const told = firing.length === 0 ? "No alert fires." : `${counted(firing.length, "alert fires", "alerts fire")}:\n${alerts.join("\n")}`;
  return [`${title}\n\n${table}`, ...(problems.length === 0 ? [] : [problems.join("\n")]), told].join("\n\n");
}

function problemsOf(problems: readonly string[]): string[] {
  const more = problems.length > TOLD ? [`  and ${problems.length - TOLD} more: GET /api/monitoring/summary`] : [];
  return [...problems.slice(0, TOLD).map(line), ...more];
}

function line(text: string): string {
  return `  ${wrapText(text, 118, "    ")}`;
}
