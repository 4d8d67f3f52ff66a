import { isFile, type Route } from "../../../shared/contracts/route/defineRoute.ts";
import { readProblem, toSentError } from "../../../shared/contracts/route/readProblem.ts";
import { type ClientRequest, requestOf } from "../../../shared/contracts/route/requestOf.ts";
import type { AnswerOf, InputOf } from "../../../shared/contracts/route/routeTypes.ts";
import { SECOND } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
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
  const request = requestFor(route, input, admin_token);
  const { status, text } = await send(base_url, cancelled, request, textOf);
  return readAnswer(route, request.path, status, text) as AnswerOf<R>;
}

/** Asks a route that answers with a file, and hands on what comes as it comes. Its time is as long as it takes. */
export async function downloadFrom<R extends Route>(
  { base_url, admin_token }: WorkerAddress,
  cancelled: AbortSignal,
  route: R,
  input: InputOf<R>,
): Promise<Response> {
  const request = requestFor(route, input, admin_token);
  const response = await send(base_url, cancelled, request, async (answer) => answer, { is_timed: false });
  if (response.ok) return response;
  readAnswer(route, request.path, response.status, await response.text());
  throw new AppError("internal", `The Worker answers ${request.path} with status ${response.status}.`, { status: response.status });
}

function requestFor<R extends Route>(route: R, input: InputOf<R>, admin_token: string | null): ClientRequest {
  const request = requestOf(route, input);
  const token: Record<string, string> = admin_token === null ? {} : { authorization: `Bearer ${admin_token}` };
  return { ...request, headers: { ...request.headers, ...token } };
}

async function textOf(response: Response): Promise<{ status: number; text: string }> {
  return { status: response.status, text: await response.text() };
}

/** By the schema of its status: /health answers 503 with its usual body when a component is down. */
function readAnswer(route: Route, path: string, status: number, text: string): unknown {
  const body = jsonOrNull(text);
  const answer = route.answers[status];
  const parsed = answer && !isFile(answer) ? answer.safeParse(body) : null;
  if (parsed?.success) return parsed.data;
  const refused = readProblem(body);
  if (refused) throw toSentError(refused, { status });
  const problem = parsed?.error?.issues[0];
  const what = problem ? `${problem.path.join(".") || "the body"}: ${problem.message}` : `status ${status}`;
  throw new AppError("internal", `The Worker's answer to ${path} cannot be understood (${what}): ${text.slice(0, 200)}`, { status });
}

async function send<Read>(
  base_url: string,
  cancelled: AbortSignal,
  { path, ...request }: ClientRequest,
  read: (response: Response) => Promise<Read>,
  { is_timed = true }: { readonly is_timed?: boolean } = {},
): Promise<Read> {
  const signal = is_timed ? AbortSignal.any([cancelled, AbortSignal.timeout(TIMEOUT_MS)]) : cancelled;
  try {
    return await read(await fetch(base_url + path, { ...request, signal }));
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
