import { readFileSync } from "node:fs";
import { createTicker } from "../../cron-triggers/createTicker.ts";
import { readCrons, SWEEP_CRON } from "../../cron-triggers/schedule.ts";
import type { RunRequest } from "../../functions/local/client/workerClient.ts";
import { ALL_DAGS } from "../../functions/pipelines/all.ts";
import { latestInterval } from "../../shared/dag/cronInterval.ts";
import { DAY, HOUR, type Instant, MINUTE, toIso } from "../../shared/domain/instant.ts";
import type { KeptStack } from "./keptStack.ts";

/** One thing that makes pipelines run. It may be asked for again and again: a run of an interval is made once. */
export interface Move {
  readonly label: string;
  readonly ask: (stack: Pick<KeptStack, "client">) => Promise<unknown>;
}

export interface WorkOptions {
  /** The bootstrap's end, and the start of what the schedule does. */
  readonly end: Instant;
  readonly history_days: number;
  /** Hours after `end` whose crons fire. */
  readonly hours: number;
}

/**
 * What `npm start` makes of an empty store: the bootstrap's pipelines over its history, then every run that the schedule creates in
 * the hours after it. All windows are told, and one move is over before the next begins, so that two histories hold the same runs
 * over the same data whatever happened in between. By the stack's clock (clockFor) all of them have ended for longer than half an hour,
 * so that news is replayed from the sites' archives: a feed would say what is in it at the moment when it is asked.
 */
export function stormWork({ end, history_days, hours }: WorkOptions): Move[] {
  const window = { start: end - history_days * DAY, end };
  const bootstrap = ["data_collection", "market_feature_pipeline", "news_feature_pipeline", "model_training"].map((dag_id): Move => {
    const conf = dag_id === "model_training" ? { profile: "bootstrap" } : {};
    const run = { dag_id, run_id: `manual__bootstrap__${toIso(end)}`, ...window, conf, run_type: "manual" as const };
    return { label: `bootstrap ${dag_id}`, ask: ({ client }) => client.triggerRun(run) };
  });
  return [...bootstrap, ...scheduledMoves(end, hours)];
}

/** The ticker's own rule, walked through minute by minute. */
function scheduledMoves(end: Instant, hours: number): Move[] {
  const moves: Move[] = [];
  for (let minute = end + MINUTE; minute <= end + hours * HOUR + MINUTE; minute += MINUTE) {
    const dags = firedAt(minute).map((cron) => dagsOf(cron));
    // One move is over before the next begins: what features would wait for is collected first.
    const isCollecting = (dag_ids: readonly string[]) => Number(dag_ids.includes("data_collection"));
    for (const dag_ids of dags.toSorted((one, other) => isCollecting(other) - isCollecting(one))) {
      const runs = dag_ids.map((dag_id) => scheduledRun(dag_id, minute));
      const label = `${toIso(minute).slice(11, 16)} ${runs.map(({ dag_id }) => dag_id).join(", ")}`;
      moves.push({ label, ask: ({ client }) => Promise.all(runs.map((run) => client.triggerRun(run))) });
    }
  }
  return moves;
}

const WRANGLER = new URL("../../wrangler.toml", import.meta.url);

function dagsOf(cron: string): readonly string[] {
  return ALL_DAGS.filter(({ schedule }) => schedule?.trigger_cron === cron).map(({ dag_id }) => dag_id);
}

/** The run that the schedule makes then, asked for by name: of a cron of hours ago, the Worker makes none. */
function scheduledRun(dag_id: string, minute: Instant): RunRequest {
  const { schedule } = ALL_DAGS.find((dag) => dag.dag_id === dag_id)!;
  const window = latestInterval(schedule!.cron, schedule!.time_zone, minute);
  return { dag_id, run_id: `scheduled__${toIso(window.end)}`, ...window, conf: {}, run_type: "scheduled" };
}

function firedAt(minute: Instant): string[] {
  const crons = readCrons(readFileSync(WRANGLER, "utf8")).filter((cron) => cron !== SWEEP_CRON);
  return createTicker({ crons, fire: async () => undefined, log: () => undefined }).tick(minute);
}

/** A moment by which all of the work's windows have ended, on the clock of the stack. */
export function clockFor({ end, hours }: WorkOptions): Instant {
  return end + (hours + 1) * HOUR;
}
