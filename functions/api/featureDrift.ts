import { type FeatureDriftCollection, readFeatureDrift } from "../../shared/contracts/featureDrift.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import { type BinCounts, countBins } from "../../shared/monitoring/populationStability.ts";
import { DRIFT_WINDOW_MS, featureDrifts } from "../../shared/monitoring/referenceProfile.ts";
import { productionVersion, readModelCard } from "../pipelines/common/productionModel.ts";
import { readReference } from "../pipelines/monitoring/readReference.ts";
import { recentColumns } from "../pipelines/monitoring/recentColumns.ts";
import type { Ports } from "../pipelines/ports.ts";
import type { KnownInstruments } from "./instruments.ts";

/** What the monitoring's checks `drift` and `features` compare, feature by feature. */
export function featureDriftRoutes(ports: Ports, known: KnownInstruments): MountedRoute {
  return handle(readFeatureDrift, async ({ query: { instrument, feature } }): Promise<FeatureDriftCollection> => {
    await known.require(instrument);
    const end = ports.clock.now();
    const window = { start: end - DRIFT_WINDOW_MS, end };
    const version = await productionVersion(ports, instrument, end);
    if (!version) throw notComparable(`no version for ${instrument} is in Production`);
    const card = await readModelCard(ports, version);
    if (card.origin === "elsewhere") throw notComparable(`version ${version.version} was trained elsewhere: on what is not known`);
    if (feature !== undefined && !card.feature_names.includes(feature))
      throw new AppError("not_found", `feature: "${feature}" is not one of those that ${version.name}/${version.version} reads.`, {
        status: 404,
        details: { field: "feature" },
      });
    const profile = await readReference(ports, card.dataset).catch((error: unknown) => {
      throw error instanceof AppError && error.code === "dataset_unknown" ? notComparable(error.message.replace(/\.$/, "")) : error;
    });
    const recent = await recentColumns(ports, card, window);
    const trained = new Map(profile.features.map((one) => [one.name, one]));
    const drifts = featureDrifts(profile, recent.columns, window.start).filter(
      (drift) => feature === undefined || drift.feature === feature,
    );
    return {
      instrument,
      model_version: `${version.name}/${version.version}`,
      ...{ from: toIso(window.start), to: toIso(window.end), rows: recent.rows, training_rows: profile.rows },
      features: drifts.map(({ feature: name, psi, psi_without_drift, usual_psi, kl, missing, missing_in_training }) => {
        const { edges, ...training } = trained.get(name)!;
        const bins = binsOf(edges, training, countBins(edges, recent.columns.get(name)!));
        return { feature: name, psi, psi_without_drift, usual_psi, kl, missing, missing_in_training, bins };
      }),
    };
  });
}

function binsOf(edges: readonly number[], training: BinCounts, now: BinCounts) {
  return training.counts.map((count, bin) => ({
    above: edges[bin - 1] ?? null,
    to: edges[bin] ?? null,
    training: count,
    now: now.counts[bin]!,
  }));
}

function notComparable(reason: string): AppError {
  return new AppError("not_found", `There is nothing to compare with: ${reason}.`, { status: 404 });
}
