import { isOfPipelines } from "../mlflow/artifactUri.ts";

/**
 * The key in the lake below which a version's served files lie. Those of training lie where its run wrote them; of a version that a client
 * registered, what was admitted is kept apart from what the client may still write to.
 */
export function servedSource({
  name,
  version,
  source,
}: {
  readonly name: string;
  readonly version: string;
  readonly source: string;
}): string {
  return isOfPipelines(source) ? source : `models/adopted/${name}/${version}`;
}
