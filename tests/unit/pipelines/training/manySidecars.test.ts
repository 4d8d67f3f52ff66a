import { beforeEach, describe, expect, it } from "vitest";
import { reproduceRun } from "../../../../functions/pipelines/reproduction/reproduceRun.ts";
import { assembleTrainingSet } from "../../../../functions/pipelines/training/assembleTrainingSet.ts";
import { evaluateModel } from "../../../../functions/pipelines/training/evaluateModel.ts";
import { trainModel } from "../../../../functions/pipelines/training/trainModel.ts";
import type { Cursor, StepOutcome, StepReport } from "../../../../shared/dag/step.ts";
import { DAY } from "../../../../shared/domain/instant.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { builtFeatures, NOON, soundOutcome } from "../../../support/models/trainedModel.ts";
import type { TestPorts } from "../../../support/ports/testPorts.ts";
import { type FakeFleet, fakeFleet } from "../../../support/sidecar/fakeSidecars.ts";

const OPTIONS = { window: { start: NOON - DAY, end: NOON }, conf: { profile: "backfill" } };
const NAMES = ["a", "b", "c"];

let fleet: FakeFleet;
let ports: TestPorts;
let upstream: Record<string, StepReport>;
beforeEach(async () => {
  fleet = fakeFleet(NAMES, soundOutcome());
  ports = { ...(await builtFeatures(["USD_SGD"])).ports, sidecars: fleet.sidecars };
  const assembled = await assembleTrainingSet.run(ports, stepContext(OPTIONS));
  if (assembled.kind !== "success") throw new Error(JSON.stringify(assembled));
  upstream = { assemble_training_set: assembled.report };
});

const train = (cursor: Cursor | null = null, try_number = 1) =>
  trainModel.run(ports, stepContext({ ...OPTIONS, upstream, cursor, try_number }));
const cursorOf = (outcome: StepOutcome): Cursor => {
  if (outcome.kind !== "reschedule" || outcome.cursor === null) throw new Error(`expected a wait, was ${JSON.stringify(outcome)}`);
  return JSON.parse(JSON.stringify(outcome.cursor)) as Cursor;
};
const reportOf = (outcome: StepOutcome): StepReport => {
  if (outcome.kind !== "success") throw new Error(`expected a success, was ${JSON.stringify(outcome)}`);
  return outcome.report;
};
const holderOf = (cursor: Cursor) => fleet.named(String(cursor["sidecar"]));
const submits = () => NAMES.map((name) => fleet.named(name).own.specs.length);

describe("train_model with several sidecars", () => {
  it("keeps in its cursor who has the job, asks that one alone, and reports it", async () => {
    const cursor = cursorOf(await train());
    const holder = holderOf(cursor);
    expect(holder.own.calls).toEqual(["status", "submit", "put", "submit"]);
    const asked = fleet.fakes.map((one) => one.own.calls.length);
    await train(cursor);
    holder.own.setState("succeeded");
    expect(reportOf(await train(cursor))).toMatchObject({ job_id: cursor["job_id"], sidecar: holder.name });
    expect(fleet.fakes.map((one, index) => one.own.calls.length - asked[index]!)).toEqual(
      NAMES.map((name) => (name === holder.name ? 2 : 0)),
    );
  });

  it("one that does not answer fails the try, and the next one gives its job to another, as the same job", async () => {
    const cursor = cursorOf(await train());
    const holder = holderOf(cursor);
    holder.setDown(true);
    await expect(train(cursor)).rejects.toMatchObject({ code: "sidecar_unavailable", retryable: true });
    const context = stepContext({ ...OPTIONS, upstream, cursor, try_number: 2 });
    const moved = cursorOf(await trainModel.run(ports, context));
    expect(moved).toMatchObject({ job_id: cursor["job_id"], try_number: 2, losses: 0 });
    expect(moved["sidecar"]).not.toBe(holder.name);
    expect(context.lines).toEqual([
      `Training job ${cursor["job_id"]} was with the sidecar ${holder.name}, and is with ${moved["sidecar"]} now.`,
    ]);
    holderOf(moved).own.setState("succeeded");
    expect(reportOf(await train(moved, 2))).toMatchObject({ sidecar: moved["sidecar"] });
    expect(submits().toSorted()).toEqual([0, 1, 1]);
  });

  it("one that was away for a moment keeps its job: it is not trained twice", async () => {
    const cursor = cursorOf(await train());
    holderOf(cursor).setDown(true);
    await expect(train(cursor)).rejects.toMatchObject({ code: "sidecar_unavailable" });
    holderOf(cursor).setDown(false);
    fleet.advance(60_000);
    const next = cursorOf(await train(cursor, 2));
    expect(next["sidecar"]).toBe(cursor["sidecar"]);
    expect(submits().toSorted()).toEqual([0, 0, 2]);
    expect(fleet.fakes.filter((one) => one.own.specs.length > 0)).toHaveLength(1);
  });

  it("a Worker that was killed before it wrote down where the job is finds it where it is", async () => {
    const lost = cursorOf(await train());
    holderOf(lost).setTraining({ running: 1 });
    expect(cursorOf(await train(null, 1))["sidecar"]).toBe(lost["sidecar"]);
  });

  it.each([
    ["it answers that it lost it", (name: string) => fleet.named(name).own.setState("lost")],
    ["it has a new disk", (name: string) => fleet.named(name).own.forget()],
    [
      "it is configured no more",
      (name: string) => {
        const rest = fakeFleet(NAMES.filter((one) => one !== name));
        ports = { ...ports, sidecars: rest.sidecars };
      },
    ],
  ])("in the same try where %s", async (_name, happens) => {
    const cursor = cursorOf(await train());
    happens(String(cursor["sidecar"]));
    expect(cursorOf(await train(cursor))).toMatchObject({ job_id: cursor["job_id"], try_number: 1, losses: 1 });
  });

  it("a job that each loses fails the try after three of them, which may be tried again", async () => {
    let cursor = cursorOf(await train());
    for (const losses of [1, 2, 3]) {
      for (const one of fleet.fakes) one.own.setState("lost");
      cursor = cursorOf(await train(cursor));
      expect(cursor["losses"]).toBe(losses);
    }
    for (const one of fleet.fakes) one.own.setState("lost");
    await expect(train(cursor)).rejects.toMatchObject({
      code: "job_lost",
      retryable: true,
      message: expect.stringContaining("lost 4 times"),
    });
    expect(cursorOf(await train(cursor, 2))).toMatchObject({ losses: 0, try_number: 2 });
  });

  it("while all are away is tried again, and each is named", async () => {
    for (const one of fleet.fakes) one.setDown(true);
    const named = expect.stringMatching(/a: .*b: .*c: /);
    await expect(train()).rejects.toMatchObject({ code: "sidecar_unavailable", status: 503, retryable: true, message: named });
  });

  it("a job of before there could be several is found by the first, or submitted again", async () => {
    const cursor = cursorOf(await train());
    const { job_id } = cursor;
    expect(cursorOf(await train({ job_id: job_id!, try_number: 1 }))).toMatchObject({ job_id });
  });
});

