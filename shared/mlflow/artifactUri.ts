/** How MLflow's clients name what the server keeps for them: mlflow-artifacts:/PATH. */
const SCHEME = "mlflow-artifacts:";

/** Keys of the lake that the pipelines write the models of their runs to. */
const OF_PIPELINES = "models/";

/** Where a run's files lie, as a client asks for them: what the pipelines keep under a key of the lake is asked for by the same path. */
export function artifactUriOf(location: string): string {
  return location.includes(":") ? location : `${SCHEME}/${location}`;
}

/** True of the runs and the files that training made: their record is not for clients to change. */
export function isOfPipelines(location: string): boolean {
  return location.startsWith(OF_PIPELINES);
}

/** The path that a client asks the server's artifacts for; null when they are kept elsewhere. */
export function artifactPathOf(location: string): string | null {
  const uri = artifactUriOf(location);
  return uri.startsWith(`${SCHEME}/`) ? uri.slice(SCHEME.length).replace(/^\/+(?:[^/]*:\d+\/)?/, "") : null;
}

/** A location with more behind it. */
export function joinLocation(location: string, ...parts: readonly string[]): string {
  return [location.replace(/\/+$/, ""), ...parts.filter((part) => part !== "")].join("/");
}
