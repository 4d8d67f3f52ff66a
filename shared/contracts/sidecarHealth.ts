import { SIDECAR_HEALTH } from "./families.ts";
import { defineRoute } from "./route/defineRoute.ts";
import { sentimentHealthSchema } from "./sentiment.ts";
import { sidecarHealthSchema } from "./training.ts";

/** 200 while the process lives: `degraded` says that training is not possible, and how to mend it; reading always is. */
export const sidecarHealthRoute = defineRoute({
  family: SIDECAR_HEALTH,
  method: "GET",
  path: "/health",
  summary: "whether it can train, and with what it reads",
  answers: { 200: sidecarHealthSchema.extend({ sentiment: sentimentHealthSchema }) },
});
