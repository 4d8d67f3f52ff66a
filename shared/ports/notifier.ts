import type { CallbackKind } from "../dag/dag.ts";
import type { Instant } from "../domain/instant.ts";

/** A happening of a run or a task, or an alert of the monitoring that fires, grows worse or ends. */
export type HappeningKind = CallbackKind | "alert";
/** "promotion": what model_validation promoted or refused. */
export type NotificationKind = HappeningKind | "promotion";

/**
 * Something that people are to be told of. It has what a chat message wants (title, text) and what Alertmanager wants (labels that
 * identify, annotations, starts_at), so that an adapter only has to put it in the other side's words.
 */
export interface Notification {
  /** The same at every delivery of one happening: delivery is at least once, and a receiver may drop what it has. */
  readonly id: string;
  readonly kind: NotificationKind;
  readonly severity: "info" | "warning" | "error";
  /** One line. */
  readonly title: string;
  /** Some lines: what happened, and what to look at. */
  readonly text: string;
  /**
   * Where it happened: dag_id, run_id, and of a task task_id, map_key and try_number. Of an alert check, subject and metric, the same
   * from its start to its end.
   */
  readonly labels: Readonly<Record<string, string>>;
  readonly starts_at: Instant;
  /** Of an alert that has ended: when. Absent while it lasts, and of what only happens. */
  readonly ends_at?: Instant;
}

export interface Notifier {
  /** Fails when it was not taken; it then comes again. */
  notify(notification: Notification): Promise<void>;
}

/** A way to people, by the name that they know it by. */
export interface Channel extends Notifier {
  readonly name: string;
}
