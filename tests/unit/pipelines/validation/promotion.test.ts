import { describe, expect, it, vi } from "vitest";
import { loadStaging } from "../../../../functions/pipelines/validation/loadStaging.ts";
import { runBacktest } from "../../../../functions/pipelines/validation/runBacktest.ts";
import { DAY, HOUR, type Instant, MINUTE, toIso } from "../../../../shared/domain/instant.ts";
import { type ModelCard, modelCardSchema, sourceKeys } from "../../../../shared/models/modelCard.ts";
import { parseTreeEnsemble } from "../../../../shared/models/parseTreeEnsemble.ts";
import { TRAINING_DELAY_MS } from "../../../../shared/models/trainingDelay.ts";
import type { TreeEnsemble } from "../../../../shared/models/treeLayout.ts";
import { onnxOfTrees } from "../../../../shared/onnx/onnxOfTrees.ts";
import { whyNotByHand } from "../../../../shared/validation/promotableByHand.ts";
import { GATE } from "../../../support/api/actors.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { tinyModel } from "../../../support/models/tinyModel.ts";
import { NAME, NOON, runTraining, trained, validate } from "../../../support/models/trainedModel.ts";
import { createTestPorts } from "../../../support/ports/testPorts.ts";

const DIFFERS =
  /^failed: .*model.onnx differs on \d+ of 1000 rows by more than 0.000001, by up to [\d.e-]+: 2025-\d\d-\d\dT\d\d:00:00Z \(served 0\.\d+, ONNX 0\.\d+\)/;
const onnxOf = (model: Uint8Array, { feature_names, calibration }: ModelCard) =>
  onnxOfTrees(parseTreeEnsemble(model, feature_names), calibration);

