import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { boardFiles } from "../../../dashboards/grafana/boards.ts";
import { aboveIsBad, limitOfAlert, limitsOf } from "../../../dashboards/grafana/limits.ts";
import { CHECKS } from "../../../shared/monitoring/reading.ts";
import { METRIC_RULES } from "../../../shared/monitoring/thresholds.ts";
import { expandVariables } from "../../support/monitoring/grafanaVariables.ts";
import { knownMetrics } from "../../support/monitoring/knownMetrics.ts";
import { readPromql } from "../../support/monitoring/promql.ts";

const FOLDER = join(import.meta.dirname, "../../../dashboards/grafana");
const read = (path: string) => readFileSync(join(FOLDER, path), "utf8");

interface Step {
  readonly value: number | null;
  readonly color: string;
}
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly {
    readonly refId: string;
    readonly expr: string;
    readonly legendFormat: string;
    readonly datasource?: { readonly uid: string };
  }[];
  readonly options?: { readonly legend?: { readonly showLegend: boolean } };
  readonly fieldConfig?: {
    readonly defaults: { readonly unit?: string; readonly noValue?: string; readonly thresholds?: { readonly steps: readonly Step[] } };
  };
}
interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
}

const made = boardFiles();
const dashboards = [...made.values()].map((text) => JSON.parse(text) as Dashboard);
const each = dashboards.map((dashboard) => [dashboard.uid, dashboard] as const);
const shown = dashboards.flatMap(({ uid, panels }) =>
  panels.filter(({ type }) => type !== "row").map((panel) => [`${uid}: ${panel.title}`, panel] as const),
);
const { own, readings } = await knownMetrics();
const OF_PROMETHEUS = ["up"];

/** What Grafana would colour a value. */
function colorAt(steps: readonly Step[], value: number): string {
  return steps.findLast((step) => step.value === null || value >= step.value)!.color;
}

describe("the dashboards as files", () => {
  it("are what the code makes: npm run dashboards", () => {
    expect(readdirSync(join(FOLDER, "json")).sort()).toEqual([...made.keys()].sort());
    for (const [name, text] of made) expect(read(`json/${name}`) === text, name).toBe(true);
  });

  it("are found by Grafana under the uids and the datasource that are provisioned", () => {
    const { providers } = parse(read("provisioning/dashboards/fx-medallion.yaml")) as { providers: { options: { path: string } }[] };
    expect(providers.map(({ options }) => options.path)).toEqual(["$FX_DASHBOARDS"]);
    const { datasources } = parse(read("provisioning/datasources/fx-medallion.yaml")) as {
      datasources: { type: string; isDefault: boolean }[];
    };
    expect(datasources).toMatchObject([{ type: "prometheus", isDefault: true }]);
    expect(new Set(dashboards.map(({ uid }) => uid)).size).toBe(dashboards.length);
    for (const { uid } of dashboards) expect(uid).toMatch(/^[a-zA-Z0-9_-]{1,40}$/);
  });
});

describe.each(each)("%s", (_uid, { panels, schemaVersion, templating, title, description }) => {
  it("has a title, a description, its variables and a schema that Grafana reads", () => {
    expect(title).toMatch(/^FX: /);
    expect(description).toMatch(/\.$/);
    expect(schemaVersion).toBeGreaterThanOrEqual(36);
    expect(templating.list.map(({ name, type }) => [name, type])).toEqual([
      ["datasource", "datasource"],
      ["instrument", "query"],
    ]);
  });

  it("has panels with ids of their own", () => {
    const ids = panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toBeGreaterThan(0);
  });

  it("has no panel beyond column 24 or under another", () => {
    const taken = new Set<string>();
    for (const { gridPos, title: name } of panels) {
      const { x, y, w, h } = gridPos;
      expect(x + w, name).toBeLessThanOrEqual(24);
      for (let column = x; column < x + w; column++)
        for (let line = y; line < y + h; line++) {
          expect(taken.has(`${column},${line}`), `${name} at ${column},${line}`).toBe(false);
          taken.add(`${column},${line}`);
        }
    }
  });
});

describe.each(shown)("%s", (_name, { type, description, options, fieldConfig, targets = [], datasource }) => {
  it("says what it shows, in which unit, and that nothing is no 0", () => {
    expect(description).toMatch(/^.{30,}\.$/s);
    expect(fieldConfig?.defaults.unit).toMatch(/^\w+$/);
    expect(fieldConfig?.defaults.noValue).toBe("no data");
  });

  it("has a legend where its form has one", () => {
    if (["timeseries", "status-history", "barchart", "xychart"].includes(type)) expect(options?.legend?.showLegend).toBe(true);
  });

  it("asks the datasource that is chosen for metrics that exist", () => {
    expect(datasource?.uid).toBe("$datasource");
    expect(targets.length).toBeGreaterThan(0);
    expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    for (const { expr, legendFormat, datasource: of } of targets) {
      expect(of?.uid).toBe("$datasource");
      expect(legendFormat).toMatch(/\S/);
      const { metrics } = readPromql(expandVariables(expr));
      expect(metrics.length).toBeGreaterThan(0);
      for (const name of metrics) expect([...OF_PROMETHEUS, ...own, ...readings]).toContain(name);
    }
  });
});

describe("limits", () => {
  it.each(CHECKS.flatMap((check) => Object.entries(METRIC_RULES[check]).map(([metric, rule]) => [`${check}.${metric}`, rule] as const)))(
    "%s is coloured as its rule judges a value without an interval",
    (_name, rule) => {
      const steps = limitsOf(rule, 60);
      const around = [rule.warning, rule.breach].filter((limit) => limit !== null).flatMap((limit) => [limit, -limit]);
      for (const value of around.flatMap((limit) => [limit - 1e-3, limit, limit + 1e-3])) {
        // Whole numbers are hit exactly; of others the last bits do not matter.
        if (!Number.isInteger(value * 60) && around.some((limit) => limit === value)) continue;
        expect(colorAt(steps, value * 60), `${value}`).toBe(judged(rule, value));
      }
      expect(steps.map(({ value }) => value ?? -Infinity).every((value, at, all) => at === 0 || value > all[at - 1]!)).toBe(true);
    },
  );

  function judged({ bad, warning, breach }: (typeof METRIC_RULES)["drift"][string], value: number): string {
    const beyond = (limit: number | null) =>
      limit !== null && (bad === "above" ? value > limit : bad === "below" ? value < limit : Math.abs(value) > limit);
    if (bad === "none") return "blue";
    return beyond(breach) ? "red" : beyond(warning) ? "orange" : "green";
  }

  it("of Prometheus' own alerts are read where they stand", () => {
    expect(limitOfAlert("PredictionsSlow")).toBe(0.1);
    expect(() => limitOfAlert("NoSuchAlert")).toThrow("no alert NoSuchAlert");
    expect(colorAt(aboveIsBad(0, null), 0)).toBe("green");
    expect(colorAt(aboveIsBad(0, null), 1)).toBe("orange");
  });
});
