import type { RunDataset } from "../ports/runDataset.ts";

/**
 * A dataset as a client reads it, with an address that it can load: what training noted lies below this server's own, which is known when it
 * is asked and not when it was noted. `origin` is the one that the client asked at. What clients noted stays as they wrote it.
 */
export function reachableDataset<Dataset extends Pick<RunDataset, "source_type" | "source">>(dataset: Dataset, origin: string): Dataset {
  const path =
    dataset.source_type === "http" ? /^\{"url":"(\/api\/datasets\/[0-9a-f]{64}\.parquet)"\}$/.exec(dataset.source)?.[1] : undefined;
  return path === undefined ? dataset : { ...dataset, source: JSON.stringify({ url: `${origin}${path}` }) };
}
