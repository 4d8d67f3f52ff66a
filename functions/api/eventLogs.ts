import { asksForAbsent, patternsOf } from "../../shared/contracts/airflow/filterFields.ts";
import {
  type EventField,
  type EventLogView,
  type EventsAsked,
  listEventLogs,
  readEventLog,
} from "../../shared/contracts/airflow/server.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { Callback, CallbackOrder, CallbackOutbox, CallbacksQuery } from "../../shared/ports/callbackOutbox.ts";

/** What happened and people were told of, in the shapes of Airflow's event log. */
export function eventLogRoutes(outbox: Pick<CallbackOutbox, "list">): MountedRoute[] {
  return [
    handle(listEventLogs, async ({ query }) => {
      const { callbacks, total_entries } = await outbox.list(eventsQueryOf(query));
      return { event_logs: callbacks.map(viewOfEvent), total_entries };
    }),
    handle(readEventLog, async ({ params: { event_log_id } }) => {
      const id = /^\d{1,15}$/.test(event_log_id) ? [Number(event_log_id)] : [];
      const { callbacks } = await outbox.list({ where: { one_of: { id } }, limit: 1, offset: 0 });
      if (callbacks[0]) return viewOfEvent(callbacks[0]);
      throw new AppError("not_found", `event_log_id: there is no event "${event_log_id.slice(0, 80)}".`, {
        status: 404,
        details: { field: "event_log_id" },
      });
    }),
  ];
}

const ORDERS: Readonly<Record<EventField, CallbackOrder>> = {
  event_log_id: "id",
  when: "created_at",
  event: "kind",
  dag_id: "dag_id",
  run_id: "run_id",
  task_id: "task_id",
  try_number: "try_number",
};

function eventsQueryOf(query: EventsAsked): CallbacksQuery {
  const { limit, offset, order_by, dag_id, task_id, run_id, event, try_number, included_events, excluded_events, before, after } = query;
  const only = <Value>(value: Value | undefined) => (value === undefined ? [] : [[value]]);
  const one_of = Object.fromEntries([
    ...only(dag_id).map((values) => ["dag_id", values] as const),
    ...only(task_id).map((values) => ["task_id", values] as const),
    ...only(run_id).map((values) => ["run_id", values] as const),
    ...only(try_number).map((values) => ["try_number", values] as const),
    ...kindsOf(event, included_events).map((values) => ["kind", values] as const),
    ...(asksForAbsent(query) ? [["id", []] as const] : []),
  ]);
  return {
    ...{ limit, offset },
    ...(order_by ? { order: order_by.map(({ field, is_descending }) => ({ field: ORDERS[field], is_descending })) } : {}),
    where: {
      one_of,
      ranges: { created_at: { ...(before === undefined ? {} : { lt: before }), ...(after === undefined ? {} : { gt: after }) } },
      ...(excluded_events ? { none_of: { kind: excluded_events } } : {}),
      patterns: {
        dag_id: patternsOf(query, "dag_id"),
        task_id: patternsOf(query, "task_id"),
        run_id: patternsOf(query, "run_id"),
        kind: patternsOf(query, "event"),
      },
    },
  };
}

/** Both conditions, where both are asked. */
function kindsOf(event: string | undefined, included: readonly string[] | undefined): (readonly string[])[] {
  if (event === undefined) return included ? [included] : [];
  return [included === undefined || included.includes(event) ? [event] : []];
}

function viewOfEvent({ id, created_at, kind, dag_id, run_id, task_id, map_key, try_number, details }: Callback): EventLogView {
  return {
    ...{ event_log_id: id, when: toIso(created_at), event: kind },
    ...{ dag_id, dag_display_name: dag_id, run_id, task_id, task_display_name: task_id, try_number },
    extra: JSON.stringify({ ...(map_key ? { map_key } : {}), ...details }),
    ...{ map_index: null, logical_date: null, owner: null },
  };
}
