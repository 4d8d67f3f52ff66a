import { describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { viewAgeRules } from "../../../shared/monitoring/rules/viewAgeRules.ts";

describe("viewAgeRules", () => {
  it("warn at half of the time that a view's rows are served, in the hours that it counts by, and breach at all of it", () => {
    const rules = viewAgeRules([
      { name: "market", ttl_ms: 2 * HOUR, market_hours: true },
      { name: "news", ttl_ms: 6 * HOUR, market_hours: false },
    ]);
    expect(rules).toMatchObject({
      market_age_h: { unit: "market hours", bad: "above", warning: 1, breach: 2 },
      news_age_h: { unit: "hours", bad: "above", warning: 3, breach: 6 },
    });
    expect(rules["news_age_h"]!.reason).toBe("A row of news is served for 6 h: half of that at the warning.");
    expect(Object.keys(rules)).toHaveLength(2);
  });
});
