import { z } from "zod";
import { parseInstant } from "../domain/instant.ts";
import { AppError } from "../errors.ts";

const originSchema = z.strictObject({
  /** The run that the trials are children of. */
  parent_run_id: z.string().regex(/^[0-9a-f]{32}$/),
  /** Models that were tried before the parameters were chosen, the profile's own among them. */
  trials: z.int().min(1),
  /** The first moment that no trial knew anything of: from there on the model is judged. */
  tested_from: z.iso.datetime(),
});

/** Where the parameters of a training come from, when a sweep chose them. */
export type SweepOrigin = Omit<z.infer<typeof originSchema>, "tested_from"> & { readonly tested_from: number };

/** Null where no sweep chose them. Throws invalid_request for what model_sweep does not write. */
export function sweepOriginOf(value: unknown): SweepOrigin | null {
  if (value === undefined) return null;
  const read = originSchema.safeParse(value);
  const tested_from = read.success ? parseInstant(read.data.tested_from) : null;
  if (read.success && tested_from !== null) return { ...read.data, tested_from };
  const issue = read.error?.issues[0];
  const field = ["conf.sweep", ...(issue?.path ?? ["tested_from"])].join(".");
  throw new AppError("invalid_request", `${field}: ${issue?.message ?? "is not a time"}; it is what model_sweep gives its best.`, {
    status: 422,
    details: { field },
  });
}
