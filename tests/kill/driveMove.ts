import { setTimeout as sleep } from "node:timers/promises";
import { fireCron } from "../../cron-triggers/fireCron.ts";
import { SWEEP_CRON } from "../../cron-triggers/schedule.ts";
import { createDatabase } from "../../functions/adapters/libsql/database.ts";
import { urlOf } from "../../functions/local/stack/settings.ts";
import { LEASE } from "../../shared/dag/lease.ts";
import { type Instant, MINUTE, SECOND } from "../../shared/domain/instant.ts";
import type { KeptStack } from "./keptStack.ts";
import type { Move } from "./stormWork.ts";

const POLL_MS = 150;
/** In place of every minute: what is lost is found by a sweep, and a storm should not spend its time waiting for one. */
const SWEEP_EVERY_MS = 2 * SECOND;
/** Shorter waits are waited for: skipping costs a restart of the Worker. */
const WORTH_SKIPPING_MS = 6 * SECOND;
const LIMIT_MS = 15 * MINUTE;

/**
 * Asks for a move until it is taken, and waits until no run is left that has not ended. Returns how long that took, without the time in
 * which the clock was set forward: the stack is then started anew, and nothing runs that could be killed.
 */
export async function driveMove(stack: KeptStack, move: Move): Promise<number> {
  const began = Date.now();
  const deadline = began + LIMIT_MS;
  let skipping_ms = 0;
  await untilTaken(stack, move, deadline);
  for (let swept_at = Date.now(); !(await hasSettled(stack)); await sleep(POLL_MS)) {
    if (Date.now() > deadline) throw new Error(`${move.label} is not over after ${LIMIT_MS / MINUTE} min: ${await describeOpen(stack)}`);
    if (Date.now() - swept_at < SWEEP_EVERY_MS) continue;
    swept_at = Date.now();
    await whileDown(fireCron(stack.cron_url, SWEEP_CRON, Math.floor(stack.now() / MINUTE) * MINUTE));
    const next = await whileDown(nextEvent(stack));
    if (!next || next - stack.now() <= WORTH_SKIPPING_MS) continue;
    const skipped_at = Date.now();
    await stack.skipTo(next + SECOND / 2);
    skipping_ms += Date.now() - skipped_at;
  }
  return Date.now() - began - skipping_ms;
}

async function untilTaken(stack: KeptStack, move: Move, deadline: number): Promise<void> {
  for (;;) {
    try {
      await move.ask(stack);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(POLL_MS);
    }
  }
}

/** Null while nobody can say. */
async function whileDown<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  return answer.catch(() => null);
}

async function hasSettled(stack: KeptStack): Promise<boolean> {
  const rows = await whileDown(select(stack, "SELECT count(*) FROM dag_runs WHERE state IN ('queued', 'running')"));
  return rows?.[0]?.[0] === 0;
}

const OPEN = `SELECT t.dag_id, t.run_id, t.task_id, t.map_key, t.state, t.not_before, t.lease_until, t.try_number FROM task_instances t
  JOIN dag_runs r ON r.dag_id = t.dag_id AND r.run_id = t.run_id
  WHERE r.state = 'running' AND t.state IN ('queued', 'running', 'up_for_retry', 'up_for_reschedule')`;

/** When something happens next, if all that is open waits for its time: a retry, a sensor's next look, the end of a lost worker's lease. */
async function nextEvent(stack: KeptStack): Promise<Instant | null> {
  const rows = await select(stack, OPEN);
  const events = rows.map(([, , , , state, not_before, lease_until]) => {
    if (state !== "running") return Number(not_before);
    // A living worker extends its lease at every heartbeat.
    const isLost = Number(lease_until) - stack.now() < LEASE.lease_ms - LEASE.heartbeat_ms - 2 * SECOND;
    return isLost ? Number(lease_until) : stack.now();
  });
  return events.length > 0 ? Math.min(...events) : null;
}

async function describeOpen(stack: KeptStack): Promise<string> {
  const rows = (await whileDown(select(stack, OPEN))) ?? [];
  return rows.map((row) => row.slice(0, 5).join(" ")).join("; ");
}

export async function select(stack: Pick<KeptStack, "plan">, sql: string): Promise<unknown[][]> {
  const { $client: client } = createDatabase(urlOf(stack.plan.ports.sqld), stack.plan.tokens.sqld);
  try {
    const { rows, columns } = await client.execute(sql);
    return rows.map((row) => columns.map((_, index) => row[index]));
  } finally {
    client.close();
  }
}
