import type { SentimentHealth } from "../../../shared/contracts/sentiment.ts";
import type { SidecarHealth } from "../../../shared/contracts/training.ts";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import { DAY, type Instant, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { toAppError } from "../../../shared/errors.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import { servedLag } from "../../../shared/monitoring/servedLag.ts";
import type { Backlog, OperationFacts, ServedClose } from "../../../shared/ports/monitorStore.ts";
import type { Sidecar } from "../../../shared/ports/sidecars.ts";
import type { Ports } from "../ports.ts";
import { checkReportSchema, recordReadings } from "./recordReadings.ts";

/** Of the lake, asked for to see whether it answers; it need not be there. */
const PROBE_KEY = "monitoring/probe";

/** Whether the machinery answers, and what it left undone in the last 24 hours. */
export const checkInfrastructure = defineStep({
  name: "infrastructure",
  report: checkReportSchema,
  run: async (ports: Ports, context) => {
    const at = context.window.end;
    const [facts, components] = [await ports.monitor.operations({ start: at - DAY, end: at }), await probeComponents(ports, at)];
    const report = recordReadings(ports, context, [...components, ...readingsOf(facts, at), ...(await lagsOfServing(ports, at))]);
    return { kind: "success", report };
  },
});

type Measured = Pick<Observation, "value" | "details" | "n" | "reason">;

function of(measured_at: Instant, subject: string, metric: string, measured: Measured): Observation {
  return { check: "infrastructure", subject, metric, measured_at, ...measured };
}

/** What does not answer is a reading of 0 with its error. Of the database only the answer can be told: without it there is no reading. */
async function probeComponents(ports: Ports, at: Instant): Promise<Observation[]> {
  const reachable = async (subject: string, probe: () => Promise<unknown>) => of(at, subject, "reachable", await answers(probe));
  const [sidecars, ...probes] = await Promise.all([
    Promise.all(ports.sidecars.all.map(lookAtSidecar)),
    reachable("database", () => ports.bars.market()),
    reachable("online_store", () => ports.online.read(ports.config.instruments[0]!)),
    reachable("lake", () => ports.lake.get(PROBE_KEY)),
  ]);
  return [...probes, ...readingsOfSidecars(sidecars, at)];
}

const SIDECAR_METRICS = ["reachable", "can_train", "reads_news_as_configured"] as const;

interface SidecarLook extends Readonly<Record<(typeof SIDECAR_METRICS)[number], Measured>> {
  readonly name: string;
}

async function lookAtSidecar({ name, trainer, sentiment }: Sidecar): Promise<SidecarLook> {
  const health: { training?: SidecarHealth["training"]; sentiment?: SentimentHealth } = {};
  const reachable = await answers(async () => {
    health.training = (await trainer.health()).training;
    health.sentiment = await sentiment.health();
  });
  return { name, reachable, can_train: canTrain(health.training), reads_news_as_configured: readsNews(health.sentiment) };
}

/**
 * Of several, "sidecar" is all of them together: as well as the best of them, since the work goes to any. Whether each answers is a reading of
 * its own.
 */
function readingsOfSidecars(looks: readonly SidecarLook[], at: Instant): Observation[] {
  const together = SIDECAR_METRICS.map((metric) => {
    const best = looks.map((look) => look[metric]).toSorted((one, other) => (other.value ?? -1) - (one.value ?? -1))[0]!;
    const details = looks.length === 1 ? {} : { details: Object.fromEntries(looks.map((look) => [look.name, look[metric]])) };
    return of(at, "sidecar", metric, { ...best, ...details });
  });
  return looks.length === 1
    ? together
    : [...together, ...looks.map(({ name, reachable }) => of(at, `sidecar ${name}`, "reachable", reachable))];
}

/** Longer than any weekend with a holiday beside it. */
const CLOSES_WITHIN_MS = 5 * DAY;

/** Where bars are collected at their close: how long it takes from there to the row that is served. */
async function lagsOfServing(ports: Ports, at: Instant): Promise<Observation[]> {
  if (ports.config.market_origin === "import") return [];
  const closes = await ports.monitor.closes({ start: at - CLOSES_WITHIN_MS, end: at });
  return ports.config.instruments.flatMap((instrument) => {
    const own = closes.filter((close) => close.instrument === instrument);
    const lagOf = (metric: string, since: (close: ServedClose) => Instant) => {
      const { p95_s, n, details } = servedLag(own, at, since);
      const reason = p95_s === null ? { reason: "no bar has closed while the schedule ran" } : {};
      return of(at, instrument, metric, { value: p95_s, n, details, ...reason });
    };
    return [lagOf("close_to_served_s", ({ close }) => close), lagOf("run_to_served_s", ({ queued_at }) => queued_at)];
  });
}

const NO_ANSWER: Measured = { value: null, reason: "the sidecar does not answer" };

function canTrain(training: SidecarHealth["training"] | undefined): Measured {
  if (!training) return NO_ANSWER;
  return { value: training.available ? 1 : 0, ...because(training.reason), details: { ...training } };
}

/** The lexicon is what a sidecar without a model is meant to read with; with a model, that it does is a failure. */
function readsNews(sentiment: SentimentHealth | undefined): Measured {
  if (!sentiment) return NO_ANSWER;
  const { engine, base, reason } = sentiment;
  return { value: engine === "fingpt" || base === null ? 1 : 0, ...because(reason), details: { ...sentiment } };
}

function because(reason: string | null): { reason?: string } {
  return reason === null ? {} : { reason };
}

async function answers(probe: () => Promise<unknown>): Promise<Measured> {
  try {
    await probe();
    return { value: 1 };
  } catch (error) {
    const { code, message } = toAppError(error);
    return { value: 0, reason: message, details: { code } };
  }
}

function readingsOf(facts: OperationFacts, at: Instant): Observation[] {
  const {
    failed_tasks,
    failed_runs,
    named_tasks,
    named_runs,
    missed_runs,
    callbacks,
    dead_letters,
    due_tasks,
    bronze_lines,
    bronze_rejects,
  } = facts;
  const rejected = total(bronze_rejects);
  const share =
    bronze_lines === 0 ? { value: null, reason: "no line of bronze was validated" } : { value: Math.min(1, rejected / bronze_lines) };
  return [
    of(at, "ledger", "failed_tasks_24h", { value: total(failed_tasks), details: { by_dag: failed_tasks, named: named_tasks } }),
    of(at, "ledger", "failed_runs_24h", { value: total(failed_runs), details: { by_dag: failed_runs, named: named_runs } }),
    of(at, "ledger", "missed_runs_24h", { value: missed_runs.length, details: { named: missed_runs.map(nameOfGap) } }),
    of(at, "ledger", "ledger_lag_min", waiting(due_tasks, at)),
    of(at, "callbacks", "oldest_undelivered_callback_min", waiting(callbacks, at)),
    of(at, "reprocess_queue", "dead_letters", { value: dead_letters.count, details: oldest(dead_letters) }),
    of(at, "candles", "bronze_reject_share_24h", { ...share, n: bronze_lines, details: { rejected, by_reason: bronze_rejects } }),
  ];
}

function nameOfGap({ dag_id, window }: OperationFacts["missed_runs"][number]): string {
  return `${dag_id} ${toIso(window.start)} to ${toIso(window.end)}`;
}

/** Minutes that the oldest has waited: 0 when nothing waits. */
function waiting(backlog: Backlog, at: Instant): Measured {
  const { count, oldest_at } = backlog;
  return { value: oldest_at === null ? 0 : Math.max(0, at - oldest_at) / MINUTE, details: { waiting: count, ...oldest(backlog) } };
}

function oldest({ oldest_at }: Backlog) {
  return oldest_at === null ? {} : { oldest_at: toIso(oldest_at) };
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
