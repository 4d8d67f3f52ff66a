import { beforeEach, describe, expect, it } from "vitest";
import { notify } from "../../../../functions/pipelines/validation/notify.ts";
import { DAY, MINUTE, toIso } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import { promotionReason } from "../../../../shared/models/promotionReason.ts";
import type { Notification } from "../../../../shared/ports/notifier.ts";
import { GATE } from "../../../support/api/actors.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { createTestPorts, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const [ONE, TWO] = ["fx-usdsgd-predictor", "fx-eurusd-predictor"];

let ports: TestPorts;
const told: Notification[] = [];
const lines: string[] = [];
beforeEach(async () => {
  told.length = lines.length = 0;
  const channels = [
    { name: "Slack", notify: () => Promise.reject(new AppError("source_rejected", "Slack answered 404: no_service")) },
    { name: "e-mail", notify: async (message: Notification) => void told.push(message) },
  ];
  ports = { ...(await createTestPorts({ now: NOON + MINUTE })), channels };
  for (const name of [ONE, TWO]) await ports.tracking.registerVersion(name, `run-${name}`, "s", NOON);
  await ports.tracking.setVersionTags(ONE, "1", { leak_check: "passed: fine", skill: "none", skill_reason: "No better than chance." });
  await ports.tracking.transition(ONE, "1", "Production", NOON, promotionReason("run"), GATE);
  await ports.tracking.transition(TWO, "1", "Staging", NOON, "trained by t", GATE);
});

const staged = (name: string) => ({ read: 1, name, version: "1", run_id: `run-${name}`, source: "s" });
const promotion = (change: object = {}) => ({ name: ONE, version: "1", promoted_at: toIso(NOON), written: 1, serves: true, ...change });
const run = (load: object, promoted: object, end = NOON) => {
  const reports: Record<string, object> = { load_staging: load, promote_to_production: promoted };
  const context = stepContext({ window: { start: end - DAY, end } });
  const log = (line: string) => void lines.push(line);
  return notify.run(ports, { ...context, log, upstreamAll: (task_id) => reports[task_id] as ReturnType<typeof context.upstreamAll> });
};

describe("people", () => {
  it("are told what was promoted, and what was refused and why; who does not take it is a warning", async () => {
    await ports.tracking.setVersionTags(TWO, "1", {
      leak_check: "failed: accuracy 61 %",
      size_check: "passed: enough",
      parity_check: "failed: 2 rows",
    });
    const outcome = await run({ USD_SGD: staged(ONE), EUR_USD: staged(TWO) }, { USD_SGD: promotion() });
    expect(outcome).toEqual({ kind: "success", report: { told: ["e-mail"], failed: ["Slack"] } });
    expect(told).toMatchObject([{ kind: "promotion", severity: "warning", title: "1 of 2 models promoted" }]);
    expect(told[0]!.text.split("\n")).toEqual([
      `${ONE}/1 is in Production since ${toIso(NOON)}. Skill none: No better than chance.`,
      `${TWO}/1 stays in Staging: leak_check (accuracy 61 %); parity_check (2 rows)`,
      expect.stringMatching(/^Run .+ of model_validation\.$/),
    ]);
    expect(lines[0]).toBe("1 of 2 models promoted");
    expect(lines.at(-1)).toBe("warning: Slack was not told: Slack answered 404: no_service");
  });

  it.each([
    ["one that serves", ONE, promotion(), `${ONE}/1 is in Production`, "info", /is in Production since/],
    [
      "one of the past",
      ONE,
      promotion({ serves: false, until: toIso(NOON + MINUTE) }),
      `${ONE}/1 is promoted into the past`,
      "info",
      /until .+, in the past/,
    ],
    ["one that was not judged", TWO, null, `${TWO}/1 stays in Staging`, "warning", /not judged to the end/],
  ])("are told of %s alone", async (_which, name, promoted, title, severity, text) => {
    await run({ X: staged(name) }, promoted === null ? {} : { X: promoted });
    expect(told).toMatchObject([{ title, severity, text: expect.stringMatching(text) }]);
  });

  it("are not told of a replay of the past, nor of nothing", async () => {
    ports.clock.advance(3 * DAY);
    expect(await run({ USD_SGD: staged(ONE) }, { USD_SGD: promotion() })).toMatchObject({
      kind: "skipped",
      reason: expect.stringContaining("past"),
    });
    expect(await run({}, {}, NOON + 3 * DAY)).toMatchObject({ kind: "skipped" });
    expect(told).toEqual([]);
  });
});
