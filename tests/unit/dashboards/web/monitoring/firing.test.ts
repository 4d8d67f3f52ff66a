import { describe, expect, it } from "vitest";
import { firingAt } from "../../../../../dashboards/web/src/pages/monitoring/firingAt.ts";
import { metricWords } from "../../../../../dashboards/web/src/pages/monitoring/metricWords.ts";
import { MONITORING_PAGES, pageOfCheck } from "../../../../../dashboards/web/src/pages/monitoring/pageOfCheck.ts";
import { DEFAULT_INSTRUMENTS } from "../../../../../shared/domain/instrument.ts";
import { rulesOfInstallation } from "../../../../../shared/monitoring/installedRules.ts";
import { CHECKS, type Check } from "../../../../../shared/monitoring/reading.ts";

const PAIRS = ["USD_SGD", "EUR_USD"];
const alert = (check: Check, subject: string) => ({ check, subject });

describe("the page of a check", () => {
  it("is one that shows its alerts, for every check", () => {
    for (const check of CHECKS) expect(MONITORING_PAGES[pageOfCheck(check)].checks).toContain(check);
    expect([pageOfCheck("infrastructure"), pageOfCheck("drift")]).toEqual(["infrastructure", "quality"]);
  });
});

describe("what fires, on a page of the monitoring", () => {
  const ALERTS = [
    alert("infrastructure", "EUR_USD"),
    alert("infrastructure", "worker"),
    alert("drift", "USD_SGD"),
    alert("quality", "EUR_USD"),
  ];

  it("is its own, and what it does not list with where that stands", () => {
    expect(firingAt("performance", ALERTS, "", PAIRS)).toEqual({
      own: [ALERTS[2]],
      elsewhere: [
        { page: "infrastructure", count: 2, is_of_other_pairs: false },
        { page: "quality", count: 1, is_of_other_pairs: false },
      ],
    });
  });

  it("never leaves one out: those of other pairs are elsewhere, on this page or another", () => {
    const { own, elsewhere } = firingAt("quality", ALERTS, "USD_SGD", PAIRS);
    expect(own).toEqual([ALERTS[2]]);
    expect(elsewhere).toEqual([
      { page: "infrastructure", count: 2, is_of_other_pairs: true },
      { page: "quality", count: 1, is_of_other_pairs: true },
    ]);
  });

  it("is nothing where nothing fires", () => {
    expect(firingAt("business", [], "USD_SGD", PAIRS)).toEqual({ own: [], elsewhere: [] });
  });
});

describe("a metric in words", () => {
  it("is there for everything that is measured", () => {
    const metrics = Object.values(rulesOfInstallation({ instruments: DEFAULT_INSTRUMENTS })).flatMap((rules) => Object.keys(rules));
    expect(metrics.length).toBeGreaterThan(60);
    for (const metric of metrics) expect(metricWords(metric), metric).not.toBe(metric.replaceAll("_", " "));
  });

  it("tells its span, and the view whose rows it is the age of", () => {
    expect(metricWords("accuracy_7d")).toBe("share of directions that came true, 7 days");
    expect(metricWords("failed_tasks_24h")).toBe("tasks that failed, 24 hours");
    expect(metricWords("market_features_age_h")).toBe("age of the newest row of market_features");
    expect(metricWords("of_their_own")).toBe("of their own");
  });
});