describe("the gate to Production", () => {
  it("a sound model is promoted from when it is there, and the online store points at it", async () => {
    const done = await trained();
    done.ports.clock.set(NOON + 3 * MINUTE);
    expect(await validate(done, "1", NOON)).toMatchObject({ kind: "success", report: { name: NAME, version: "1", serves: true } });
    expect((await done.ports.tracking.productionAt(NAME, NOON + 3 * MINUTE))?.version).toBe("1");
    expect(await done.ports.tracking.productionAt(NAME, NOON + 3 * MINUTE - 1)).toBeNull();
    expect(await done.ports.online.readProduction(NAME)).toMatchObject({ version: "1", promoted_at: NOON + 3 * MINUTE });
    expect((await done.ports.tracking.version(NAME, "1"))?.tags).toMatchObject({
      parity_check: expect.stringMatching(/^passed/),
      leak_check: expect.stringMatching(/^passed/),
      rebuild_check: expect.stringMatching(/^passed/),
      shuffle_check: expect.stringMatching(/^passed: on shuffled labels/),
      dominance_check: expect.stringMatching(/^passed: ret_1 has 100.0 % of the gain and is explained/),
      split_check: expect.stringMatching(/^passed/),
      size_check: expect.stringMatching(/^passed/),
      sanity_check: expect.stringMatching(/^passed/),
      importance_check: expect.stringMatching(/^passed/),
      skill_check: expect.stringMatching(/^passed/),
      calibration_check: expect.stringMatching(/^passed: expected calibration error/),
      skill: "none",
      skill_reason: expect.stringMatching(/log loss minus that of/),
    });
  });

  it("a model that fails a check stays in Staging, with the check's name", async () => {
    const done = await trained(1e-6);
    const outcome = await validate(done, "1", NOON);
    expect(outcome).toEqual({ kind: "skipped", reason: `${NAME}/1 stays in Staging: parity_check failed.` });
    expect((await done.ports.tracking.version(NAME, "1"))?.current_stage).toBe("Staging");
    expect(await done.ports.online.readProduction(NAME)).toBeNull();
  });

  it.each<[string, (card: ModelCard, trees: TreeEnsemble) => Uint8Array, RegExp]>([
    [
      "of other trees",
      (card) => onnxOf(tinyModel(card.feature_names, { feature: 0, threshold: 0, left: 0.06, right: -0.05 }), card),
      DIFFERS,
    ],
    [
      "without the calibration that is served",
      (card, trees) => onnxOfTrees(trees, { ...card.calibration, kind: "platt", slope: 1.1, intercept: 0, rows: 900 }),
      DIFFERS,
    ],
    [
      "that has its columns in another order",
      (card) => onnxOf(tinyModel(card.feature_names, { feature: 1, threshold: 0, left: 0.05, right: -0.05 }), card),
      DIFFERS,
    ],
    ["that is none", () => new Uint8Array([1, 2, 3]), /^failed: equal to XGBoost bit for bit on 1 row; model.onnx: /],
  ])("a model with an ONNX file %s stays in Staging, with the rows that differ", async (_what, plant, words) => {
    const done = await trained();
    const { source } = (await done.ports.tracking.version(NAME, "1"))!;
    const keys = sourceKeys(source);
    const card = modelCardSchema.parse(JSON.parse(new TextDecoder().decode((await done.ports.lake.get(keys.card))!)));
    const trees = parseTreeEnsemble((await done.ports.lake.get(keys.json))!, card.feature_names);
    done.ports.lake.replace(keys.onnx, plant(card, trees));
    expect(await validate(done, "1", NOON)).toEqual({ kind: "skipped", reason: `${NAME}/1 stays in Staging: parity_check failed.` });
    expect((await done.ports.tracking.version(NAME, "1"))!.tags["parity_check"]).toMatch(words);
  });

  it("an accuracy that nobody would believe is taken for a leak", async () => {
    const done = await trained();
    const strict = { ...done, ports: { ...done.ports, config: { ...done.ports.config, max_plausible_accuracy: 0.4 } } };
    expect(await validate(strict, "1", NOON)).toMatchObject({
      reason: expect.stringMatching(/Staging: dominance_check, leak_check failed/),
    });
  });

  it("a replay of the past gets its place in the history and displaces nothing later, and the other way round it does", async () => {
    const done = await trained();
    done.ports.clock.set(NOON + 2 * DAY);
    await validate(done, "1", NOON);
    await runTraining(done, NOON - DAY, "run-0");
    const from = (interval_end: Instant) => interval_end + TRAINING_DELAY_MS;
    const past = await validate(done, "2", NOON - DAY);
    expect(past).toMatchObject({
      kind: "success",
      report: { serves: false, promoted_at: toIso(from(NOON - DAY)), until: toIso(from(NOON)) },
    });
    expect(await validate(done, "2", NOON - DAY)).toEqual(past);
    const at = async (moment: Instant) => (await done.ports.tracking.productionAt(NAME, moment))?.version ?? null;
    const moments = [from(NOON - DAY) - 1, from(NOON - DAY), from(NOON) - 1, from(NOON), NOON + 2 * DAY];
    expect(await Promise.all(moments.map(at))).toEqual([null, "2", "2", "1", "1"]);
    expect(await done.ports.online.readProduction(NAME)).toMatchObject({ version: "1" });
    await runTraining(done, NOON + DAY, "run-2");
    expect(await validate(done, "3", NOON + DAY)).toMatchObject({ report: { serves: true } });
    expect(await done.ports.online.readProduction(NAME)).toMatchObject({ version: "3", promoted_at: from(NOON + DAY) });
    expect(await at(NOON + HOUR)).toBe("1");
  });

  it("what is repeated after a person went back to another version does not undo that", async () => {
    const done = await trained();
    await validate(done, "1", NOON);
    done.ports.clock.set(NOON + DAY);
    await runTraining(done, NOON + DAY, "run-2");
    await validate(done, "2", NOON + DAY);
    await done.ports.tracking.transition(NAME, "1", "Production", NOON + DAY + MINUTE, "rolled back", GATE);
    done.ports.clock.set(NOON + 2 * DAY);
    expect(await validate(done, "2", NOON + DAY)).toMatchObject({ report: { serves: false } });
    expect((await done.ports.tracking.productionAt(NAME, NOON + 2 * DAY))?.version).toBe("1");
  });

  it("a version that a person pinned stays: what comes is judged and recorded, and promoted when the pin has ended", async () => {
    const done = await trained();
    const { tracking, clock } = done.ports;
    const ann = { kind: "person", name: "ann@desk" } as const;
    await validate(done, "1", NOON);
    clock.set(NOON + HOUR);
    await tracking.pin(NAME, "1", NOON + HOUR, "rollback: the other was rash", ann);
    clock.set(NOON + DAY);
    await runTraining(done, NOON + DAY, "run-2");
    expect(await validate(done, "2", NOON + DAY)).toEqual({
      kind: "skipped",
      reason: `${NAME}/2 stays in Staging: champion_check failed.`,
    });
    const { tags } = (await tracking.version(NAME, "2"))!;
    expect(tags["champion_check"]).toMatch(
      /^failed: version 1 is pinned since 2025-06-25T13:00:00Z by ann@desk \(rollback: the other was rash\); npm run fx -- models unpin fx-usdsgd-predictor ends that. As it was judged, it would take its place otherwise: version 1 is in Production/,
    );
    expect(whyNotByHand(tags)).toBeNull();
    clock.set(NOON + DAY + HOUR);
    await tracking.pin(NAME, null, NOON + DAY + HOUR, "unpin: it is fine", ann);
    expect(await validate(done, "2", NOON + DAY)).toMatchObject({ kind: "skipped" });
    clock.set(NOON + 2 * DAY);
    await runTraining(done, NOON + 2 * DAY, "run-3");
    expect(await validate(done, "3", NOON + 2 * DAY)).toMatchObject({ kind: "success", report: { serves: true } });
    await tracking.pin(NAME, "1", NOON + 2 * DAY, "rollback: again", ann);
    // What was done before it was pinned is not undone by doing it again.
    expect(await validate(done, "3", NOON + 2 * DAY)).toMatchObject({ kind: "success", report: { serves: true } });
  });

  it("a replay of the past goes by what was pinned then, and never takes the place of what is pinned now", async () => {
    const done = await trained();
    const { tracking, clock } = done.ports;
    const ann = { kind: "person", name: "ann@desk" } as const;
    await validate(done, "1", NOON);
    await runTraining(done, NOON - DAY, "run-0");
    await runTraining(done, NOON + DAY, "run-2");
    clock.set(NOON + 3 * DAY);
    await tracking.pin(NAME, "1", clock.now(), "rollback: the best we had", ann);
    expect(await validate(done, "2", NOON - DAY)).toMatchObject({ kind: "success", report: { serves: false } });
    expect(await validate(done, "3", NOON + DAY)).toMatchObject({ kind: "skipped", reason: expect.stringContaining("champion_check") });
    expect(await done.ports.online.readProduction(NAME)).toMatchObject({ version: "1" });
  });

  it("a pin that comes while the checks go on holds, too", async () => {
    const done = await trained();
    await validate(done, "1", NOON);
    done.ports.clock.set(NOON + DAY);
    await runTraining(done, NOON + DAY, "run-2");
    await done.ports.tracking.pin(NAME, "1", NOON + HOUR, "rollback: just now", { kind: "person", name: "ann@desk" });
    // What the champion's check sees is from before.
    vi.spyOn(done.ports.tracking, "pinAt").mockResolvedValueOnce(null).mockResolvedValueOnce(null);
    expect(await validate(done, "2", NOON + DAY)).toEqual({
      kind: "skipped",
      reason: expect.stringMatching(
        /^fx-usdsgd-predictor\/2 stays in Staging: version 1 is pinned since .* by ann@desk \(rollback: just now\)/,
      ),
    });
  });

  it("a run that did the backtest before it checked anything goes on, and promotes nothing", () => {
    const before = {
      read: 9,
      trades: 0,
      net_bp: null,
      trades_of_every_direction: 9,
      net_bp_of_every_direction: 1,
      break_even_accuracy: 0.6,
    };
    expect(runBacktest.report.parse(before)).toMatchObject({ ...before, checks: [{ name: "skill_check", passed: false }] });
  });

  it.each([[undefined], ["7"], [3]])("a version that there is not (%s) is named", async (version) => {
    const ports = await createTestPorts({ now: NOON });
    const context = stepContext({ window: { start: 0, end: NOON }, conf: { versions: { USD_SGD: version } } });
    await expect(loadStaging.run(ports, context)).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining("conf.versions.USD_SGD"),
    });
  });
});
