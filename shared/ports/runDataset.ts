import type { KeyValue } from "./experimentStore.ts";

/** A data set that a run read, as MLflow notes it. */
export interface RunDataset {
  readonly name: string;
  readonly digest: string;
  readonly source_type: string;
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
  readonly tags: readonly KeyValue[];
}
