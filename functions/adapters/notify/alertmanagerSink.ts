import { type Instant, toIso } from "../../../shared/domain/instant.ts";
import type { AlertmanagerSettings } from "../../../shared/notify/notifySettings.ts";
import { runbookUrl } from "../../../shared/notify/runbookUrl.ts";
import type { AlertSink, PostedAlert } from "../../../shared/ports/alertSink.ts";
import { type PostOptions, postMessage } from "./postMessage.ts";

export interface SinkOptions extends PostOptions {
  /** The platform's clock minus the real one, by which Alertmanager goes. */
  readonly offset_ms: number;
  /** Where those who are told reach this Worker, for the links to runbooks; null: it is not known. */
  readonly public_url: string | null;
}

/** Alertmanager's API v2. Posted again before it expires, an alert goes on; it is told apart by its labels alone. */
export function createAlertmanagerSink(
  { url, token }: AlertmanagerSettings,
  { offset_ms, public_url, ...options }: SinkOptions,
): AlertSink {
  const address = `${url.replace(/\/+$/, "")}/api/v2/alerts`;
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const annotated = ({ labels, annotations }: PostedAlert) => ({
    ...annotations,
    runbook_url: runbookUrl(labels["alertname"] ?? "", public_url),
  });
  const real = (at: Instant) => toIso(at - offset_ms);
  return {
    async post(alerts) {
      if (alerts.length === 0) return;
      const body = alerts.map((alert) => ({
        labels: alert.labels,
        annotations: annotated(alert),
        startsAt: real(alert.starts_at),
        endsAt: real(alert.ends_at),
      }));
      await postMessage(options, "Alertmanager", address, headers, body);
    },
  };
}
