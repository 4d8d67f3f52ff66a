import { requireArtifactPath } from "../../../shared/mlflow/artifactKey.ts";
import { artifactPathOf, joinLocation } from "../../../shared/mlflow/artifactUri.ts";
import { doesNotExist, invalidParameter } from "../../../shared/mlflow/mlflowErrors.ts";
import type { ArtifactStore } from "../../../shared/ports/artifactStore.ts";

/** A file, as one to keep: what somebody wrote is not for a browser to run. Throws RESOURCE_DOES_NOT_EXIST. */
export async function fileOf(artifacts: ArtifactStore, path: string, media_type: string): Promise<Response> {
  const file = await artifacts.get(requireArtifactPath(path));
  if (!file) throw doesNotExist(`No such artifact: '${path}'`);
  const name = encodeURIComponent(path.split("/").at(-1) ?? path);
  return new Response(file.body, {
    headers: {
      "content-type": media_type,
      "content-length": String(file.bytes),
      "content-disposition": `attachment; filename*=UTF-8''${name}`,
      "x-content-type-options": "nosniff",
    },
  });
}

/** The path of a file below the location of a run or a model. Throws INVALID_PARAMETER_VALUE where that is kept elsewhere. */
export function pathUnder(location: string, path: string): string {
  const root = artifactPathOf(location);
  if (root === null) throw invalidParameter(`The artifacts at ${location} are not kept here: read them there.`);
  return path === "" ? root : joinLocation(root, requireArtifactPath(path));
}
