import { z } from "zod";
import type { FeatureProgress } from "../../../shared/ports/featureStore.ts";

/** How far a view was built when a build began, as its cursor keeps it between two slices. */
export const progressSchema = z.strictObject({ built_until: z.int().nullable(), revision: z.int() }) satisfies z.ZodType<FeatureProgress>;
