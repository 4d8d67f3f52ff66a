import { toAppError } from "../shared/errors.ts";

function unavailable(message: string, headers: Readonly<Record<string, string>>): Response {
  return Response.json({ error: { code: "source_unavailable", message, details: {} } }, { status: 503, headers });
}

/** The host is about to end this Worker: the next one is asked better on a connection of its own. */
export function leaving(): Response {
  return unavailable("This installation is being stopped. Ask again in a while.", { "retry-after": "5", connection: "close" });
}

/** The runtime of the whole Worker has ended, and its host starts it again; predictions are answered meanwhile. */
export function withoutWhole(): Response {
  return unavailable("All but predictions is being started again. Ask again in a while.", { "retry-after": "2" });
}

/** A wrong setting: whoever deployed it is the one who reads this. */
export function misconfigured(caught: unknown): Response {
  const { code, message, details } = toAppError(caught);
  console.error(message);
  return Response.json({ error: { code, message, details } }, { status: 500 });
}
