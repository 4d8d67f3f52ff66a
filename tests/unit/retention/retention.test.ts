import { describe, expect, it } from "vitest";
import { parseRetention } from "../../../shared/retention/retention.ts";

describe("RETENTION_DAYS", () => {
  it("says days of some kinds, and the others have theirs", () => {
    expect(parseRetention(undefined)).toEqual({ readings: 90, logs: 90, models: 180 });
    expect(parseRetention(" logs = 30, models=365 ")).toEqual({ readings: 90, logs: 30, models: 365 });
  });

  it.each([
    ["bronze=30", /"bronze=30" is not KIND=DAYS with one of readings, logs, models/],
    ["logs", /"logs" is not KIND=DAYS/],
    ["logs=-1", /"logs=-1" is not KIND=DAYS/],
    ["logs=1.5", /is not KIND=DAYS/],
    ["logs=30,logs=40", /logs stands there twice/],
    ["readings=7", /readings is 7, and may be 35 to 3650 days/],
    ["models=99999", /models is 99999, and may be 30 to 3650 days/],
    ["toString=40", /is not KIND=DAYS/],
  ])("%s is refused with an example", (text, expected) => {
    expect(() => parseRetention(text)).toThrow(expected);
    expect(() => parseRetention(text)).toThrow(/^RETENTION_DAYS: .* An example: logs=30,models=365\.$/);
  });
});
