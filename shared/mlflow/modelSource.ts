import { invalidParameter } from "./mlflowErrors.ts";

/** Where a version says that it comes from. */
export type ModelSource =
  | { readonly type: "logged_model"; readonly model_id: string }
  | { readonly type: "version"; readonly name: string; readonly version: string }
  | { readonly type: "run"; readonly run_id: string; readonly path: string }
  | { readonly type: "artifacts" | "elsewhere" };

const MODEL_ID = /^m-[0-9a-zA-Z]+$/;

/** Reads a version's source. A path of the server's own disk, and one that leads out of its place, are refused. */
export function readModelSource(source: string): ModelSource {
  const [, scheme, rest = ""] = /^([a-zA-Z][a-zA-Z0-9+.-]*):(.*)$/s.exec(source) ?? [];
  if (scheme === undefined || scheme.toLowerCase() === "file")
    throw invalidParameter(
      `Invalid model version source: '${source}'. A path of this server's disk is not a source; log the model's files to a run first.`,
    );
  if (leadsElsewhere(rest)) throw invalidParameter(`Invalid model version source: '${source}'. It must not have relative parts.`);
  if (scheme === "models") return readModelsUri(source, rest);
  if (scheme === "runs") {
    const [, run_id = "", path = ""] = /^\/([^/]+)(?:\/(.*))?$/s.exec(rest) ?? [];
    if (run_id !== "") return { type: "run", run_id, path };
    throw invalidParameter(`Invalid model version source: '${source}' is not runs:/RUN_ID/PATH.`);
  }
  return { type: scheme === "mlflow-artifacts" ? "artifacts" : "elsewhere" };
}

function readModelsUri(source: string, rest: string): ModelSource {
  const [first = "", second, ...more] = rest.replace(/^\//, "").split("/");
  if (second === undefined && MODEL_ID.test(first)) return { type: "logged_model", model_id: first };
  if (second !== undefined && /^\d{1,15}$/.test(second) && more.length === 0) return { type: "version", name: first, version: second };
  throw invalidParameter(`Invalid model version source: '${source}' is neither models:/NAME/VERSION nor models:/MODEL_ID.`);
}

/** What is told by percent signs of percent signs more often than this is no place of anybody's. */
const MOST_TELLINGS = 5;

/** Parts of dots, also those that are told by percent signs; and what is told so often that nobody will look. */
function leadsElsewhere(path: string): boolean {
  let text = path;
  for (let times = 0; times < MOST_TELLINGS; times++) {
    if (text.split(/[/\\?#]/).includes("..")) return true;
    const told = text.replaceAll(/%([0-9a-fA-F]{2})/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    if (told === text) return false;
    text = told;
  }
  return true;
}
