import { getPath } from "hono/utils/url";

/** [/mlflow]/(api|ajax-api)/VERSION/(mlflow|mlflow-artifacts)/...: the page asks ajax-api, and a server may lie under a prefix. */
const ADDRESS = /^(?:\/mlflow)?\/(?:ajax-)?api\/([23]\.0)\/(mlflow|mlflow-artifacts)(\/.*)?$/;
/** Those of its routes that end in the path of an artifact. */
const OF_ARTIFACT = /^(\/(?:artifacts|mpu\/(?:create|complete|abort)|presigned))\/(.+)$/;

/**
 * The one path by which a route of MLflow's API is known here, from every address that its clients and its page have for it. The path of
 * an artifact, of however many parts, becomes one part. Every other path is what Hono makes of it.
 */
export function canonicalPath(request: Request): string {
  // Most requests are not for MLflow, and /predict counts its microseconds.
  if (!request.url.includes("/mlflow")) return getPath(request);
  const raw = rawPathOf(request.url);
  const address = ADDRESS.exec(raw);
  if (!address) return getPath(request);
  const [, version, api, rest = ""] = address;
  const artifact = api === "mlflow-artifacts" ? OF_ARTIFACT.exec(rest) : null;
  const end = artifact ? `${artifact[1]}/${artifact[2]!.replaceAll("/", "%2F")}` : rest;
  return `/api/${version}/${api}${end}`;
}

function rawPathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf(":") + 3);
  const end = url.slice(start).search(/[?#]/);
  return end === -1 ? url.slice(start) : url.slice(start, start + end);
}
