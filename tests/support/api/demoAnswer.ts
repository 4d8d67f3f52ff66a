import { z } from "zod";
import { predictResponseSchema } from "../../../shared/contracts/predict.ts";
import type { FxResult } from "../stack/fxProcess.ts";

const demoSchema = z.strictObject({ predictions: z.array(predictResponseSchema), seconds: z.number(), finished_at: z.iso.datetime() });
export type DemoAnswer = z.infer<typeof demoSchema>;

/** What `fx demo --json` wrote to stdout: one JSON text and nothing else, with a prediction for every instrument. */
export function readDemo({ code, stdout, stderr }: FxResult): DemoAnswer {
  if (code !== 0) throw new Error(`fx demo ended with ${code}:\n${stderr}\n${stdout}`);
  return demoSchema.parse(JSON.parse(stdout));
}
