import { describe, expect, it } from "vitest";
import { farthestFeatures, MAX_FEATURES_TOLD } from "../../../shared/exposition/farthestFeatures.ts";

const reading = (check: "features" | "drift", subject: string, value: number, metric = "psi") => ({ check, subject, metric, value });

describe("farthestFeatures", () => {
  it("keeps of each instrument and metric the features with the largest values, and all of other checks", () => {
    const many = Array.from({ length: MAX_FEATURES_TOLD + 5 }, (_, i) => reading("features", `USD_SGD/f${i}`, i));
    const others = [
      reading("features", "EUR_USD/f0", 0),
      reading("features", "USD_SGD/f0", 0, "missing_share"),
      ...Array.from({ length: 50 }, () => reading("drift", "USD_SGD", 0)),
    ];
    expect(farthestFeatures([...many, ...others])).toEqual([...many.slice(5), ...others]);
  });
});
