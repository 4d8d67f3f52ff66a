import { describe, expect, it } from "vitest";
import { FREE_PLAN, PAID_PLAN } from "../../../shared/deployment/cloudflarePlans.ts";
import { demandOf, describePlan, planNeeds } from "../../../shared/deployment/planNeeds.ts";

const CONFIG = { triggers: { crons: ["1", "2", "3", "4", "5", "6"] }, limits: { cpu_ms: 60_000 }, worker_loaders: [{ binding: "LOADER" }] };

describe("the plan that a deployment needs", () => {
  it("is the paid one where crons, CPU or a binding are beyond the free one, each named", () => {
    const demand = demandOf(CONFIG, 5_000_000);
    expect(demand).toEqual({ crons: 6, cpu_ms: 60_000, worker_loaders: 1, bundle_bytes: 5_000_000 });
    expect(planNeeds(demand, FREE_PLAN)).toEqual([
      "6 crons, and Workers Free allows 5 an account",
      "limits.cpu_ms of 60000, and Workers Free allows 10",
      "a binding that makes Workers (ONNX models run in them), and Workers Free has none",
    ]);
    expect(planNeeds(demand, PAID_PLAN)).toEqual([]);
    expect(describePlan(demand)).toMatchObject({ fits: true, text: expect.stringMatching(/^Workers Paid is needed, for 6 crons/) });
  });

  it("is none where the bundle is too large for both", () => {
    const { fits, text } = describePlan(demandOf({}, PAID_PLAN.bundle_bytes + 1));
    expect([fits, text]).toEqual([false, expect.stringMatching(/^No plan of 2026-11-30 takes it: a bundle of 67108865 bytes/)]);
  });

  it("is still the paid one for the work of a deployment that is not beyond the free one by itself", () => {
    expect(describePlan(demandOf({}, null)).text).toMatch(/^Workers Paid is needed, for its work/);
  });
});
