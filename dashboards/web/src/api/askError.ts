/** What the server said, in the words of whichever API refused: RFC 9457, Airflow's `detail` (a list for 422), MLflow's `message`. */
export interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly code?: string;
  readonly hint?: string;
  readonly request_id?: string;
}

export class AskError extends Error {
  override readonly name = "AskError";
  /** Null: no answer came. */
  readonly status: number | null;
  readonly problem: Problem;

  constructor(status: number | null, problem: Problem) {
    super(problem.detail);
    this.status = status;
    this.problem = problem;
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const title = `${response.status} ${response.statusText}`.trim();
  const request_id = response.headers.get("x-request-id");
  const named = request_id === null ? {} : { request_id };
  const body = (await response.json().catch(() => null)) as Readonly<Record<string, unknown>> | null;
  if (body === null) return { title, detail: "The server's answer cannot be read.", ...named };
  const text = (name: string) => (typeof body[name] === "string" ? (body[name] as string) : undefined);
  const detail = text("detail") ?? sentencesOf(body["detail"]) ?? text("message") ?? "The server gives no reason.";
  const code = text("code") ?? text("error_code");
  const hint = text("hint");
  return {
    title: text("title") ?? title,
    detail,
    ...named,
    ...(code === undefined ? {} : { code }),
    ...(hint === undefined ? {} : { hint }),
  };
}

/** Airflow's list of what is wrong, each with its field: [{loc: ["step"], msg: "step: use …"}]. */
function sentencesOf(detail: unknown): string | undefined {
  if (!Array.isArray(detail)) return undefined;
  const said = (detail as readonly { readonly msg?: unknown }[]).flatMap(({ msg }) => (typeof msg === "string" ? [msg] : []));
  return said.length === 0 ? undefined : said.join(" ");
}
