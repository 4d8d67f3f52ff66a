import type { NewsHosts, TurnAnswer, TurnEnd } from "../../../../shared/ports/newsHosts.ts";
import { type Database, withStore } from "../database.ts";
import { readRow } from "../readRow.ts";

const ADD = "INSERT INTO news_hosts (origin) VALUES (?) ON CONFLICT DO NOTHING";
const TAKE = `UPDATE news_hosts SET lease_token = ?2, lease_until = ?3
  WHERE origin = ?1 AND (lease_token IS NULL OR lease_until <= ?4) AND next_request_at <= ?4 AND backoff_until <= ?4`;
const READ = `SELECT lease_token, lease_until, next_request_at, backoff_until, failures, robots, robots_status, robots_fetched_at
  FROM news_hosts WHERE origin = ?`;
const END = `UPDATE news_hosts SET lease_token = NULL, lease_until = NULL, next_request_at = ?3, failures = ?4, backoff_until = ?5,
  robots = coalesce(?6, robots), robots_status = coalesce(?7, robots_status), robots_fetched_at = coalesce(?8, robots_fetched_at)
  WHERE origin = ?1 AND lease_token = ?2`;

/** Turns at origins in libSQL: the condition and the lease are one statement, so two workers cannot both have it. */
export function createNewsHosts(database: Database): NewsHosts {
  return {
    take: (origin, turn) => withStore(() => take(database, origin, turn)),
    end: (origin, token, end) => withStore(() => endTurn(database, origin, token, end)),
  };
}

async function take(database: Database, origin: string, turn: Parameters<NewsHosts["take"]>[1]): Promise<TurnAnswer> {
  const results = await database.$client.batch(
    [
      { sql: ADD, args: [origin] },
      { sql: TAKE, args: [origin, turn.token, turn.lease_until, turn.now] },
      { sql: READ, args: [origin] },
    ],
    "write",
  );
  const row = readRow(results[2]?.rows[0]);
  if (row.textOrNull("lease_token") === turn.token)
    return { kind: "granted", turn: { robots: robotsOf(row), failures: row.integer("failures") } };
  const lease_until = row.integerOrNull("lease_until");
  const is_held = row.textOrNull("lease_token") !== null && lease_until !== null && lease_until > turn.now;
  return { kind: "busy", free_at: is_held ? null : Math.max(row.integer("next_request_at"), row.integer("backoff_until")) };
}

function robotsOf(row: ReturnType<typeof readRow>) {
  const [text, status, fetched_at] = [row.textOrNull("robots"), row.integerOrNull("robots_status"), row.integerOrNull("robots_fetched_at")];
  return text === null || status === null || fetched_at === null ? null : { text, status, fetched_at };
}

async function endTurn(database: Database, origin: string, token: string, end: TurnEnd): Promise<void> {
  const { robots } = end;
  const args = [origin, token, end.next_request_at, end.failures, end.backoff_until];
  await database.$client.execute({ sql: END, args: [...args, robots?.text ?? null, robots?.status ?? null, robots?.fetched_at ?? null] });
}
