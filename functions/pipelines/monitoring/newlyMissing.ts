import { DAY, type Instant } from "../../../shared/domain/instant.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import { productionVersion, readModelCard } from "../common/productionModel.ts";
import type { Ports } from "../ports.ts";
import { readReference } from "./readReference.ts";

/** Features that were missing in what the pipeline's predictions of the last day were made of, and in no row of the version's training set. */
export async function newlyMissing(
  ports: Ports,
  instrument: string,
  at: Instant,
): Promise<Pick<Observation, "value" | "n" | "details" | "reason">> {
  const version = await productionVersion(ports, instrument, at);
  if (!version) return { value: null, reason: "no version is in Production" };
  const vectors = (await ports.monitor.servedVectors(instrument, { start: at - DAY, end: at })).filter(
    (one) => one.model_version === version.version,
  );
  if (vectors.length === 0) return { value: null, n: 0, reason: `version ${version.version} has predicted nothing in a day` };
  const card = await readModelCard(ports, version);
  if (card.origin === "elsewhere") return { value: null, reason: `version ${version.version} was trained elsewhere: on what is not known` };
  const profile = new Map((await readReference(ports, card.dataset)).features.map(({ name, missing }) => [name, missing]));
  const named = card.feature_names.flatMap((name, index) => {
    const missing = vectors.filter(({ features }) => Number.isNaN(features[index])).length;
    return missing > 0 && profile.get(name) === 0 ? [`${name} (${missing} of ${vectors.length})`] : [];
  });
  return { value: named.length, n: vectors.length, details: { version: version.version, named } };
}
