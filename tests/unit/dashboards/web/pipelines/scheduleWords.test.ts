import { expect, it } from "vitest";
import { scheduleWords } from "../../../../../dashboards/web/src/pages/pipelines/scheduleWords.ts";

it.each([
  ["*/10 * * * *", "UTC", "every 10 minutes"],
  ["*/1 * * * *", "UTC", "every minute"],
  ["0 * * * *", "UTC", "every hour"],
  ["5 * * * *", "UTC", "every hour at 5 minutes past"],
  ["0 */6 * * *", "UTC", "every 6 hours (UTC)"],
  ["0 0 * * *", "Asia/Singapore", "every day at 00:00 (Asia/Singapore)"],
  ["30 7 * * 1", "Europe/London", "every Monday at 07:30 (Europe/London)"],
  ["30 7 * * 0", "UTC", "every Sunday at 07:30 (UTC)"],
  ["0 17 * * 1-5", "America/New_York", "Monday to Friday at 17:00 (America/New_York)"],
  ["0 0 1 * *", "UTC", "cron 0 0 1 * * (UTC)"],
  ["*/7 * * * *", "UTC", "cron */7 * * * * (UTC)"],
  ["0 9,17 * * *", "UTC", "cron 0 9,17 * * * (UTC)"],
])("tells %s in %s as %s", (cron, time_zone, words) => {
  expect(scheduleWords({ cron, time_zone })).toBe(words);
});

it("tells that what has no schedule is triggered", () => {
  expect(scheduleWords(null)).toBe("only when triggered");
});
