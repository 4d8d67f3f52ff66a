import type { z } from "zod";
import { requestOf } from "../../shared/contracts/route/requestOf.ts";
import { sidecarHealthRoute } from "../../shared/contracts/sidecarHealth.ts";
import { SIDECAR_PROTOCOL } from "../../shared/contracts/training.ts";
import { AppError } from "../../shared/errors.ts";
import { type SidecarOptions, sendJson } from "./sidecarRequest.ts";

/**
 * What the sidecar says of itself, of the fields that are asked for. Throws sidecar_version where it does not speak as this Worker does:
 * what it would answer might be taken for something else. That may pass: the two are updated one after the other.
 */
export async function readSidecarHealth<Health extends { readonly protocol: number }>(
  options: SidecarOptions,
  schema: z.ZodType<Health>,
): Promise<Health> {
  const health = await sendJson(options, requestOf(sidecarHealthRoute, {}), schema);
  if (health.protocol === SIDECAR_PROTOCOL) return health;
  const older = health.protocol < SIDECAR_PROTOCOL ? "the sidecar" : "the Worker";
  throw new AppError(
    "sidecar_version",
    `The sidecar at ${options.base_url} speaks protocol ${health.protocol} and this Worker ${SIDECAR_PROTOCOL}: update ${older}, so that both are of one release.`,
    { status: 503, retryable: true, details: { expected: SIDECAR_PROTOCOL, found: health.protocol } },
  );
}
