import { describe, expect, it } from "vitest";
import { renderModels, renderVersions } from "../../../functions/local/commands/models.ts";
import { renderHistory } from "../../../functions/local/commands/modelsHistory.ts";
import { readModel } from "../../../functions/local/commands/readModel.ts";
import type { ModelHistory, ProductionModel } from "../../../shared/contracts/models.ts";
import { UNJUDGED } from "../../../shared/models/modelClaim.ts";
import { CLAIM } from "../../support/models/servingFixture.ts";

describe("fx models", () => {
  it("says of every instrument what its model may claim, and why", () => {
    const text = renderModels([
      { name: "a", instrument: "USD_SGD", production: { version: "3", ...CLAIM } as unknown as ProductionModel },
      { name: "b", instrument: "EUR_USD", production: { version: "1", ...UNJUDGED } as unknown as ProductionModel },
      { name: "c", instrument: "GBP_USD", production: null },
      {
        ...{ name: "d", instrument: "USD_SGD", horizon_bars: 24, production: { version: "2", ...UNJUDGED } as unknown as ProductionModel },
        pinned: { version: "2", since: "2025-06-25T12:00:00.000Z", reason: "rash", by: { kind: "person", name: "ann" } },
      },
    ]);
    expect(text).toMatch(/USD_SGD +24 +2 \(pinned\) +none/);
    expect(text).toMatch(/USD_SGD over 24 bars: version 2 is pinned since \S+ by ann \(rash\)/);
    expect(text).toMatch(/USD_SGD +1 +3 +statistical +54\.0 % \[52\.0 %, 56\.0 %\] +51\.0 % momentum +-0\.40 \[-0\.60, -0\.20\]/);
    expect(text).toMatch(/EUR_USD +1 +1 +none +- +- +-/);
    expect(text).toMatch(/GBP_USD +1 +none in Production/);
    expect(text).toContain("USD_SGD: Better than every baseline.");
    expect(text).toContain("EUR_USD: It was judged by an earlier rule");
    expect(text).toContain("outside the hours of the daily roll");
  });

  it("shows a pair's versions, the newest first, from the metrics of their runs", () => {
    const version = (number: string, metrics: Record<string, number>) =>
      ({ version: number, current_stage: "Archived", skill: "none", metrics }) as unknown as ModelHistory["versions"][number];
    const figures = { outside_rollover_accuracy: 0.51, outside_rollover_accuracy_low: 0.5, outside_rollover_accuracy_high: 0.52 };
    const pinned = { version: "9", since: "2025-06-25T12:00:00.000Z", reason: "rash", by: { kind: "person" as const, name: "ann@desk" } };
    const versions = [version("9", {}), version("10", { ...figures, outside_rollover_logistic_accuracy: 0.52 })];
    const text = renderVersions({ name: "fx-usdsgd-predictor", pinned, versions });
    expect(text).toContain("fx-usdsgd-predictor: version 9 is pinned since 2025-06-25T12:00:00Z by ann@desk (rash)");
    expect(text).toMatch(/10 +Archived +none +51\.0 % \[50\.0 %, 52\.0 %\] +52\.0 % logistic +-\n9 +Archived +none +- +- +-/);
  });
});

describe("fx models history", () => {
  const facts = {
    effective_at: "2025-06-25T12:00:00Z",
    recorded_at: "2025-06-25T12:20:00Z",
    reason: "cheaper",
    by: { kind: "person", name: "ann@desk" },
  } as const;
  const history = {
    ...{ name: "fx-usdsgd-predictor", at: "2025-06-26T00:00:00Z", recorded_until: null, production: "2", stages: [], total_entries: 3 },
    aliases: [{ alias: "champion", version: "1" }],
    changes: [
      { kind: "stage" as const, version: "2", from_stage: "Staging", to_stage: "Production", ...facts },
      {
        kind: "alias" as const,
        alias: "champion",
        from_version: null,
        to_version: "1",
        ...facts,
        by: { kind: "unknown" as const, name: "" },
      },
    ],
  };

  it("says how things stood, and who changed what, when and why", () => {
    const lines = renderHistory(history).split("\n");
    expect(lines.slice(0, 2)).toEqual(["fx-usdsgd-predictor at 2025-06-26T00:00:00Z: version 2 in Production.", "  @champion: version 1"]);
    expect(lines.slice(-3)).toEqual([
      expect.stringMatching(/^2025-06-25T12:00:00Z +2025-06-25T12:20:00Z +version 2: Staging -> Production +person ann@desk +cheaper$/),
      expect.stringMatching(/@champion: - -> 1 +unknown +cheaper$/),
      "1 earlier ones are not shown.",
    ]);
  });

  it("says of a time before the first change that there was none", () => {
    const before = { ...history, recorded_until: "2025-06-01T00:00:00Z", production: null, aliases: [], changes: [], total_entries: 0 };
    expect(renderHistory(before)).toBe(
      "fx-usdsgd-predictor at 2025-06-26T00:00:00Z, as recorded until 2025-06-01T00:00:00Z: no version in Production.\nNo stage and no alias of it was changed by then.",
    );
  });

  it.each([
    ["USD_SGD", "fx-usdsgd-predictor"],
    ["fx-usdsgd-predictor-h5", "fx-usdsgd-predictor-h5"],
    ["USD_SGD_direction_h1", "USD_SGD_direction_h1"],
  ])("takes %s", (text, name) => expect(readModel(text)).toBe(name));
});
