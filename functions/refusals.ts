import { PROBLEM_MEDIA_TYPE, problemOf } from "../shared/contracts/route/ownErrors.ts";
import { AppError, toAppError } from "../shared/errors.ts";

/** Answers of a Worker that has no server of routes to answer with: in their form, and as little to be guessed or framed. */
function refuse(error: AppError, { url }: Request, headers: Readonly<Record<string, string>> = {}): Response {
  const request_id = crypto.randomUUID();
  const body = JSON.stringify(problemOf(error, { path: new URL(url).pathname, request_id }));
  const kind = { "content-type": PROBLEM_MEDIA_TYPE, "x-request-id": request_id, "x-content-type-options": "nosniff" };
  return new Response(body, { status: error.status, headers: { ...kind, ...headers } });
}

const unavailable = (message: string) => new AppError("source_unavailable", message, { status: 503 });

/** The host is about to end this Worker: the next one is asked better on a connection of its own. */
export function leaving(request: Request): Response {
  const error = unavailable("This installation is being stopped. Ask again in a while.");
  return refuse(error, request, { "retry-after": "5", connection: "close" });
}

/** The runtime of the whole Worker has ended, and its host starts it again; predictions are answered meanwhile. */
export function withoutWhole(request: Request): Response {
  const error = unavailable("All but predictions is being started again. Ask again in a while.");
  return refuse(error, request, { "retry-after": "2" });
}

/** A wrong setting: whoever deployed it is the one who reads this. */
export function misconfigured(caught: unknown, request: Request): Response {
  const { code, message, details } = toAppError(caught);
  console.error(message);
  return refuse(new AppError(code, message, { details }), request);
}
