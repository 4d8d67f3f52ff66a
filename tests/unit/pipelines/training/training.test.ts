import { beforeEach, describe, expect, it } from "vitest";
import { buildMarketGold } from "../../../../functions/pipelines/market_features/buildMarketGold.ts";
import { assembleTrainingSet } from "../../../../functions/pipelines/training/assembleTrainingSet.ts";
import { withDataset } from "../../../../functions/pipelines/training/readDataset.ts";
import { trainModel } from "../../../../functions/pipelines/training/trainModel.ts";
import type { Cursor, StepOutcome } from "../../../../shared/dag/step.ts";
import { sha256Hex } from "../../../../shared/domain/hash.ts";
import { DAY, HOUR } from "../../../../shared/domain/instant.ts";
import { runSlices, stepContext } from "../../../support/engine/stepContext.ts";
import { walkUntil } from "../../../support/market/candleLines.ts";
import { readDataset } from "../../../support/models/readDataset.ts";
import { createFakeTrainer, type FakeTrainer } from "../../../support/ports/fakeTrainer.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const BARS = walkUntil("USD_SGD", NOON, 2_200, 1);
const WINDOW = { start: NOON - DAY, end: NOON };
const CONF = { profile: "backfill" };

async function builtPorts(trainer: FakeTrainer, bars = BARS): Promise<TestPorts> {
  const ports = await createTestPorts({ now: NOON, trainer, config: { instruments: ["USD_SGD"] } });
  await storeBars(ports, bars);
  await runSlices(buildMarketGold, ports, { window: { start: bars[0]!.start, end: NOON } });
  return ports;
}

const assemble = (ports: TestPorts, window = WINDOW) => assembleTrainingSet.run(ports, stepContext({ window, conf: CONF }));
const datasetOf = (outcome: StepOutcome) => (outcome.kind === "success" ? String(outcome.report["dataset"]) : "");

describe("assemble_training_set", () => {
  it("writes the set to the lake under its hash, with a manifest that leads back to it", async () => {
    const ports = await builtPorts(createFakeTrainer());
    const outcome = await assemble(ports);
    expect(outcome).toMatchObject({ kind: "success", report: { written: 2_199 } });
    const { manifest, parquet, set } = await readDataset(ports, datasetOf(outcome));
    expect(sha256Hex(parquet)).toBe(manifest.sha256);
    expect(manifest).toMatchObject({ key: `datasets/${manifest.sha256}.parquet`, instrument: "USD_SGD", rows: 2_199, as_of: NOON });
    expect([manifest.first_event_time, manifest.last_event_time]).toEqual([BARS[0]!.start + HOUR, NOON - HOUR]);
    expect(set.feature_names).toEqual(manifest.feature_names);
  });

  it("is the same set whenever it is assembled for that interval: later bars and rows change nothing", async () => {
    const ports = await builtPorts(createFakeTrainer());
    const first = datasetOf(await assemble(ports));
    await storeBars(ports, walkUntil("USD_SGD", NOON + 6 * HOUR, 6, 9));
    await runSlices(buildMarketGold, ports, { window: { start: NOON, end: NOON + 6 * HOUR } });
    expect(datasetOf(await assemble(ports))).toBe(first);
    expect(datasetOf(await assemble(ports, { start: NOON, end: NOON + HOUR }))).not.toBe(first);
    expect(ports.lake.keys()).toHaveLength(2);
  });

  it("is there with its file's hash for as long as it is worked with, and no longer", async () => {
    const ports = await builtPorts(createFakeTrainer());
    const sha256 = datasetOf(await assemble(ports));
    const whole = await readDataset(ports, sha256);
    const kept = await withDataset(ports, sha256, (dataset) => {
      expect(dataset).toEqual({ manifest: whole.manifest, sha256, set: whole.set });
      return dataset.set;
    });
    expect([kept.y, kept.event_time, ...kept.features].every((column) => column.length === 0)).toBe(true);
    expect(await readDataset(ports, sha256)).toEqual(whole);
  });

  it("no label of it was decided after the interval's end", async () => {
    const ports = await builtPorts(createFakeTrainer());
    const end = NOON - 5 * HOUR;
    const { set } = await readDataset(ports, datasetOf(await assemble(ports, { start: end - DAY, end })));
    expect(Math.max(...set.label_end)).toBe(end);
    expect(Math.max(...set.event_time)).toBe(end - HOUR);
  });

  it("skips with the numbers when there are too few rows", async () => {
    const ports = await builtPorts(createFakeTrainer(), BARS.slice(-200));
    expect(await assemble(ports)).toEqual({
      kind: "skipped",
      reason:
        "USD_SGD has 199 labelled rows by then; the backfill profile needs 2000, which are 17 weeks of bars with features: " +
        "backfill from an earlier day, or import older candles.",
    });
    expect(ports.lake.keys()).toEqual([]);
  });
});