describe("evaluate_model with several sidecars", () => {
  const evaluate = (cursor: Cursor | null = null, try_number = 1) =>
    evaluateModel.run(ports, stepContext({ ...OPTIONS, upstream, cursor, try_number }));
  let holder: string;
  beforeEach(async () => {
    const cursor = cursorOf(await train());
    holder = String(cursor["sidecar"]);
    holderOf(cursor).own.setState("succeeded");
    upstream["train_model"] = reportOf(await train(cursor));
  });

  it("has the result from the one that trained", async () => {
    expect(reportOf(await evaluate())).toMatchObject({ job_id: upstream["train_model"]!["job_id"] });
    expect(submits().toSorted()).toEqual([0, 0, 1]);
  });

  it.each([
    ["has a new disk", 1, () => fleet.named(holder).own.forget()],
    ["does not answer in a second try either", 2, () => fleet.named(holder).setDown(true)],
  ])("where that %s has the same job done by another, waits for it, and says the same of it", async (_name, try_number, happens) => {
    const before = reportOf(await evaluate());
    happens();
    const waiting = cursorOf(await evaluate(null, try_number));
    expect(cursorOf(await evaluate(waiting, try_number))).toMatchObject({ job_id: before["job_id"] });
    for (const one of fleet.fakes) one.own.setState("succeeded");
    expect(reportOf(await evaluate(waiting, try_number))).toEqual(before);
  });

  it("waits for one that is away in its first try", async () => {
    fleet.named(holder).setDown(true);
    await expect(evaluate()).rejects.toMatchObject({ code: "sidecar_unavailable", retryable: true });
    expect(submits().toSorted()).toEqual([0, 0, 1]);
  });

  it("is reproduced by any of them, by the spec of its first try in each that follows", async () => {
    const { run_id } = reportOf(await evaluate());
    const reproduce = (cursor: Cursor | null, try_number: number) =>
      reproduceRun.run(ports, stepContext({ window: OPTIONS.window, conf: { run_id }, cursor, try_number }));
    const cursor = cursorOf(await reproduce(null, 1));
    const first = holderOf(cursor);
    first.setDown(true);
    await expect(reproduce(cursor, 1)).rejects.toMatchObject({ code: "sidecar_unavailable", retryable: true });
    const moved = cursorOf(await reproduce(cursor, 2));
    expect([moved["job_id"], moved["repetition"]]).toEqual([cursor["job_id"], cursor["repetition"]]);
    expect(moved["sidecar"]).not.toBe(first.name);
    holderOf(moved).own.setState("succeeded");
    expect(reportOf(await reproduce(moved, 2))).toMatchObject({ verdict: "equal" });
  });
});
