import { toAppError } from "../shared/errors.ts";

/** The host is about to end this Worker: the next one is asked better on a connection of its own. */
export function leaving(): Response {
  const error = { code: "source_unavailable", message: "This installation is being stopped. Ask again in a while.", details: {} };
  return Response.json({ error }, { status: 503, headers: { "retry-after": "5", connection: "close" } });
}

/** A wrong setting: whoever deployed it is the one who reads this. */
export function misconfigured(caught: unknown): Response {
  const { code, message, details } = toAppError(caught);
  console.error(message);
  return Response.json({ error: { code, message, details } }, { status: 500 });
}
