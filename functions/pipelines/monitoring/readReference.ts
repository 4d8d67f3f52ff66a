import { buildReferenceProfile, type ReferenceProfile, referenceProfileSchema } from "../../../shared/monitoring/referenceProfile.ts";
import type { Ports } from "../ports.ts";
import { withDataset } from "../training/readDataset.ts";

/** Goes up when the profile's shape or its formulas change: the lake keeps what is written under a key. */
const PROFILE_VERSION = 1;

/**
 * The profile of a training set. It is made from the Parquet file once and kept in the lake beside it: a check every quarter of an hour
 * then reads a hundred kilobytes, not megabytes.
 */
export async function readReference(ports: Ports, dataset: string): Promise<ReferenceProfile> {
  const key = `monitoring/profiles/v${PROFILE_VERSION}/${dataset}.json`;
  const kept = await ports.lake.get(key);
  if (kept) return referenceProfileSchema.parse(JSON.parse(new TextDecoder().decode(kept)));
  const profile = await withDataset(ports, dataset, ({ set }) => buildReferenceProfile(dataset, set));
  await ports.lake.putOnce(key, JSON.stringify(profile), "application/json");
  return profile;
}
