import type { TestApp } from "./testApp.ts";

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** What an MLflow client asks of the app that the test has at the moment. An answer that is no JSON is its `text`. */
export function mlflowCalls(app: () => TestApp) {
  const ask = async (method: Method, path: string, body?: unknown) => {
    const { status, body: answer } = await app().call(method, `/api/2.0/${path}`, body);
    return typeof answer === "string" ? { status, text: answer } : { status, ...answer };
  };
  const post = (path: string, body: unknown = {}) => ask("POST", `mlflow/${path}`, body);
  const get = (path: string) => ask("GET", `mlflow/${path}`);
  const makeRun = async () =>
    (await post("runs/create", { run_name: "r", start_time: 5 })).run.info as { run_id: string; artifact_uri: string };
  const register = async (name: string) => {
    const { run_id, artifact_uri } = await makeRun();
    return (await post("model-versions/create", { name, source: `${artifact_uri}/model`, run_id })).model_version;
  };
  return { ask, post, get, makeRun, register };
}
