import { presentModelName as present } from "../../../../shared/models/modelName.ts";
import { PIN_ALIAS } from "../../../../shared/models/pin.ts";
import type { Clock } from "../../../../shared/ports/clock.ts";
import type { Tracking } from "../../../../shared/ports/tracking.ts";
import { type Database, withStore } from "../database.ts";
import { pinAt, setAlias } from "./aliases.ts";
import { addDataset, findDataset, listDatasets } from "./datasets.ts";
import { readHistory } from "./history.ts";
import { findVersion, listModelNames, listVersions, registerVersion, setVersionTags } from "./modelVersions.ts";
import { findRun, logRun } from "./runs.ts";
import { inProduction, listTransitions, productionAt, transitionVersion } from "./stages.ts";

/** Datasets, runs, registered models and their stages in libSQL, with MLflow's names and rules. `clock` gives recorded_at. Models answer to their former names. */
export function createTracking(database: Database, clock: Clock): Tracking {
  return {
    addDataset: (manifest) => withStore(() => addDataset(database, manifest)),
    dataset: (sha256) => withStore(() => findDataset(database, sha256)),
    datasets: (query) => withStore(() => listDatasets(database, query)),
    logRun: (run) => withStore(() => logRun(database, run)),
    run: (run_id) => withStore(() => findRun(database, run_id)),
    registerVersion: (name, run_id, source, at) =>
      withStore(() => registerVersion(database, { name: present(name), run_id, source, at, recorded_at: clock.now() })),
    version: (name, version) => withStore(() => findVersion(database, present(name), version)),
    setVersionTags: (name, version, tags) => withStore(() => setVersionTags(database, present(name), version, tags)),
    transition: (name, version, to_stage, effective_at, reason, by) =>
      withStore(() =>
        transitionVersion(database, {
          by,
          name: present(name),
          version,
          to_stage,
          effective_at,
          recorded_at: clock.now(),
          reason,
        }),
      ),
    productionAt: (name, as_of, recorded_until = Number.MAX_SAFE_INTEGER) =>
      withStore(() => productionAt(database, present(name), as_of, recorded_until)),
    inProduction: (names) => withStore(() => inProduction(database, names.map(present))),
    pinAt: (name, at) => withStore(() => pinAt(database, present(name), at)),
    pin: (name, version, at, reason, by) =>
      withStore(() => setAlias(database, { name: present(name), alias: PIN_ALIAS, version, at, by, reason })),
    modelNames: () => withStore(() => listModelNames(database)),
    versions: (name) => withStore(() => listVersions(database, present(name))),
    transitions: (name) => withStore(() => listTransitions(database, present(name))),
    history: (name, query) => withStore(() => readHistory(database, present(name), query)),
  };
}
