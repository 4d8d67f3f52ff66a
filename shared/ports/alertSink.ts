import type { Instant } from "../domain/instant.ts";

/** An alert as an Alertmanager is told of it. */
export interface PostedAlert {
  /** Its identity: alertname, check, subject, metric, severity, and the instrument where it has one. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly starts_at: Instant;
  /** Until when it counts, unless it is posted again; in the past of one that has ended. */
  readonly ends_at: Instant;
}

export interface AlertSink {
  /** Takes the alerts as they are now, one of each identity. The same again changes nothing but until when it counts. */
  post(alerts: readonly PostedAlert[]): Promise<void>;
}
