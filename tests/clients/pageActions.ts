import type { Browser } from "playwright-core";
import type { PageData } from "./pageViews.ts";

export interface DoneAction {
  readonly action: string;
  readonly status: number;
}

type Action = readonly [method: string, path: string, body: Readonly<Record<string, unknown>>];

/** What the buttons of the page send, from a page of the server's own origin, as they send it. */
function actionsOf({ first, second, runs, model, version }: PageData): readonly Action[] {
  const run_id = runs[2]!;
  const of_version = { name: model, version };
  return [
    ["POST", "experiments/create", { name: "page-made" }],
    ["POST", "experiments/create", { name: "page-made" }],
    ["POST", "experiments/update", { experiment_id: second, new_name: "page-renamed" }],
    ["POST", "experiments/set-experiment-tag", { experiment_id: first, key: "mlflow.note.content", value: "read me" }],
    ["POST", "experiments/delete", { experiment_id: second }],
    ["POST", "runs/update", { run_id, run_name: "renamed" }],
    ["POST", "runs/set-tag", { run_id, key: "mlflow.note.content", value: "of a run" }],
    ["POST", "runs/delete-tag", { run_id, key: "mlflow.note.content" }],
    ["POST", "runs/delete", { run_id }],
    ["POST", "runs/restore", { run_id }],
    ["POST", "registered-models/create", { name: "page-other" }],
    ["PATCH", "registered-models/update", { name: model, description: "said anew" }],
    ["POST", "registered-models/set-tag", { name: model, key: "desk", value: "fx" }],
    ["DELETE", "registered-models/delete-tag", { name: model, key: "desk" }],
    ["POST", "registered-models/alias", { ...of_version, alias: "challenger" }],
    ["DELETE", "registered-models/alias", { name: model, alias: "challenger" }],
    ["PATCH", "model-versions/update", { ...of_version, description: "the first" }],
    ["POST", "model-versions/set-tag", { ...of_version, key: "checked", value: "yes" }],
    ["DELETE", "model-versions/delete-tag", { ...of_version, key: "checked" }],
    ["POST", "model-versions/transition-stage", { ...of_version, stage: "Production", archive_existing_versions: false }],
    ["DELETE", "model-versions/delete", of_version],
    ["DELETE", "registered-models/delete", { name: "page-other" }],
  ];
}

/** Does what the page's buttons do. Needs pageData.py's runs and models, and changes them. */
export async function doActions(browser: Browser, url: string, data: PageData): Promise<readonly DoneAction[]> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${url}/`);
    const done: DoneAction[] = [];
    for (const [method, path, body] of actionsOf(data)) {
      const status = await page.evaluate(
        async ([verb, address, text]) => {
          const headers = { "Content-Type": "application/json; charset=utf-8" };
          return (await fetch(address, { method: verb, headers, body: text })).status;
        },
        [method, `ajax-api/2.0/mlflow/${path}`, JSON.stringify(body)] as const,
      );
      done.push({ action: `${method} ${path} ${done.length}`, status });
    }
    return done;
  } finally {
    await context.close();
  }
}
