import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf } from "../../state/address.ts";
import { signOf, type Tone } from "../../ui/State.tsx";

/** One sentence that says whether anything is wrong: health first, then what fires, then what the checks say. */
export function Verdict() {
  const health = useAnswer("GET /health");
  const summary = useAnswer("GET /api/monitoring/summary");
  const { tone, text, href } = verdictOf(health, summary);
  return (
    <p class={`verdict verdict-${tone}`} role="status">
      <span aria-hidden="true">{signOf(tone)}</span> {text} {href !== null && <a href={href}>Look</a>}
    </p>
  );
}

type Asked<At extends "GET /health" | "GET /api/monitoring/summary"> = ReturnType<typeof useAnswer<At>>;

function verdictOf(
  health: Asked<"GET /health">,
  summary: Asked<"GET /api/monitoring/summary">,
): { tone: Tone; text: string; href: string | null } {
  if (health.error?.status === null)
    return { tone: "bad", text: "The server does not answer. What is shown below is from before.", href: null };
  if (!health.data || !summary.data) {
    const failed = health.error ?? summary.error;
    return failed ? { tone: "bad", text: failed.message, href: null } : { tone: "wait", text: "Asking the server …", href: null };
  }
  const ill = Object.entries(health.data.components).filter(([, { status }]) => status !== "ok");
  if (health.data.status !== "ok") {
    const named = ill.map(([name, { status, detail }]) => `${name} is ${status} (${detail})`).join("; ");
    return {
      tone: health.data.status === "down" ? "bad" : "warn",
      text: `${health.data.status === "down" ? "It cannot predict" : "It works less well"}: ${named}.`,
      href: hrefOf("infrastructure"),
    };
  }
  const { alerts_firing, checks, status } = summary.data;
  if (alerts_firing > 0)
    return {
      tone: "bad",
      text: `It works, and ${alerts_firing} ${alerts_firing === 1 ? "alert fires" : "alerts fire"}: see below.`,
      href: null,
    };
  if (status === "breach" || status === "warning") {
    const troubled = checks.filter((check) => check.status === "breach" || check.status === "warning").map(({ check }) => check);
    return {
      tone: "warn",
      text: `It works, nothing fires, and ${troubled.join(", ")} ${troubled.length === 1 ? "has" : "have"} something outside its limits.`,
      href: hrefOf("quality"),
    };
  }
  return { tone: "good", text: "Everything works, and nothing fires.", href: null };
}
