import { z } from "zod";
import type { StepContext } from "../../../shared/dag/step.ts";
import { type Verdict, verdictSchema } from "../../../shared/validation/verdict.ts";
import type { Ports } from "../ports.ts";
import type { loadStaging } from "./loadStaging.ts";

/** What a task of checks says. `read`: rows that were gone through so far, while it is under way. */
export const checkReportSchema = z.strictObject({ read: z.int().optional(), checks: z.array(verdictSchema) });

export type Staged = z.infer<typeof loadStaging.report>;

/** Writes verdicts where people look for them: the task's log, and the tags of the version. */
export async function endChecks(
  ports: Ports,
  context: Pick<StepContext, "log">,
  staged: Staged,
  checks: readonly Verdict[],
): Promise<{ readonly kind: "success"; readonly report: z.infer<typeof checkReportSchema> }> {
  const texts = checks.map(({ name, passed, detail }) => [name, `${passed ? "passed" : "failed"}: ${detail}`] as const);
  for (const [name, text] of texts) context.log(`${name} ${text}`);
  await ports.tracking.setVersionTags(staged.name, staged.version, Object.fromEntries(texts));
  return { kind: "success", report: { checks: [...checks] } };
}

/** Versions that the run was triggered for: the size of each gate is shared among them. */
export function modelsJudged(conf: Readonly<Record<string, unknown>>): number {
  return Math.max(1, Object.keys((conf["versions"] as Record<string, unknown> | undefined) ?? {}).length);
}
