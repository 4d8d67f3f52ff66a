import type { Context } from "hono";

/** What every answer to a request is to say, whoever makes it. */
interface SaidHeaders {
  readonly headers: Record<string, string>;
  /** The answer that was made with them. */
  made: Response | null;
}

const SAID = "said_headers";

/** Says these with the answer that comes of `next`, and what is added by sayHeader until then, where it does not say something else. */
export async function sayHeaders(context: Context, headers: Record<string, string>, next: () => Promise<void>): Promise<void> {
  const said: SaidHeaders = { headers, made: null };
  context.set(SAID, said);
  await next();
  const { res } = context;
  // A copy, as Hono makes one that is to have other headers too, is another answer.
  if (res === said.made) return;
  for (const [name, value] of Object.entries(headers)) if (!res.headers.has(name)) res.headers.set(name, value);
}

/** Says one more. Before there is an answer not by `context.header`: one that is made with all of its headers would not have it. */
export function sayHeader(context: Context, name: string, value: string): void {
  const said = context.get(SAID) as SaidHeaders | undefined;
  if (said === undefined || context.finalized) context.header(name, value);
  else said.headers[name] = value;
}

/**
 * A JSON text as an answer, made with all of its headers: one that is set on an answer afterwards is a way into the runtime and back, and
 * the object for it is one more that has to be collected. /predict counts both.
 */
export function answerJson(context: Context, text: string): Response {
  const said = context.get(SAID) as SaidHeaders | undefined;
  const answer = new Response(text, { headers: { "Content-Type": "application/json", ...said?.headers } });
  if (said) said.made = answer;
  return answer;
}
