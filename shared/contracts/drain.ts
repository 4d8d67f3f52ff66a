import { z } from "zod";
import { HOST_ROUTES } from "./families.ts";
import { defineRoute } from "./route/defineRoute.ts";

/** `say` is for the person in front of the host. */
export const drainedSchema = z.object({ say: z.string().nullable() });

export const drainRoute = defineRoute({
  family: HOST_ROUTES,
  method: "POST",
  path: "/drain",
  summary: "the host's word that it will end this Worker: refuses what comes from then on",
  answers: { 200: drainedSchema },
});
