import { beforeEach, expect, it } from "vitest";
import { tellAlertmanager } from "../../../../functions/pipelines/monitoring/tellAlertmanager.ts";
import type { Ports } from "../../../../functions/pipelines/ports.ts";
import { DAY, HOUR, MINUTE } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import type { AlertChange } from "../../../../shared/monitoring/alert.ts";
import { decideAlert, withdrawAlert } from "../../../../shared/monitoring/decideAlert.ts";
import { judge } from "../../../../shared/monitoring/metricRule.ts";
import { ruleOf } from "../../../../shared/monitoring/thresholds.ts";
import { COUNTS_FOR_MS } from "../../../../shared/notify/postedAlerts.ts";
import type { PostedAlert } from "../../../../shared/ports/alertSink.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { createTestPorts, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 24, 12);
const ORIGIN = { dag_id: "monitoring", run_id: "r", task_id: "alerts" };

let ports: TestPorts;
let posts: (readonly PostedAlert[])[];
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  posts = [];
});

const taking: Ports["alert_sink"] = { post: async (alerts) => void posts.push(alerts) };

async function run(alert_sink: Ports["alert_sink"]) {
  const context = stepContext({ map_key: "", window: { start: NOW - 15 * MINUTE, end: NOW }, upstream: {} });
  return { outcome: await tellAlertmanager.run({ ...ports, alert_sink }, context), lines: context.lines };
}

/** An alert that fires since `since`, and has ended at `until`. */
async function fire(subject: string, since: number, until?: number) {
  await ports.monitor.prepareAlerts(changesOf(subject, since, until), ORIGIN).commit();
}

function changesOf(subject: string, since: number, until?: number): AlertChange[] {
  const seen = { check: "freshness", subject, metric: "bar_age_h", measured_at: since, value: 2.1 } as const;
  const { alert } = decideAlert({
    reading: judge(ruleOf("freshness", "bar_age_h"), seen),
    previous: "warning",
    unknown_for_long: false,
    firing: null,
  })!;
  return [{ kind: "fire", alert }, ...(until === undefined ? [] : [withdrawAlert(alert, until)])];
}

const told = () => posts.at(-1)!.map(({ labels, starts_at, ends_at }) => [labels["subject"], starts_at, ends_at]);

it("posts all that fires with each run, and what has ended lately", async () => {
  await fire("USD_SGD", NOW - 3 * HOUR);
  await fire("EUR_USD", NOW - 3 * HOUR, NOW - HOUR);
  await fire("XAU_USD", NOW - 9 * HOUR, NOW - 8 * HOUR);
  expect((await run(taking)).outcome).toEqual({ kind: "success", report: { told: 2 } });
  expect(told()).toEqual([
    ["USD_SGD", NOW - 3 * HOUR, NOW + COUNTS_FOR_MS],
    ["EUR_USD", NOW - 3 * HOUR, NOW - HOUR],
  ]);
  ports.clock.advance(15 * MINUTE);
  await run(taking);
  // Before the first post has expired, and since the same moment.
  expect(told()[0]).toEqual(["USD_SGD", NOW - 3 * HOUR, NOW + 15 * MINUTE + COUNTS_FOR_MS]);
  expect(COUNTS_FOR_MS).toBeGreaterThan(2 * 15 * MINUTE);
});

it("posts what has fired for long, and the end of it, however many others began later", async () => {
  await fire("LONG", NOW - 40 * DAY);
  await fire("ENDED", NOW - 40 * DAY, NOW - MINUTE);
  const others = Array.from({ length: 600 }, (_, other) => changesOf(`${other}`, NOW - 4 * HOUR - other, NOW - 3 * HOUR));
  await ports.monitor.prepareAlerts(others.flat(), ORIGIN).commit();
  await run(taking);
  expect(told()).toEqual([
    ["LONG", NOW - 40 * DAY, NOW + COUNTS_FOR_MS],
    ["ENDED", NOW - 40 * DAY, NOW - MINUTE],
  ]);
});

it("posts what fires again once, without what ended of it before, and with its instrument", async () => {
  await fire("USD_SGD", NOW - 2 * HOUR, NOW - HOUR);
  await fire("USD_SGD", NOW - 15 * MINUTE);
  expect((await run(taking)).outcome).toEqual({ kind: "success", report: { told: 1 } });
  expect(told()).toEqual([["USD_SGD", NOW - 15 * MINUTE, NOW + COUNTS_FOR_MS]]);
  expect(posts[0]![0]!.labels).toMatchObject({ instrument: "USD_SGD" });
});

it("says where it is to be set that there is none", async () => {
  await fire("USD_SGD", NOW - HOUR);
  const { outcome, lines } = await run(null);
  expect(outcome).toEqual({ kind: "success", report: { told: 0 } });
  expect(lines.join()).toContain("NOTIFY_ALERTMANAGER_URL");
});

it("fails where Alertmanager is away, so that it is tried again and seen", async () => {
  await fire("USD_SGD", NOW - HOUR);
  const post = () => Promise.reject(new AppError("source_unavailable", "Alertmanager could not be reached", { retryable: true }));
  await expect(run({ post })).rejects.toThrow("could not be reached");
});
