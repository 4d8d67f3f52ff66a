import type { Health } from "../../../../shared/contracts/health.ts";
import { monitoringSilence } from "../ui/monitoringSilence.ts";
import type { Tone } from "../ui/tone.ts";

interface Asked<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
}

interface Sign {
  readonly tone: Tone;
  readonly text: string;
}

const TONES: Readonly<Record<Health["status"], Tone>> = { ok: "good", degraded: "warn", down: "bad" };

/** What was said before is not shown as what is: an answer that fails now makes it unknown. */
export function healthSign({ data, error }: Asked<Pick<Health, "status">>): Sign {
  if (error) return { tone: "bad", text: "health not known" };
  return data === undefined ? { tone: "wait", text: "health …" } : { tone: TONES[data.status], text: `health ${data.status}` };
}

/** `readings`: the newest of a check that runs each time. `now` in epoch ms. Nothing fires only where the monitoring looks. */
export function firingSign(
  alerts: Asked<{ readonly total_entries: number }>,
  readings: Asked<{ readonly readings: readonly { readonly measured_at: string }[] }>,
  now: number,
): Sign {
  if (alerts.error || readings.error) return { tone: "warn", text: "alerts not known" };
  if (!alerts.data || !readings.data) return { tone: "wait", text: "alerts …" };
  const firing = alerts.data.total_entries;
  if (firing > 0) return { tone: "bad", text: `${firing} firing` };
  const silence = monitoringSilence(readings.data.readings, now);
  if (silence === "never") return { tone: "wait", text: "not monitored yet" };
  return silence === null ? { tone: "good", text: "nothing fires" } : { tone: "warn", text: "monitoring is silent" };
}
