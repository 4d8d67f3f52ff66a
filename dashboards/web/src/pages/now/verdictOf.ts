import type { Health } from "../../../../../shared/contracts/health.ts";
import type { MonitoringSummary } from "../../../../../shared/contracts/monitoring.ts";
import { byCount } from "../../../../../shared/domain/byCount.ts";
import { counted } from "../../../../../shared/domain/counted.ts";
import { monitoringSilence } from "../../ui/monitoringSilence.ts";
import { silenceSentence } from "../../ui/silenceSentence.ts";
import type { Tone } from "../../ui/tone.ts";
import { pageOfCheck } from "../monitoring/pageOfCheck.ts";

interface Asked<Data> {
  /** The last answer that came. */
  readonly data: Data | undefined;
  /** Of the newest request; its status is null where no answer came. */
  readonly error: { readonly status: number | null; readonly message: string } | null;
}

export interface Verdict {
  readonly tone: Tone;
  readonly text: string;
  /** Where more of it is: a page and what on it. */
  readonly look: readonly [page: string, ...parts: string[]] | null;
}

const MONITORING = ["pipelines", "monitoring"] as const;

/**
 * Whether anything is wrong, in a sentence: that it cannot be known first, then health, what fires, whether the monitoring looks at all, and
 * what its checks say. `now` in epoch ms, by the server's clock.
 */
export function verdictOf(health: Asked<Health>, summary: Asked<MonitoringSummary>, now: number): Verdict {
  const error = health.error ?? summary.error;
  if (error?.status === null) return { tone: "bad", text: "The server does not answer. What is shown below is from before.", look: null };
  if (error) return { tone: "bad", text: `Whether all is well is not known: ${error.message}`, look: null };
  if (!health.data || !summary.data) return { tone: "wait", text: "Asking the server …", look: null };
  return ofHealth(health.data) ?? ofMonitoring(summary.data, now);
}

function ofHealth({ status, components }: Health): Verdict | null {
  if (status === "ok") return null;
  const named = Object.entries(components)
    .filter(([, component]) => component.status !== "ok")
    .map(([name, component]) => `${name} is ${component.status} (${component.detail})`);
  return {
    tone: status === "down" ? "bad" : "warn",
    text: `${status === "down" ? "It cannot predict" : "It works less well"}: ${named.join("; ")}.`,
    look: ["infrastructure"],
  };
}

function ofMonitoring({ alerts_firing, checks, status }: MonitoringSummary, now: number): Verdict {
  const silence = monitoringSilence(checks, now);
  const firing = `${counted(alerts_firing, "alert fires", "alerts fire")}: see below.`;
  if (silence !== null) {
    const text = silenceSentence(silence);
    if (alerts_firing > 0) return { tone: "bad", text: `It works, and ${firing} ${text}`, look: MONITORING };
    return { tone: silence === "never" ? "wait" : "warn", text: `It works. ${text}`, look: MONITORING };
  }
  if (alerts_firing > 0) return { tone: "bad", text: `It works, and ${firing}`, look: null };
  const named = (...statuses: readonly string[]) => checks.filter((check) => statuses.includes(check.status)).map(({ check }) => check);
  if (status === "breach" || status === "warning") {
    const troubled = named("breach", "warning");
    const have = byCount(troubled.length, "has", "have");
    return {
      tone: "warn",
      text: `It works, nothing fires, and ${troubled.join(", ")} ${have} something outside its limits.`,
      look: [pageOfCheck(troubled[0]!)],
    };
  }
  if (status === "unknown")
    return {
      tone: "wait",
      text: `It works, and nothing fires; some of ${named("unknown").join(", ")} cannot be judged yet.`,
      look: [pageOfCheck(named("unknown")[0]!)],
    };
  return { tone: "good", text: "Everything works, and nothing fires.", look: null };
}
