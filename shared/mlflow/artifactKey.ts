import { isOfPipelines } from "./artifactUri.ts";
import { isPlainPath } from "./limits.ts";
import { invalidParameter } from "./mlflowErrors.ts";

/** Keys of R2 are no longer. */
const MAX_KEY_BYTES = 1_024;
/** What clients write lies apart from what the pipelines write, so that neither can be taken for the other. */
const OF_CLIENTS = "mlflow/";

/** The lake's key of a path: the pipelines' own files stand under theirs. */
export function artifactKeyOf(path: string): string {
  return isOfPipelines(`${path}/`) ? path : `${OF_CLIENTS}${path}`;
}

/** A path of artifacts that leads nowhere else. Throws INVALID_PARAMETER_VALUE. */
export function requireArtifactPath(path: string): string {
  const has_control = [...path].some((character) => character < " " || character === "\u007f" || character === "\\");
  if (!isPlainPath(path) || has_control) throw invalidParameter("Invalid path");
  if (new TextEncoder().encode(artifactKeyOf(path)).length <= MAX_KEY_BYTES) return path;
  throw invalidParameter(`Invalid path: it is longer than ${MAX_KEY_BYTES} bytes.`);
}
