import type { ClockShift } from "../../../shared/bronze/clockShift.ts";
import { counted } from "../../../shared/domain/counted.ts";
import type { WallClock } from "../../../shared/domain/wallClock.ts";

/** One sentence about times that seem to be another clock's than they claim; none where they lie as they should. */
export function describeShift(shift: ClockShift | null, clock: WallClock | null): readonly string[] {
  if (shift === null) return [];
  const { time_zone, misplaced, left, bars } = shift;
  const claimed = clock === null ? "UTC" : clock.name;
  const advice =
    clock === null
      ? `import it again with --time-zone ${time_zone} --replace`
      : "choose another --time-zone, and import it again with --replace";
  return [
    `WARNING: these times do not seem to be ${claimed}: ${misplaced} of ${counted(bars, "bar")} lie in the weekend (Friday 17:00 to Sunday 17:00 New York), ${left === 0 ? "none" : `only ${left}`} if the clock were ${clock === null ? "" : "a further "}${time_zone}. If so, ${advice} (a zone such as Europe/Athens where that clock keeps summer time).`,
  ];
}
