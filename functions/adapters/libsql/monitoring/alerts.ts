import type { Row } from "@libsql/client/web";
import { counted } from "../../../../shared/domain/counted.ts";
import type { Alert, AlertChange, AlertSeverity, AlertState, StoredAlert } from "../../../../shared/monitoring/alert.ts";
import type { Check } from "../../../../shared/monitoring/reading.ts";
import type { AlertOrigin, AlertsQuery, MonitorStore } from "../../../../shared/ports/monitorStore.ts";
import { type Database, withStore } from "../database.ts";
import { createEffect } from "../effects.ts";
import type { Statement } from "../ledger/statements.ts";
import { orderBy } from "../orderBy.ts";
import { readRow } from "../readRow.ts";

type AlertStore = Pick<MonitorStore, "firing" | "endedSince" | "alerts" | "prepareAlerts">;

const ORDERS = {
  columns: { id: "id", starts_at: "starts_at", last_seen_at: "last_seen_at", ends_at: "ends_at", severity: "(severity = 'critical')" },
  key: "id",
  usual: "(state = 'firing') DESC, starts_at DESC, id DESC",
};

// alerts_firing, the unique index over what fires, refuses the second of one fingerprint.
const FIRE = `INSERT INTO alerts (fingerprint, "check", subject, metric, severity, state, summary, value, threshold, starts_at, last_seen_at)
  SELECT :fingerprint, :check, :subject, :metric, :severity, 'firing', :summary, :value, :threshold, :starts_at, :last_seen_at
  WHERE true ON CONFLICT DO NOTHING`;
const IS_IT = "fingerprint = :fingerprint AND starts_at = :starts_at";
const KEEP = `UPDATE alerts SET severity = :severity, summary = :summary, value = :value, threshold = :threshold, last_seen_at = :last_seen_at
  WHERE ${IS_IT} AND state = 'firing'`;
const RESOLVE = `UPDATE alerts SET state = 'resolved', summary = :summary, last_seen_at = :last_seen_at, ends_at = :ends_at
  WHERE ${IS_IT} AND state = 'firing'`;

/** After the change: nothing is told unless the alert stands as the change leaves it. The key makes one callback of a change. */
const TELL = `INSERT INTO callbacks
    (dedupe_key, kind, dag_id, run_id, task_id, map_key, try_number, details, created_at, next_attempt_at)
  SELECT 'alert:' || fingerprint || ':' || starts_at || ':' || :change, 'alert', :dag_id, :run_id, :task_id, '', NULL,
    json_object('change', :change, 'check', "check", 'subject', subject, 'metric', metric, 'severity', severity, 'state', state,
      'summary', summary, 'value', value, 'threshold', threshold, 'starts_at', starts_at, 'ends_at', ends_at), :at, :at
  FROM alerts WHERE ${IS_IT} AND state = :state AND severity = :severity AND last_seen_at = :at
  ON CONFLICT DO NOTHING`;

/** Alerts on libSQL. */
export function createAlertStore(database: Database): AlertStore {
  const run = (sql: string, args: Record<string, string | number | null>) => withStore(() => database.$client.execute({ sql, args }));
  return {
    firing: async () => {
      const { rows } = await run("SELECT * FROM alerts WHERE state = 'firing' ORDER BY id", {});
      return rows.map(toAlert);
    },
    endedSince: async (since) => {
      const { rows } = await run("SELECT * FROM alerts WHERE state = 'resolved' AND ends_at >= :since ORDER BY ends_at DESC, id DESC", {
        since,
      });
      return rows.map(toAlert);
    },
    alerts: (query) => list(run, query),
    prepareAlerts: (changes, origin) =>
      createEffect(
        database,
        `${counted(changes.length, "change")} of alerts`,
        changes.flatMap((change) => statementsOf(change, origin)),
      ),
  };
}

async function list(run: (sql: string, args: Record<string, string | number | null>) => Promise<{ rows: Row[] }>, query: AlertsQuery) {
  const { limit, offset, state = null, order } = query;
  const where = "WHERE :state IS NULL OR state = :state";
  const page = await run(`SELECT * FROM alerts ${where} ${orderBy(order, ORDERS)} LIMIT :limit OFFSET :offset`, { state, limit, offset });
  const count = await run(`SELECT count(*) AS total FROM alerts ${where}`, { state });
  return { alerts: page.rows.map(toAlert), total_entries: readRow(count.rows[0]).integer("total") };
}

function statementsOf({ kind, alert }: AlertChange, origin: AlertOrigin): Statement[] {
  const { fingerprint, starts_at, last_seen_at, severity, summary, value, threshold, ends_at, state } = alert;
  const it = { fingerprint, starts_at };
  const found = { ...it, severity, summary, value, threshold, last_seen_at };
  const tell: Statement = { sql: TELL, args: { ...it, ...origin, change: kind, state, severity, at: last_seen_at } };
  if (kind === "resolve") return [{ sql: RESOLVE, args: { ...it, summary, last_seen_at, ends_at } }, tell];
  if (kind === "fire") return [{ sql: FIRE, args: { ...found, ...subjectOf(alert) } }, tell];
  return kind === "escalate" ? [{ sql: KEEP, args: found }, tell] : [{ sql: KEEP, args: found }];
}

function subjectOf({ check, subject, metric }: Alert) {
  return { check, subject, metric };
}

function toAlert(row: Row): StoredAlert {
  const reader = readRow(row);
  return {
    id: reader.integer("id"),
    fingerprint: reader.text("fingerprint"),
    check: reader.text("check") as Check,
    subject: reader.text("subject"),
    metric: reader.text("metric"),
    severity: reader.text("severity") as AlertSeverity,
    state: reader.text("state") as AlertState,
    summary: reader.text("summary"),
    value: reader.integerOrNull("value"),
    threshold: reader.integerOrNull("threshold"),
    starts_at: reader.integer("starts_at"),
    last_seen_at: reader.integer("last_seen_at"),
    ends_at: reader.integerOrNull("ends_at"),
  };
}
