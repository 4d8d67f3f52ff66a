import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf } from "../../state/address.ts";
import { now } from "../../state/now.ts";
import { signOf } from "../../ui/tone.ts";
import { verdictOf } from "./verdictOf.ts";

/** One sentence that says whether anything is wrong: health first, then what fires, then what the checks say. */
export function Verdict() {
  const health = useAnswer("GET /health");
  const summary = useAnswer("GET /api/monitoring/summary");
  const { tone, text, look } = verdictOf(health, summary, now.value);
  return (
    <p class={`verdict verdict-${tone}`} role="status" aria-busy={health.is_first || summary.is_first}>
      <span aria-hidden="true">{signOf(tone)}</span> {text} {look !== null && <a href={hrefOf(look[0], look.slice(1))}>Look</a>}
    </p>
  );
}
