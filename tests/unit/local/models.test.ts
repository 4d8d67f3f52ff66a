import { describe, expect, it } from "vitest";
import { renderModels, renderVersions } from "../../../functions/local/commands/models.ts";
import type { ModelHistory, ProductionModel } from "../../../shared/contracts/models.ts";
import { UNJUDGED } from "../../../shared/models/modelClaim.ts";
import { CLAIM } from "../../support/servingFixture.ts";

describe("fx models", () => {
  it("says of every instrument what its model may claim, and why", () => {
    const text = renderModels([
      { name: "a", instrument: "USD_SGD", production: { version: "3", ...CLAIM } as unknown as ProductionModel },
      { name: "b", instrument: "EUR_USD", production: { version: "1", ...UNJUDGED } as unknown as ProductionModel },
      { name: "c", instrument: "GBP_USD", production: null },
    ]);
    expect(text).toMatch(/USD_SGD +3 +statistical +54\.0 % \[52\.0 %, 56\.0 %\] +51\.0 % momentum +-0\.40 \[-0\.60, -0\.20\]/);
    expect(text).toMatch(/EUR_USD +1 +none +- +- +-/);
    expect(text).toMatch(/GBP_USD +none in Production/);
    expect(text).toContain("USD_SGD: Better than every baseline.");
    expect(text).toContain("EUR_USD: It was judged by an earlier rule");
    expect(text).toContain("outside the hours of the daily roll");
  });

  it("shows a pair's versions, the newest first, from the metrics of their runs", () => {
    const version = (number: string, metrics: Record<string, number>) =>
      ({ version: number, current_stage: "Archived", skill: "none", metrics }) as unknown as ModelHistory["versions"][number];
    const figures = { outside_rollover_accuracy: 0.51, outside_rollover_accuracy_low: 0.5, outside_rollover_accuracy_high: 0.52 };
    const text = renderVersions({ versions: [version("9", {}), version("10", { ...figures, outside_rollover_logistic_accuracy: 0.52 })] });
    expect(text).toMatch(/10 +Archived +none +51\.0 % \[50\.0 %, 52\.0 %\] +52\.0 % logistic +-\n9 +Archived +none +- +- +-/);
  });
});
