import { describe, expect, it, vi } from "vitest";
import { boosterParamsSchema, type TrainingSpec } from "../../../../shared/contracts/training.ts";
import { jobIdOf } from "../../../../shared/contracts/trainingJobId.ts";
import { type FakeFleet, fakeFleet } from "../../../support/sidecar/fakeSidecars.ts";

const SPEC: TrainingSpec = {
  dataset: "a".repeat(64),
  feature_names: ["rsi_14"],
  label: "y",
  params: boosterParamsSchema.parse({}),
  rounds: 10,
  seeds: [1],
  folds: [{ train: { start: 0, end: 5 }, test: { start: 5, end: 6 } }],
  device: "cpu",
};
const JOB = { job_id: jobIdOf(SPEC), dataset: SPEC.dataset, device: SPEC.device };
const chosen = async ({ sidecars }: FakeFleet, job: Parameters<FakeFleet["sidecars"]["forJob"]>[0] = JOB) =>
  (await sidecars.forJob(job)).name;

async function submitTo(fleet: FakeFleet, name: string): Promise<void> {
  await fleet.named(name).own.putDataset(SPEC.dataset, new Uint8Array());
  await fleet.named(name).own.submit(SPEC);
}

describe("of several sidecars a job goes to", () => {
  it("the one that has it already, however busy, and the one that has its result before one that begins", async () => {
    const fleet = fakeFleet(["a", "b", "c"]);
    for (const name of ["a", "b", "c"]) {
      const own = fakeFleet(["a", "b", "c"]);
      await submitTo(own, name);
      own.named(name).setTraining({ running: 7, queued: 7 });
      expect(await chosen(own)).toBe(name);
    }
    await submitTo(fleet, "a");
    await submitTo(fleet, "c");
    fleet.named("c").own.setState("succeeded");
    expect(await chosen(fleet)).toBe("c");
  });

  it.each(["lost", "failed", "cancelled"] as const)("anybody where it is %s", async (state) => {
    const fleet = fakeFleet(["a", "b"]);
    await submitTo(fleet, "a");
    fleet.named("a").own.setState(state);
    fleet.named("a").setTraining({ queued: 1 });
    expect(await chosen(fleet)).toBe("b");
  });

  it("the least busy that can train", async () => {
    const fleet = fakeFleet(["a", "b", "c"]);
    fleet.named("a").setTraining({ available: false, reason: "no libxgboost" });
    fleet.named("b").setTraining({ running: 1 });
    fleet.named("c").setTraining({ running: 1, queued: 1 });
    expect(await chosen(fleet)).toBe("b");
    await expect(chosen(fleet, { ...JOB, device: "cuda" })).resolves.toMatch(/^[abc]$/);
    fleet.named("c").setTraining({ cuda: true, queued: 20 });
    expect(await chosen(fleet, { ...JOB, device: "cuda" })).toBe("c");
  });

  it("one that answers, and one that did not is not waited for until it has rested", async () => {
    const fleet = fakeFleet(["a", "b"]);
    fleet.named("a").setDown(true);
    expect(await chosen(fleet)).toBe("b");
    fleet.named("a").setDown(false);
    fleet.named("b").setTraining({ queued: 3 });
    expect(await chosen(fleet)).toBe("b");
    fleet.advance(5_000);
    expect(await chosen(fleet)).toBe("a");
  });

  it("one that rests, where no other does", async () => {
    const fleet = fakeFleet(["a", "b"]);
    fleet.named("a").setDown(true);
    await chosen(fleet);
    fleet.named("a").setDown(false);
    fleet.named("b").setTraining({ available: false });
    expect(await chosen(fleet)).toBe("a");
  });

  it("none while all are away, or one that may be able is: each is named, and it is tried again", async () => {
    const fleet = fakeFleet(["a", "b", "c"]);
    for (const one of fleet.fakes) one.setDown(true);
    const each = /^None of the 3 sidecars can train now\. a: .*refused; b: .*refused; c: .*refused\.$/;
    await expect(chosen(fleet)).rejects.toMatchObject({ code: "sidecar_unavailable", status: 503, retryable: true, message: each });
    for (const name of ["a", "b"]) {
      fleet.named(name).setDown(false);
      fleet.named(name).setTraining({ available: false, reason: "no libxgboost" });
    }
    await expect(chosen(fleet)).rejects.toMatchObject({
      code: "sidecar_unavailable",
      retryable: true,
      message: expect.stringMatching(/c: .*refused; a: cannot train: no libxgboost; b: cannot train: no libxgboost/),
      details: { sidecars: { a: "library_missing", b: "library_missing", c: "sidecar_unavailable" } },
    });
  });

  it("whoever says why, where all are there and none can", async () => {
    const fleet = fakeFleet(["a", "b"]);
    for (const one of fleet.fakes) one.setTraining({ available: false });
    expect(["a", "b"]).toContain(await chosen(fleet));
  });

  it("anybody where one cannot say whether it has it", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const fleet = fakeFleet(["a", "b"]);
    await submitTo(fleet, "b");
    const [a, b] = fleet.fakes;
    Object.assign(a!.trainer, { status: () => Promise.reject(new Error("broken pipe")) });
    expect(await chosen(fleet)).toBe(b!.name);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining("did not say"));
    warn.mockRestore();
  });
});

describe("the only sidecar", () => {
  it("has every job, and says itself what it cannot do", async () => {
    const fleet = fakeFleet(["a"]);
    fleet.named("a").setTraining({ available: false });
    expect(await chosen(fleet)).toBe("a");
    fleet.named("a").setDown(true);
    await expect(chosen(fleet)).rejects.toMatchObject({
      code: "sidecar_unavailable",
      message: "The sidecar at a cannot be reached: refused",
    });
  });
});

it("a name finds its sidecar, no name the first, and one that is configured no more none", () => {
  const { sidecars } = fakeFleet(["a", "b"]);
  expect([sidecars.find("b")?.name, sidecars.find(undefined)?.name, sidecars.find("c")]).toEqual(["b", "a", null]);
});
