import { type Instant, toIso } from "../../../shared/domain/instant.ts";
import type { AlertmanagerSettings } from "../../../shared/notify/notifySettings.ts";
import type { AlertSink } from "../../../shared/ports/alertSink.ts";
import { type PostOptions, postMessage } from "./postMessage.ts";

/**
 * Alertmanager's API v2. Posted again before it expires, an alert goes on; it is told apart by its labels alone.
 *
 * `offset_ms`: the platform's clock minus the real one, by which Alertmanager goes.
 */
export function createAlertmanagerSink({ url, token }: AlertmanagerSettings, offset_ms: number, options: PostOptions): AlertSink {
  const address = `${url.replace(/\/+$/, "")}/api/v2/alerts`;
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const real = (at: Instant) => toIso(at - offset_ms);
  return {
    async post(alerts) {
      if (alerts.length === 0) return;
      const body = alerts.map(({ labels, annotations, starts_at, ends_at }) => ({
        labels,
        annotations,
        startsAt: real(starts_at),
        endsAt: real(ends_at),
      }));
      await postMessage(options, "Alertmanager", address, headers, body);
    },
  };
}
