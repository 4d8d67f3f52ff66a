import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";

const DASHBOARDS = join(import.meta.dirname, "../../../dashboards");
const read = (path: string) => parse(readFileSync(join(DASHBOARDS, path), "utf8"));

interface Inhibition {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal?: readonly string[];
}
const inhibitions = (read("alertmanager/alertmanager.yml") as { inhibit_rules: Inhibition[] }).inhibit_rules;
const rules = (read("prometheus/alerts.yml") as { groups: { rules: { alert: string; expr: string }[] }[] }).groups.flatMap(
  ({ rules: own }) => own,
);

/** Names of the alerts that the matchers leave. */
function named(matchers: readonly string[]): string[] {
  const read = matchers.map((one) => /^alertname(=~|!~|!=|=)"(.+)"$/.exec(one)).filter((found) => found !== null);
  const fits = (alert: string) =>
    read.every(([, how, text]) => new RegExp(how!.endsWith("~") ? `^(?:${text})$` : `^${text}$`).test(alert) === !how!.startsWith("!"));
  return rules.map(({ alert }) => alert).filter(fits);
}

/** Of a source of news, or of the sidecar: there is one of what depends on it. */
const OF_THE_PLATFORM = ["NewsSourceSilent", "SidecarDown"];

it.each(inhibitions.map((rule) => [rule.source_matchers.join(), rule] as const))("what %s silences is its own", (_matchers, rule) => {
  const sources = named(rule.source_matchers);
  const targets = named(rule.target_matchers);
  expect(sources.length).toBeGreaterThan(0);
  expect(targets.length).toBeGreaterThan(0);
  const of_subjects = sources.filter((alert) => rules.some((one) => one.alert === alert && one.expr.includes("fx_alert_firing")));
  if (of_subjects.every((alert) => OF_THE_PLATFORM.includes(alert))) return;
  const { equal = [], source_matchers } = rule;
  // One that is a trouble of its subject alone: of the same subject, or of an instrument, which the source must have.
  const is_its_own = equal.includes("subject") || (equal.includes("instrument") && source_matchers.includes('instrument!=""'));
  expect(is_its_own, sources.join()).toBe(true);
});
