import { describe, expect, it } from "vitest";
import { isFinal, isReusable, jobsToDrop } from "../../../../gpu-sidecar/training/jobState.ts";
import type { JobState, TrainingJob } from "../../../../shared/contracts/training.ts";

const job = (job_id: string, state: JobState, updated_at: number): TrainingJob => ({
  job_id,
  state,
  progress: { done: 0, total: 1 },
  error: null,
  created_at: 0,
  updated_at,
});

describe("the sidecar's jobs", () => {
  it("that are kept are the newest final ones, and all that still run or wait", () => {
    const jobs = [
      job("old", "succeeded", 10),
      job("newest", "failed", 40),
      job("older", "lost", 20),
      job("newer", "cancelled", 30),
      job("waits", "queued", 1),
      job("runs", "running", 2),
    ];
    expect(jobsToDrop(jobs, 2).map(({ job_id }) => job_id)).toEqual(["older", "old"]);
    expect(jobsToDrop(jobs, 4)).toEqual([]);
    expect(jobsToDrop(jobs, 0).map(({ job_id }) => job_id)).toEqual(["newest", "newer", "older", "old"]);
  });

  it.each<[JobState, boolean, boolean]>([
    ["queued", false, true],
    ["running", false, true],
    ["succeeded", true, true],
    ["failed", true, false],
    ["cancelled", true, false],
    ["lost", true, false],
  ])("%s: final %s, answers the same spec again %s", (state, final, reusable) => {
    expect([isFinal(job("j", state, 0)), isReusable(job("j", state, 0))]).toEqual([final, reusable]);
  });
});
