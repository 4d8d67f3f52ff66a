import type { RunFile } from "../../functions/local/stack/runFile.ts";
import type { FxProcess } from "../support/stack/fxProcess.ts";
import { createFxWorkplace, type FxWorkplace, SMALL, SMALL_HISTORY } from "../support/stack/fxWorkplace.ts";

/** A bootstrapped sandbox under `fx serve`, as a person starts it. */
export interface PagesStack {
  readonly url: string;
  readonly workplace: FxWorkplace;
  readonly store: string;
  readonly run: () => RunFile;
  /** As JSON; throws what the server refuses. */
  readonly ask: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

/** Small unless `env` and `history` say otherwise: two pairs over the fewest days. */
export async function startPagesStack(
  env: Readonly<Record<string, string>> = SMALL,
  history: readonly string[] = SMALL_HISTORY,
): Promise<PagesStack> {
  const workplace = createFxWorkplace();
  try {
    const store = workplace.store("pages");
    const fx = await workplace.start(["serve", "--store", store, ...history], env);
    await fx.says(/^\s*runs /m);
    return stackOf(workplace, store, fx);
  } catch (error) {
    workplace.remove();
    throw error;
  }
}

function stackOf(workplace: FxWorkplace, store: string, fx: FxProcess): PagesStack {
  const run = () => workplace.stackOf(store);
  const url = run().worker_url;
  return {
    ...{ url, workplace, store, run },
    async ask(method, path, body) {
      const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
      const response = await fetch(url + path, { method, ...sent });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return JSON.parse(text);
    },
    async stop() {
      fx.signal("SIGTERM");
      await fx.result;
      workplace.remove();
    },
  };
}
