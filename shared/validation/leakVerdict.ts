import { z } from "zod";

/** Verdict of one of the checks that look for knowledge of the future in a model, its data or its evaluation. */
export const leakVerdictSchema = z.strictObject({
  name: z.enum(["rebuild_check", "shuffle_check", "dominance_check"]),
  passed: z.boolean(),
  /** What was compared with what, and what failed by name, for people. */
  detail: z.string(),
});
export type LeakVerdict = Readonly<z.infer<typeof leakVerdictSchema>>;
