import { State } from "../../ui/State.tsx";
import type { Rule } from "./limits.ts";
import { ReadingState } from "./ReadingState.tsx";
import type { Show } from "./readingForm.ts";
import { type Reading, unknownReasons } from "./readings.ts";

/** More than anybody reads in a row; the table has all. */
const MAX_SHOWN = 12;
const GRAVITY = { breach: 0, warning: 1, ok: 2, unknown: 3 } as const;

/** The newest values with what became of each, the gravest first; what is not known once with its reason. */
export function NowValues({
  readings,
  show,
  rule,
}: {
  readonly readings: readonly Reading[];
  readonly show: Show;
  readonly rule: Rule | undefined;
}) {
  const known = readings
    .filter(({ status }) => status !== "unknown")
    .toSorted((one, other) => GRAVITY[one.status] - GRAVITY[other.status] || one.subject.localeCompare(other.subject));
  return (
    <>
      {known.length > 0 && (
        <ul class="monitoring-now" aria-label="Now">
          {known.slice(0, MAX_SHOWN).map(({ metric, subject, status, value, low, high }) => (
            <li key={`${metric}/${subject}`}>
              <ReadingState status={status} rule={rule}>
                {subject === "" ? "" : `${subject} `}
                <strong class="number">{show(value)}</strong>
                {low !== null && high !== null && (
                  <span class="number">
                    ({show(low)} to {show(high)})
                  </span>
                )}
              </ReadingState>
            </li>
          ))}
          {known.length > MAX_SHOWN && <li class="quiet">{known.length - MAX_SHOWN} more in the table</li>}
        </ul>
      )}
      {unknownReasons(readings).map(({ reason, subjects }) => (
        <p key={reason} class="monitoring-unknown">
          <State state="unknown">not known</State> {reason} (
          {subjects.length > 3 ? `${subjects.length} of them` : subjects.join(", ") || "the whole"}).
        </p>
      ))}
    </>
  );
}
