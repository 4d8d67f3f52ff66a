/** When a pipeline runs, for who does not read cron. */

export interface Schedule {
  readonly cron: string;
  readonly time_zone: string;
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const UNIT = /^(?:\*|(\d{1,2}))$/;

/** Every 10 minutes; every day at 00:00 (Asia/Singapore). What has no short words stays cron. */
export function scheduleWords(schedule: Schedule | null): string {
  if (schedule === null) return "only when triggered";
  const { cron, time_zone } = schedule;
  const parts = cron.trim().split(/\s+/);
  const words = parts.length === 5 ? wordsOf(parts as unknown as Fields, time_zone) : null;
  return words ?? `cron ${cron} (${time_zone})`;
}

type Fields = readonly [minute: string, hour: string, day: string, month: string, weekday: string];

function wordsOf([minute, hour, day, month, weekday]: Fields, time_zone: string): string | null {
  if (day !== "*" || month !== "*") return null;
  const is_daily = weekday === "*";
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (is_daily && hour === "*") {
    if (step !== undefined && 60 % Number(step) === 0) return Number(step) === 1 ? "every minute" : `every ${Number(step)} minutes`;
    if (minute === "0") return "every hour";
    return UNIT.exec(minute)?.[1] === undefined ? null : `every hour at ${Number(minute)} minutes past`;
  }
  const every = /^\*\/(\d+)$/.exec(hour)?.[1];
  if (is_daily && minute === "0" && every !== undefined && 24 % Number(every) === 0) {
    return Number(every) === 1 ? "every hour" : `every ${Number(every)} hours (${time_zone})`;
  }
  if (UNIT.exec(minute)?.[1] === undefined || UNIT.exec(hour)?.[1] === undefined) return null;
  const at = `at ${hour.padStart(2, "0")}:${minute.padStart(2, "0")} (${time_zone})`;
  if (is_daily) return `every day ${at}`;
  return /^[0-7]$/.test(weekday) ? `every ${DAYS[Number(weekday)]} ${at}` : weekday === "1-5" ? `Monday to Friday ${at}` : null;
}
