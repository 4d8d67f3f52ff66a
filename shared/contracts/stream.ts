import { z } from "zod";
import { STREAM_ROUTES } from "./families.ts";
import { defineRoute, fileAnswer } from "./route/defineRoute.ts";

/** Of the event `unavailable`: why there is no prediction, in the words of POST /predict. */
export const unavailableSchema = z.object({ instrument: z.string(), code: z.string(), message: z.string() });
export type Unavailable = z.infer<typeof unavailableSchema>;

export const streamRoute = defineRoute({
  family: STREAM_ROUTES,
  method: "GET",
  path: "/stream",
  summary:
    "server-sent events: a prediction of each instrument now, and another whenever its features change; resumes by Last-Event-ID. " +
    "Events: prediction (as POST /predict answers) and unavailable (instrument, code, message)",
  query: z.object({
    instrument: z.array(z.string()).max(50).optional().describe("May be given several times; absent: all that are known"),
  }),
  answers: { 200: fileAnswer("text/event-stream") },
  errors: [404, 503],
});
