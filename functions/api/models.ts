import { listModels, readModel } from "../../shared/contracts/models.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { toIso, toIsoOrNull } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { toAppError } from "../../shared/errors.ts";
import { SERVED_HORIZON } from "../../shared/labels/horizon.ts";
import { type ModelClaim, modelClaimSchema, UNJUDGED } from "../../shared/models/modelClaim.ts";
import { modelNameOf, type NamedModel, presentModelName, readModelName } from "../../shared/models/modelName.ts";
import type { Pin } from "../../shared/models/pin.ts";
import { versionBefore } from "../../shared/models/productionTerms.ts";
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
    handle(listModels, async ({ query: { instrument, horizon_bars } }) => {
      const listed = await namesOf(ports, await known.list());
      const wanted = listed.filter(
        (one) => (instrument ?? one.instrument) === one.instrument && (horizon_bars ?? one.horizon_bars) === one.horizon_bars,
      );
      const models = await Promise.all(wanted.map((one) => summaryOf(ports, one)));
      return { models, total_entries: models.length };
    }),
    handle(readModel, async ({ params }) => {
      const name = presentModelName(params.name);
      const versions = await ports.tracking.versions(name);
      if (versions.length === 0) throw unknownModel(name);
      const runs = await Promise.all(versions.map((version) => ports.tracking.run(version.run_id)));
      const transitions = await ports.tracking.transitions(name);
      const current = await ports.tracking.productionAt(name, Number.MAX_SAFE_INTEGER);
      return {
        name,
        pinned: viewOfPin(await ports.tracking.pinAt(name, ports.clock.now())),
        rollback_version: current && versionBefore(transitions, current.version),
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

/** Of every instrument the model of one bar, also where there is none yet; then those of longer horizons that were trained. */
async function namesOf({ tracking }: Ports, instruments: readonly Instrument[]): Promise<readonly NamedModel[]> {
  const served = instruments.map((instrument) => ({ instrument, horizon_bars: SERVED_HORIZON }));
  const registered = (await tracking.modelNames()).flatMap((name) => readModelName(name) ?? []);
  const longer = registered.filter(({ instrument, horizon_bars }) => horizon_bars !== SERVED_HORIZON && instruments.includes(instrument));
  const place = ({ instrument, horizon_bars }: NamedModel) => instruments.indexOf(instrument) * 1_000 + horizon_bars;
  return [...served, ...longer.toSorted((a, b) => place(a) - place(b))];
}

async function summaryOf(ports: Ports, { instrument, horizon_bars }: NamedModel) {
  const [name, now] = [modelNameOf(instrument, horizon_bars), ports.clock.now()];
  const production = await ports.tracking.productionAt(name, now);
  const { live_since } = await ports.knowledge.facts(instrument, name);
  return {
    name,
    instrument,
    horizon_bars,
    pinned: viewOfPin(await ports.tracking.pinAt(name, now)),
    production: production && { ...toJson(production), ...(await claimOf(ports, production)) },
    live_since: toIsoOrNull(live_since),
  };
}

function viewOfPin(pin: Pin | null) {
  return pin && { ...pin, since: toIso(pin.since) };
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