describe("train_model", () => {
  let trainer: FakeTrainer;
  let ports: TestPorts;
  let dataset: string;
  beforeEach(async () => {
    trainer = createFakeTrainer();
    ports = await builtPorts(trainer);
    dataset = datasetOf(await assemble(ports));
  });
  const step = (cursor: Cursor | null = null, try_number = 1) =>
    trainModel.run(
      ports,
      stepContext({
        window: WINDOW,
        conf: CONF,
        cursor,
        try_number,
        upstream: { assemble_training_set: { written: 1, dataset, features: 1, views: ["market_features"] } },
      }),
    );
  const cursorOf = (outcome: StepOutcome) => (outcome.kind === "reschedule" ? outcome.cursor : null);

  it("uploads the dataset that the sidecar does not know, submits, and comes back in a second", async () => {
    const outcome = await step();
    expect(trainer.calls).toEqual(["submit", "put", "submit"]);
    expect(outcome).toMatchObject({ kind: "reschedule", delay_ms: 1_000, report: { models_done: 0, models_total: 2 } });
    expect(trainer.specs[0]).toMatchObject({ dataset, rounds: 60, seeds: [1], device: "cpu", label: "y" });
    expect(trainer.specs[0]!.folds).toHaveLength(3);
  });

  it("only looks while the job runs, and ends with it", async () => {
    const cursor = cursorOf(await step());
    expect((await step(cursor)).kind).toBe("reschedule");
    trainer.setState("succeeded");
    expect(await step(cursor)).toMatchObject({ kind: "success", report: { job_id: cursor!["job_id"] } });
    expect(trainer.calls.slice(3)).toEqual(["status", "status"]);
  });

  it.each([
    ["lost", () => trainer.setState("lost"), ["status", "submit"]],
    ["unknown, on a new disk", () => trainer.forget(), ["status", "submit", "put", "submit"]],
  ])("a job that is %s is submitted again", async (_name, happens, calls) => {
    const cursor = cursorOf(await step());
    happens();
    expect((await step(cursor)).kind).toBe("reschedule");
    expect(trainer.calls.slice(3)).toEqual(calls);
  });

  it("a job that failed fails the try with the sidecar's reason, and the next try starts it afresh", async () => {
    const cursor = cursorOf(await step());
    trainer.setState("failed", { code: "training_failed", message: "out of memory" });
    await expect(step(cursor)).rejects.toMatchObject({
      code: "training_failed",
      retryable: true,
      message: expect.stringContaining("out of memory"),
    });
    expect((await step(cursor, 2)).kind).toBe("reschedule");
    expect(trainer.calls.at(-1)).toBe("submit");
  });

  it("a job that somebody cancelled is not tried again", async () => {
    const cursor = cursorOf(await step());
    trainer.setState("cancelled");
    await expect(step(cursor)).rejects.toMatchObject({ code: "training_failed", retryable: false });
  });

  it("a dataset without a manifest, or gone from the lake, is named", async () => {
    dataset = "f".repeat(64);
    await expect(step()).rejects.toThrow(dataset);
  });
});
