import { counted } from "../../../shared/domain/counted.ts";
import { AppError, type ErrorCode } from "../../../shared/errors.ts";

export interface SidecarProblem {
  readonly name: string;
  readonly error: AppError;
}

/** Of several sidecars none does it: of each why not. Where one has too much to do that is the reason, since it passes by itself. */
export function noneOfThem(what: string, problems: readonly SidecarProblem[]): AppError {
  const codes = problems.map(({ error }) => error.code);
  const code: ErrorCode = codes.includes("queue_full")
    ? "queue_full"
    : codes.every((one) => one === "sidecar_version")
      ? "sidecar_version"
      : "sidecar_unavailable";
  const waits_ms = problems.flatMap(({ error }) => error.retry_after_ms ?? []);
  const reasons = problems.map(({ name, error }) => `${name}: ${error.message.replace(/\.$/, "")}`);
  return new AppError(code, `None of the ${counted(problems.length, "sidecar")} ${what}. ${reasons.join("; ")}.`, {
    status: code === "queue_full" ? 429 : 503,
    retryable: true,
    details: { sidecars: Object.fromEntries(problems.map(({ name, error }) => [name, error.code])) },
    ...(waits_ms.length === 0 ? {} : { retry_after_ms: Math.min(...waits_ms) }),
  });
}
