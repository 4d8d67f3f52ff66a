import { isFile, type Route } from "../../../shared/contracts/route/defineRoute.ts";
import { errorBodySchema } from "../../../shared/contracts/route/ownErrors.ts";
import { type ClientRequest, requestOf } from "../../../shared/contracts/route/requestOf.ts";
import type { AnswerOf, InputOf } from "../../../shared/contracts/route/routeTypes.ts";
import { SECOND } from "../../../shared/domain/instant.ts";
import { AppError, type ErrorCode } from "../../../shared/errors.ts";
import { jsonOrNull } from "../text/jsonOrNull.ts";

const TIMEOUT_MS = 60 * SECOND;

export interface WorkerAddress {
  readonly base_url: string;
  readonly admin_token: string | null;
}

/** Asks a route, and gives the answer as its contract has it. An error body becomes an AppError of its code. */
export async function askWorker<R extends Route>(
  { base_url, admin_token }: WorkerAddress,
  cancelled: AbortSignal,
  route: R,
  input: InputOf<R>,
): Promise<AnswerOf<R>> {
  const request = requestOf(route, input);
  const token: Record<string, string> = admin_token === null ? {} : { authorization: `Bearer ${admin_token}` };
  const { status, text } = await send(base_url, cancelled, { ...request, headers: { ...request.headers, ...token } });
  return readAnswer(route, request.path, status, text) as AnswerOf<R>;
}

/** By the schema of its status: /health answers 503 with its usual body when a component is down. */
function readAnswer(route: Route, path: string, status: number, text: string): unknown {
  const body = jsonOrNull(text);
  const answer = route.answers[status];
  const parsed = answer && !isFile(answer) ? answer.safeParse(body) : null;
  if (parsed?.success) return parsed.data;
  const refused = errorBodySchema.safeParse(body);
  if (refused.success) {
    const { code, message, details } = refused.data.error;
    throw new AppError(code as ErrorCode, message, { status, details });
  }
  const problem = parsed?.error?.issues[0];
  const what = problem ? `${problem.path.join(".") || "the body"}: ${problem.message}` : `status ${status}`;
  throw new AppError("internal", `The Worker's answer to ${path} cannot be understood (${what}): ${text.slice(0, 200)}`, { status });
}

async function send(
  base_url: string,
  cancelled: AbortSignal,
  { path, ...request }: ClientRequest,
): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(base_url + path, { ...request, signal: AbortSignal.any([cancelled, AbortSignal.timeout(TIMEOUT_MS)]) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    if (cancelled.aborted) throw new AppError("cancelled", "Cancelled.", { cause: error });
    const cause = (error as { cause?: NodeJS.ErrnoException }).cause;
    const reason = (error as Error).name === "TimeoutError" ? `no answer in ${TIMEOUT_MS / SECOND} s` : (cause?.code ?? String(error));
    throw new AppError("source_unavailable", `The Worker at ${new URL(base_url).origin} does not answer (${reason}).`, {
      retryable: true,
      cause: error,
    });
  }
}
