import { alertNameOf } from "../../shared/monitoring/alertName.ts";
import { runbookUrl } from "../../shared/notify/runbookUrl.ts";
import type { Notification, Notifier } from "../../shared/ports/notifier.ts";

/** Adds to what is told of an alert where its runbook can be read, where people can reach this Worker at all. */
export function withRunbooks(notifier: Notifier, public_url: string | null): Notifier {
  if (public_url === null) return notifier;
  return { notify: (notification) => notifier.notify(linked(notification, public_url)) };
}

function linked(notification: Notification, public_url: string): Notification {
  const { check = "", subject = "", metric = "" } = notification.labels;
  if (notification.kind !== "alert" || notification.ends_at !== undefined) return notification;
  return { ...notification, text: `${notification.text}\nWhat to do: ${runbookUrl(alertNameOf({ check, subject, metric }), public_url)}` };
}
