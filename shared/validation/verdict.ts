import { z } from "zod";

/** The checks of model_validation, by the names of their tags. */
export const CHECKS = [
  "rebuild_check",
  "shuffle_check",
  "leak_check",
  "size_check",
  "parity_check",
  "calibration_check",
  "sanity_check",
  "split_check",
  "importance_check",
  "importance_rank_check",
  "dominance_check",
  "skill_check",
  "champion_check",
] as const;
export type Check = (typeof CHECKS)[number];

/** What one check found. */
export const verdictSchema = z.strictObject({
  name: z.enum(CHECKS),
  passed: z.boolean(),
  /** What was compared with what, against which limit, and what failed by name; for people. */
  detail: z.string(),
});
export type Verdict = Readonly<z.infer<typeof verdictSchema>>;
