import { z } from "zod";
import { defineDag, task } from "../../../shared/dag/defineDag.ts";
import { defineStep } from "../../../shared/dag/defineStep.ts";

const SLOW_MS = 5_000;
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The clock of a Worker stands still while it computes: after the claim it is that of the claim's answer. */
const work = defineStep({
  name: "work",
  report: z.strictObject({ started_at: z.int() }),
  run: async () => ({ kind: "success", report: { started_at: Date.now() } }),
});

const wait = defineStep({
  name: "wait",
  report: z.strictObject({}),
  run: async () => {
    await sleep(SLOW_MS);
    return { kind: "success", report: {} };
  },
});

/** Many tasks that do nothing: what is left is the engine. */
export const DRAIN = defineDag({ dag_id: "drain", description: "", schedule: null, tasks: [task(work, { map_over: "instrument" })] });

/** One slice that takes as long as a batch of articles on a sidecar without a GPU. */
export const SLOW = defineDag({ dag_id: "slow", description: "", schedule: null, tasks: [task(wait)] });

export const START = defineDag({ dag_id: "start", description: "", schedule: null, tasks: [task(work)] });
