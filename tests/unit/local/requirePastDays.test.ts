import { expect, it } from "vitest";
import { requirePastDays } from "../../../functions/local/commands/requirePastDays.ts";
import { DAY } from "../../../shared/domain/instant.ts";

const TODAY = Date.UTC(2026, 6, 15);

it("takes days that are over, up to midnight", () => {
  const window = { start: TODAY - 3 * DAY, end: TODAY };
  expect(() => requirePastDays("2026-07-15T00:00:00Z", window)).not.toThrow();
  expect(() => requirePastDays("2026-07-15T12:05:51.625Z", window)).not.toThrow();
});

it("names the day that is not over, and the last that is", () => {
  const message = "--to 2026-07-15 is not over yet: it is 2026-07-15T12:05:51Z here, and the last whole day is 2026-07-14.";
  expect(() => requirePastDays("2026-07-15T12:05:51.625Z", { start: TODAY - DAY, end: TODAY + DAY })).toThrow(message);
});
