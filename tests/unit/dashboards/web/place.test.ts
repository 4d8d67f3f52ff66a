import { describe, expect, it } from "vitest";
import { placeOf } from "../../../../dashboards/web/src/state/place.ts";

describe("the place that an address names", () => {
  it.each([
    ["/", "now", null, null],
    ["/ui", "now", null, null],
    ["/ui/", "now", null, null],
    ["/?tz=SGT", "now", null, null],
    ["/ui/models", "models", null, null],
    ["/ui/models/", "models", null, null],
    ["/ui/models/fx-usdsgd-predictor/3?tz=SGT", "models", "fx-usdsgd-predictor", "3"],
    [
      "/ui/pipelines/monitoring/scheduled__2026-01-31T00%3A15%3A00%2B00%3A00",
      "pipelines",
      "monitoring",
      "scheduled__2026-01-31T00:15:00+00:00",
    ],
    ["/ui/models/a%2Fb", "models", "a/b", null],
    ["/ui/models/%E0%A4%A", "models", "%E0%A4%A", null],
    ["/ui/a/b/c/d", null, null, null],
    ["/market", null, null, null],
    ["/uimarket", null, null, null],
  ])("%s", (address, page, item, part) => expect(placeOf(address)).toMatchObject({ page, item, part }));
});
