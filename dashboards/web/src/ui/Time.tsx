import { durationOf, momentOf } from "../format/time.ts";
import { ZONE_LABELS, ZONES, zone } from "../state/choices.ts";
import { now } from "../state/now.ts";

type Said = string | number | null | undefined;

function msOf(at: Said): number | null {
  if (at === null || at === undefined) return null;
  const ms = typeof at === "number" ? at : Date.parse(at);
  return Number.isFinite(ms) ? ms : null;
}

/** A moment in the reader's zone: 2026-01-31 14:05, with its age where that is asked for. */
export function Time({
  at,
  with_age = false,
  with_seconds = false,
  is_short = false,
}: {
  readonly at: Said;
  readonly with_age?: boolean;
  readonly with_seconds?: boolean;
  /** Without the date, where it is today. */
  readonly is_short?: boolean;
}) {
  const ms = msOf(at);
  if (ms === null) return <span class="missing">–</span>;
  const { date, time, time_with_seconds } = momentOf(ms, ZONES[zone.value]);
  const clock = with_seconds ? time_with_seconds : time;
  const is_today = is_short && date === momentOf(now.value, ZONES[zone.value]).date;
  return (
    <time
      dateTime={new Date(ms).toISOString()}
      title={`${new Date(ms).toISOString()} (shown in ${ZONE_LABELS[zone.value]} time)`}
      class="time"
    >
      {is_today ? clock : `${date} ${clock}`}
      {with_age && (
        <>
          {" "}
          <span class="quiet">
            (<Age since={ms} />)
          </span>
        </>
      )}
    </time>
  );
}

/** How long ago, or in how long: 12 min ago, in 3 h. */
export function Age({ since }: { readonly since: Said }) {
  const ms = msOf(since);
  if (ms === null) return <span class="missing">–</span>;
  const age = now.value - ms;
  return <span class="number">{age >= 0 ? `${durationOf(age)} ago` : `in ${durationOf(-age)}`}</span>;
}
