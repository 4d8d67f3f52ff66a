import { askRoute, type Send } from "../../../client/askRoute.ts";
import { FxClientError } from "../../../client/fxClientError.ts";
import type { Told } from "../../../client/told.ts";
import type { Route } from "../../../shared/contracts/route/defineRoute.ts";
import { readProblem, toSentError } from "../../../shared/contracts/route/readProblem.ts";
import type { AnswerOf, InputOf } from "../../../shared/contracts/route/routeTypes.ts";
import { SECOND } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";

const TIMEOUT_MS = 60 * SECOND;

export interface WorkerAddress {
  readonly base_url: string;
  readonly admin_token: string | null;
}

/** Asks a route, and gives the answer as its contract has it. What is refused becomes an AppError of its code. */
export async function askWorker<R extends Route>(
  address: WorkerAddress,
  cancelled: AbortSignal,
  route: R,
  input: InputOf<R>,
): Promise<AnswerOf<R>> {
  const signal = AbortSignal.any([cancelled, AbortSignal.timeout(TIMEOUT_MS)]);
  return (await ask(address, { cancelled, signal }, route, input)) as AnswerOf<R>;
}

/** Asks a route that answers with a file, and hands on what comes as it comes. Its time is as long as it takes. */
export async function downloadFrom<R extends Route>(
  address: WorkerAddress,
  cancelled: AbortSignal,
  route: R,
  input: InputOf<R>,
): Promise<Response> {
  return (await ask(address, { cancelled, signal: cancelled }, route, input)) as Response;
}

interface Ends {
  /** Whoever asked wants no answer any more. */
  readonly cancelled: AbortSignal;
  /** That, or it takes too long. */
  readonly signal: AbortSignal;
}

async function ask<R extends Route>({ base_url, admin_token }: WorkerAddress, ends: Ends, route: R, input: InputOf<R>): Promise<unknown> {
  const send: Send = (url, init) => fetch(url, { ...init, signal: ends.signal });
  const told = (await askRoute({ base_url, key: admin_token }, send, route, input).catch((error: unknown) => {
    throw errorOf(error, base_url, ends.cancelled);
  })) as Told<Route>;
  if (told.ok) return told.data;
  throw refusalOf(told.status, told.error);
}

/** Of our own routes, and Airflow's: no other system's are asked from here. */
function refusalOf(status: number, error: unknown): AppError {
  const problem = readProblem(error);
  return problem ? toSentError(problem, { status }) : new AppError("internal", JSON.stringify(error), { status });
}

function errorOf(error: unknown, base_url: string, cancelled: AbortSignal): AppError {
  if (cancelled.aborted) return new AppError("cancelled", "Cancelled.", { cause: error });
  if (error instanceof FxClientError) return new AppError("internal", error.message, { status: error.status ?? 500, cause: error });
  const cause = (error as { cause?: NodeJS.ErrnoException }).cause;
  const reason = (error as Error).name === "TimeoutError" ? `no answer in ${TIMEOUT_MS / SECOND} s` : (cause?.code ?? String(error));
  return new AppError("source_unavailable", `The Worker at ${new URL(base_url).origin} does not answer (${reason}).`, {
    retryable: true,
    cause: error,
  });
}
