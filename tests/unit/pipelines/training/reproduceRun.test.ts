import { beforeEach, describe, expect, it } from "vitest";
import { modelReproduction } from "../../../../functions/pipelines/reproduction/dag.ts";
import { reproduceRun } from "../../../../functions/pipelines/reproduction/reproduceRun.ts";
import { readTrainingRecord } from "../../../../functions/pipelines/training/trainingRecord.ts";
import type { StepOutcome } from "../../../../shared/dag/step.ts";
import { DAY } from "../../../../shared/domain/instant.ts";
import { modelArtifactKeys } from "../../../../shared/models/modelCard.ts";
import type { Trainer } from "../../../../shared/ports/trainer.ts";
import { FILES_PRUNED_TAG } from "../../../../shared/retention/retention.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { NOON, type Trained, trained } from "../../../support/models/trainedModel.ts";
import type { FakeTrainer } from "../../../support/ports/fakeTrainer.ts";
import { oneSidecar } from "../../../support/ports/oneSidecar.ts";

const window = { start: NOON - DAY, end: NOON };
let done: Trained;
let trainer: FakeTrainer;
let run_id: string;

beforeEach(async () => {
  done = await trained();
  trainer = done.ports.trainer as FakeTrainer;
  run_id = String(done.reports["evaluate_model"]!["run_id"]);
});

/** To its end, by a sidecar that has done what was asked when it is looked at again. */
async function reproduce(id = run_id, change: Partial<Trainer> = {}, config: object = {}): Promise<StepOutcome> {
  const sidecars = oneSidecar({ ...trainer, ...change }, done.ports.sentiment);
  const ports = { ...done.ports, sidecars, config: { ...done.ports.config, ...config } };
  const options = { window, conf: { run_id: id }, run_id: "manual__1" };
  const begun = await reproduceRun.run(ports, stepContext(options));
  if (begun.kind !== "reschedule") return begun;
  trainer.setState("succeeded");
  return reproduceRun.run(ports, stepContext({ ...options, cursor: begun.cursor }));
}

describe("reproduce_run", () => {
  it("trains the recorded spec again, as a job of its own, and finds the same bytes equal", async () => {
    const record = (await readTrainingRecord(done.ports, run_id))!;
    expect(record).toMatchObject({ library_version: "3.4.1", device: "cpu", code_version: "c0de", spec: { seeds: [1] } });
    expect(await reproduce()).toMatchObject({ kind: "success", report: { run_id, verdict: "equal" } });
    const [first, again] = [trainer.specs[0]!, trainer.specs.at(-1)!];
    expect(again.repetition).toBeGreaterThan(0);
    expect({ ...again, repetition: undefined }).toEqual({ ...first, repetition: undefined });
    expect(first).toEqual(record.spec);
  });

  it.each<[string, Partial<Trainer> | ((trainer: FakeTrainer) => Partial<Trainer>), object, RegExp[]]>([
    ["another model", { model: async () => new TextEncoder().encode("{}") }, {}, [/^model.json: not equal/, /^the predictions: equal/]],
    [
      "another library and other numbers",
      (real) => ({ result: async (job) => ({ ...(await real.result(job)), library_version: "3.2.0", importance: {} }) }),
      {},
      [/^XGBoost: 3.4.1 then, 3.2.0 now/, /^model.json: equal/, /^the predictions: not equal/],
    ],
  ])("says where not, of %s", async (_name, change, config, findings) => {
    const outcome = await reproduce(run_id, typeof change === "function" ? change(trainer) : change, config);
    expect(outcome).toMatchObject({ kind: "success", report: { verdict: "different" } });
    const found = outcome.kind === "success" ? (outcome.report["findings"] as string[]) : [];
    for (const words of findings) expect(found).toContainEqual(expect.stringMatching(words));
  });

  it("names other code, though the same came of it", async () => {
    const outcome = await reproduce(run_id, {}, { code_version: "beef+changes" });
    expect(outcome).toMatchObject({
      report: { verdict: "equal", findings: expect.arrayContaining(["code: c0de then, beef+changes now"]) },
    });
  });

  it("claims nothing of a run without a record, an unknown one, and one whose data set is gone or changed", async () => {
    await expect(reproduce("0".repeat(32))).rejects.toThrow(/is not known: there is no record/);
    const { dataset } = (await readTrainingRecord(done.ports, run_id))!.spec;
    const lake = (key: string, bytes: Uint8Array | null) => ({
      ...done.ports.lake,
      get: async (one: string) => (one === key ? bytes : done.ports.lake.get(one)),
    });
    const reproduceWith = (own: object) =>
      reproduceRun.run({ ...done.ports, ...own } as typeof done.ports, stepContext({ window, conf: { run_id } }));
    await expect(reproduceWith({ lake: lake(modelArtifactKeys(run_id).training_record, null) })).rejects.toThrow(
      /before trainings were recorded/,
    );
    const pruned = {
      ...done.ports.tracking,
      run: async (id: string) => {
        const run = await done.ports.tracking.run(id);
        return run && { ...run, tags: { ...run.tags, [FILES_PRUNED_TAG]: "2026-11-30T00:00:00.000Z" } };
      },
    };
    await expect(reproduceWith({ lake: lake(modelArtifactKeys(run_id).training_record, null), tracking: pruned })).rejects.toThrow(
      /was never registered, and its files were pruned at 2026-11-30T00:00:00\.000Z: there is no record/,
    );
    await expect(reproduceWith({ lake: lake(`datasets/${dataset}.parquet`, null) })).rejects.toThrow(/is not in the lake/);
    await expect(reproduceWith({ lake: lake(`datasets/${dataset}.parquet`, new Uint8Array(9)) })).rejects.toThrow(/it was changed/);
  });

  it("fails with the sidecar's words where the training does", async () => {
    const options = { window, conf: { run_id } };
    const begun = await reproduceRun.run(done.ports, stepContext(options));
    trainer.setState("failed", { code: "training_failed", message: "out of memory" });
    const cursor = begun.kind === "reschedule" ? begun.cursor : null;
    await expect(reproduceRun.run(done.ports, stepContext({ ...options, cursor }))).rejects.toThrow(/failed: out of memory/);
  });

  it.each([{}, { run_id: 7 }, { run_id: "abc" }])("a run of %o is refused", (conf) => {
    expect(() => modelReproduction.requireConf!(conf)).toThrow(expect.objectContaining({ status: 422, details: { field: "conf.run_id" } }));
  });
});
