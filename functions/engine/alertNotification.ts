import { z } from "zod";
import { toIso } from "../../shared/domain/instant.ts";
import { ALERT_SEVERITIES } from "../../shared/monitoring/alert.ts";
import type { Callback } from "../../shared/ports/callbackOutbox.ts";
import type { Notification } from "../../shared/ports/notifier.ts";

/** What the monitoring writes to the outbox of an alert's change. */
const detailsSchema = z.object({
  change: z.enum(["fire", "escalate", "resolve"]),
  check: z.string(),
  subject: z.string(),
  metric: z.string(),
  severity: z.enum(ALERT_SEVERITIES),
  summary: z.string(),
  starts_at: z.number(),
  ends_at: z.number().nullable(),
});

const TITLES = { fire: "Alert", escalate: "Alert, now critical", resolve: "Resolved" } as const;

/** The labels are the alert's identity: what changes while it lasts (its severity, its value) is not among them. */
export function alertNotification({ dedupe_key, dag_id, run_id, details }: Callback): Notification {
  const { change, check, subject, metric, severity, summary, starts_at, ends_at } = detailsSchema.parse(details);
  return {
    id: dedupe_key,
    kind: "alert",
    severity: severity === "critical" ? "error" : "warning",
    title: `${TITLES[change]}: ${metric}${subject === "" ? "" : ` of ${subject}`} (${check})`,
    text: `${summary}\nSince ${toIso(starts_at)}${ends_at === null ? "" : `, until ${toIso(ends_at)}`}. Found by ${dag_id} ${run_id}.`,
    labels: { check, subject, metric },
    starts_at,
    ...(ends_at === null ? {} : { ends_at }),
  };
}
