import { z } from "zod";

/**
 * none: nothing was found that chance does not explain. statistical: out of sample and outside the rollover the model's log loss beats
 * every baseline's. net_of_costs: and trading its direction there earned more than the spread.
 */
export const SKILLS = ["none", "statistical", "net_of_costs"] as const;
export type Skill = (typeof SKILLS)[number];

const intervalSchema = z
  .object({ estimate: z.number(), low: z.number(), high: z.number() })
  .nullable()
  .describe("with its 95 % interval; null where it is not known");

/** What a model may say of itself, all of it out of fold and outside the rollover hours (shared/domain/rollover.ts). */
export const modelClaimSchema = z.object({
  skill: z
    .enum(SKILLS)
    .describe(
      "none: nothing that chance does not explain. statistical: log loss beats every baseline's. net_of_costs: and trading it earned more than the spread",
    ),
  skill_reason: z.string().describe("Why it is this word and not the next, with the figures"),
  judged_rows: z.int().describe("Out-of-fold rows outside the rollover hours, which the figures are of"),
  accuracy: intervalSchema.describe("Share of directions that were right"),
  baseline: z
    .object({ name: z.string(), accuracy: z.number() })
    .nullable()
    .describe("The most accurate baseline on the same rows: base_rate, momentum or logistic"),
  net_bp: intervalSchema.describe("Mean result of a trade by the direction rule after the spread, in basis points"),
});
export type ModelClaim = z.infer<typeof modelClaimSchema>;

/** What a model from before this rule may say: its old word counted the rollover, and knew one baseline. */
export const UNJUDGED: ModelClaim = {
  skill: "none",
  skill_reason: "It was judged by an earlier rule, which counted the rollover hours and one baseline alone; train a new model to know.",
  judged_rows: 0,
  accuracy: null,
  baseline: null,
  net_bp: null,
};
