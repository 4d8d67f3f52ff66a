import { expect, it } from "vitest";
import { createLedger } from "../../../../functions/adapters/libsql/ledger/ledger.ts";
import { createCallbackOutbox } from "../../../../functions/adapters/libsql/orchestration/callbackOutbox.ts";
import { createEngine } from "../../../../functions/engine/engine.ts";
import { monitoring } from "../../../../functions/pipelines/monitoring/dag.ts";
import { MINUTE } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import { CHECKS } from "../../../../shared/monitoring/reading.ts";
import type { Notification } from "../../../../shared/ports/notifier.ts";
import { createTestEngine, wrapSteps } from "../../../support/engine/testEngine.ts";
import { barsWithMoves } from "../../../support/models/monitorFixture.ts";
import { createTestPorts, storeBars } from "../../../support/ports/testPorts.ts";

/** A Tuesday noon; the newest bar ended five hours before. */
const NOON = Date.UTC(2025, 5, 24, 12);

it("runs on the real ledger: every check measures, one that fails keeps nobody from being alarmed, and people hear of it once", async () => {
  const ports = await createTestPorts({ now: NOON });
  await storeBars(ports, barsWithMoves("USD_SGD", NOON - 300 * MINUTE, [0.001, 0.001]));
  const away = async () => {
    throw new AppError("store_unavailable", "away", { retryable: false });
  };
  let is_broken = false;
  const dag = wrapSteps(monitoring, (step) => (given, context) => (is_broken && step.name === "drift" ? away() : step.run(given, context)));
  const notified: Notification[] = [];
  const { deps, clock } = createTestEngine(createLedger(ports.database, {}), [], {});
  const engine = createEngine({
    ...deps,
    dags: [dag],
    ports,
    outbox: createCallbackOutbox(ports.database),
    notifier: { notify: async (notification) => void notified.push(notification) },
  });
  const run = async (at: number) => {
    clock.set(at);
    const [triggered] = await engine.schedule("*/15 * * * *", at);
    await engine.drain({ advanceTo: clock.set });
    await engine.sweep();
    const { rows } = await ports.database.$client.execute({
      sql: "SELECT task_id, state FROM task_instances WHERE run_id = ?",
      args: [triggered!.run.run_id],
    });
    return Object.fromEntries(rows.map((row) => [row["task_id"], row["state"]]));
  };

  // Far beyond the test clock's start, which is a Friday: the window's end is what counts.
  const start = Date.UTC(2025, 5, 27, 12, 15);
  expect(new Set(Object.values(await run(start)))).toEqual(new Set(["success"]));
  expect(new Set((await ports.monitor.latest()).map(({ check }) => check))).toEqual(new Set(CHECKS));
  expect(new Set((await ports.monitor.latest()).map(({ measured_at }) => measured_at))).toEqual(new Set([start]));
  expect(notified).toEqual([]);

  is_broken = true;
  expect(await run(start + 15 * MINUTE)).toMatchObject({ drift: "failed", alerts: "success" });
  const bars = notified.filter(({ title }) => title.includes("bar_age_h"));
  expect(bars).toMatchObject([{ kind: "alert", severity: "error", title: "Alert: bar_age_h of USD_SGD (freshness)" }]);
  const before = notified.length;
  await run(start + 30 * MINUTE);
  // The late bars are old news by now; that a check fails run after run is found by another.
  expect(notified.slice(before).filter(({ kind }) => kind === "alert")).toMatchObject([
    { title: "Alert: failed_tasks_24h of ledger (infrastructure)" },
  ]);
});
