import { expect, it } from "vitest";
import { summaryState } from "../../../shared/dag/summaryState.ts";

it.each([
  ["failed", { success: 6, failed: 1, upstream_failed: 3 }],
  ["upstream_failed", { upstream_failed: 1, up_for_retry: 1 }],
  ["up_for_retry", { up_for_retry: 1, up_for_reschedule: 1 }],
  ["up_for_reschedule", { up_for_reschedule: 1, queued: 1 }],
  ["queued", { queued: 1, running: 5 }],
  ["running", { running: 1, none: 3, success: 2 }],
  ["none", { none: 1, success: 2 }],
  ["success", { success: 1, skipped: 6 }],
  ["skipped", { skipped: 1, removed: 1 }],
  ["removed", { removed: 2, success: 0 }],
  [null, {}],
] as const)("a mapped task is %s as Airflow says it", (state, counts) => {
  expect(summaryState(counts)).toBe(state);
});
