import { listModels, readModel } from "../../shared/contracts/models.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { toIso, toIsoOrNull } from "../../shared/domain/instant.ts";
import { toAppError } from "../../shared/errors.ts";
import { type ModelClaim, modelClaimSchema, UNJUDGED } from "../../shared/models/modelClaim.ts";
import { modelNameOf, presentModelName } from "../../shared/models/modelName.ts";
import { presentTags, skillOfTags } from "../../shared/models/skillOfTags.ts";
import type { ModelVersion } from "../../shared/ports/tracking.ts";
import { readModelCard } from "../pipelines/common/productionModel.ts";
import type { Ports } from "../pipelines/ports.ts";
import type { KnownInstruments } from "./instruments.ts";
import { unknownModel } from "./unknownModel.ts";

/** Metrics of a session, an instrument or of each month: a version has a hundred, and its evaluation shows them side by side. */
const OF_PARTS = /^(?:session|instrument|month)_/;

export function modelRoutes(ports: Ports, known: KnownInstruments): MountedRoute[] {
  return [
    handle(listModels, async () => {
      const now = ports.clock.now();
      const models = await Promise.all(
        (await known.list()).map(async (instrument) => {
          const name = modelNameOf(instrument);
          const production = await ports.tracking.productionAt(name, now);
          const { live_since } = await ports.knowledge.facts(instrument, name);
          return {
            name,
            instrument,
            production: production && { ...toJson(production), ...(await claimOf(ports, production)) },
            live_since: toIsoOrNull(live_since),
          };
        }),
      );
      return { models, total_entries: models.length };
    }),
    handle(readModel, async ({ params }) => {
      const name = presentModelName(params.name);
      const versions = await ports.tracking.versions(name);
      if (versions.length === 0) throw unknownModel(name);
      const runs = await Promise.all(versions.map((version) => ports.tracking.run(version.run_id)));
      const transitions = await ports.tracking.transitions(name);
      return {
        name,
        versions: versions.map((version, index) => ({
          ...toJson(version),
          ...skillOfTags(version.tags),
          metrics: Object.fromEntries((runs[index]?.metrics ?? []).flatMap(({ key, value }) => (OF_PARTS.test(key) ? [] : [[key, value]]))),
        })),
        transitions: transitions.map((move) => ({ ...move, effective_at: toIso(move.effective_at), recorded_at: toIso(move.recorded_at) })),
      };
    }),
  ];
}

/** From the model's card. A list of models is not to fail for one whose card cannot be read: that one claims nothing. */
async function claimOf(ports: Ports, version: ModelVersion): Promise<ModelClaim> {
  try {
    return modelClaimSchema.parse(await readModelCard(ports, version));
  } catch (error) {
    return { ...UNJUDGED, skill_reason: toAppError(error).message };
  }
}

function toJson(version: ModelVersion) {
  return {
    ...version,
    tags: presentTags(version.tags),
    creation_timestamp: toIso(version.creation_timestamp),
    last_updated_timestamp: toIso(version.last_updated_timestamp),
    recorded_at: toIso(version.recorded_at),
  };
}
