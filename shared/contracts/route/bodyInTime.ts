import { SECOND } from "../../domain/instant.ts";
import { AppError } from "../../errors.ts";

/** What a sender has beside the time that its body takes, and how fast that must come at least: a weak mobile line. */
const PATIENCE_MS = 10 * SECOND;
const BYTES_PER_S = 32 * 1024;

/** Within what time a body of at most so many bytes has to be here. */
export function bodyTimeMs(bytes: number): number {
  return PATIENCE_MS + Math.ceil((bytes / BYTES_PER_S) * SECOND);
}

/**
 * Reads a body of at most `max_bytes`, or throws 408 once it is late. workerd waits for the rest of one for ever, and so would whatever
 * its isolate holds for the request; Node's server has a limit of its own for all of a request, but one for the largest.
 */
export async function bodyInTime<Result>(max_bytes: number, reading: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit_ms = bodyTimeMs(max_bytes);
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooSlow(limit_ms)), limit_ms);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(limit_ms: number): AppError {
  const message = `body: did not come whole within ${Math.round(limit_ms / SECOND)} s.`;
  return new AppError("body_too_slow", message, { status: 408, retryable: true, details: { field: "body" } });
}
