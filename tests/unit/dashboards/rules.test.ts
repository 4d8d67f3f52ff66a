import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { allCommands } from "../../../functions/local/commands/commandTable.ts";
import { knownMetrics } from "../../support/monitoring/knownMetrics.ts";
import { readPromql } from "../../support/monitoring/promql.ts";

const DASHBOARDS = join(import.meta.dirname, "../../../dashboards");
const read = (path: string) => readFileSync(join(DASHBOARDS, path), "utf8");

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
const rulesOf = (file: string) =>
  (parse(read(`prometheus/${file}`)) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules);

const alerts = rulesOf("alerts.yml");
const records = rulesOf("recording.yml");
const runbooks = readdirSync(join(DASHBOARDS, "runbooks")).map((name) => name.replace(/\.md$/, ""));
const { own, readings } = await knownMetrics();
const commands = (await allCommands()).map(({ name }) => name);

/** Told by Prometheus of what it scrapes. */
const OF_PROMETHEUS = ["up"];

/** In minutes. */
function minutesOf(range: string): number {
  const parts = [...range.matchAll(/(\d+)([smhd])/g)];
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * { s: 1 / 60, m: 1, h: 60, d: 1_440 }[unit as "s" | "m" | "h" | "d"],
    0,
  );
}

describe("rules of Prometheus", () => {
  it.each([...alerts, ...records].map((rule) => [rule.alert ?? rule.record!, rule.expr]))(
    "%s is PromQL over metrics that exist",
    (_name, expr) => {
      const { metrics, ranges } = readPromql(expr);
      expect(metrics.length).toBeGreaterThan(0);
      for (const name of metrics) expect([...OF_PROMETHEUS, ...own, ...readings]).toContain(name);
      // At least four scrapes of 15 s, also where the sample at the left end of a range does not count.
      for (const range of ranges) expect(minutesOf(range)).toBeGreaterThan(1);
    },
  );

  it("each say how bad it is, what it is, and what to do", () => {
    for (const { alert, labels, annotations, for: hold, keep_firing_for } of alerts) {
      expect(labels?.["severity"], alert).toMatch(/^(critical|warning|info|\{\{ \$labels\.severity \}\})$/);
      expect(annotations?.["summary"], alert).toMatch(/^\S.{5,}$/);
      expect(annotations?.["description"], alert).toMatch(/^\S.{20,}$/);
      expect(annotations?.["runbook_url"]).toBe(`{{ $externalLabels.fx_url }}/api/runbooks/${alert}`);
      // What the monitoring DAG has waited for fires at once; what Prometheus sees by itself lasts a while first.
      expect(
        [hold, keep_firing_for].filter((duration) => duration !== undefined),
        alert,
      ).toHaveLength(1);
    }
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  const { tests } = parse(read("prometheus/rules.test.yml")) as {
    tests: {
      alert_rule_test?: { alertname: string; exp_alerts?: unknown[] }[];
      promql_expr_test?: { expr: string; exp_samples?: unknown[] }[];
    }[];
  };

  it("that record each have a test of what they record", () => {
    const asked = tests.flatMap(({ promql_expr_test = [] }) => promql_expr_test).filter(({ exp_samples = [] }) => exp_samples.length > 0);
    const tested = records.filter(({ record }) => asked.some(({ expr }) => readPromql(expr).metrics.includes(record!)));
    expect(tested.map(({ record }) => record)).toEqual(records.map(({ record }) => record));
  });

  it("each have a test that sees them fire, and one that sees them not", () => {
    const cases = tests.flatMap(({ alert_rule_test = [] }) => alert_rule_test);
    const seen = (fires: boolean) =>
      new Set(cases.filter(({ exp_alerts = [] }) => exp_alerts.length > 0 === fires).map(({ alertname }) => alertname));
    expect([...seen(true)].sort()).toEqual(alerts.map(({ alert }) => alert).sort());
    expect([...seen(false)].sort()).toEqual(alerts.map(({ alert }) => alert).sort());
  });
});

describe("runbooks", () => {
  it("there is one for each alert, and none without", () => {
    expect(runbooks.sort()).toEqual(alerts.map(({ alert }) => alert).sort());
  });

  it.each(alerts.map(({ alert, expr }) => [alert!, expr]))(
    "%s says what it means, where to look and what to do, with commands that there are",
    (alert, expr) => {
      const page = read(`runbooks/${alert}.md`);
      expect(page.startsWith(`# ${alert}\n`)).toBe(true);
      expect(page).toContain(`\n${expr}\n`);
      expect(page).toMatch(/## Look\n\n\*/);
      expect(page).toMatch(/## Do\n\n\*/);

      for (const [, words] of page.matchAll(/`fx ([^`]+)`/g))
        expect(
          commands.some((name) => words === name || words!.startsWith(`${name} `)),
          `fx ${words}`,
        ).toBe(true);
    },
  );
});

describe("docs/metrics.md", () => {
  const page = readFileSync(join(DASHBOARDS, "../docs/metrics.md"), "utf8");
  it("names every metric but those of the readings", () => {
    const named = new Set([...page.matchAll(/`((?:fx|process)_[a-z0-9_]+)`/g)].map(([, name]) => name!));
    const base = (name: string) => name.replace(/_(bucket|sum|count)$/, "").replace(/^(fx_\w+)_oldest_age_seconds$/, "$1");
    expect([...own].map(base).filter((name) => !named.has(name))).toEqual([]);
    const known = new Set([...own, ...readings].flatMap((name) => [name, base(name)]));
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
  });
});
