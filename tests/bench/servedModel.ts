import { HOUR } from "../../shared/domain/instant.ts";
import { modelFeatureNames } from "../../shared/features/modelFeatures.ts";
import { toOnlineRow } from "../../shared/features/onlineRow.ts";
import { modelArtifactKeys, sourceKeys } from "../../shared/models/modelCard.ts";
import { addModel, addRows, GOLD } from "../support/models/servingFixture.ts";
import type { TestPorts } from "../support/ports/testPorts.ts";
import { benchForest } from "./benchForest.ts";
import { syntheticRow } from "./syntheticRows.ts";

const INSTRUMENT = "USD_SGD";

/** A row that is fresh for as long as the bench runs, and a model as large as the nightly one's. */
export async function addServedModel(ports: TestPorts): Promise<void> {
  const run_id = "bench";
  const forest = benchForest(modelFeatureNames(GOLD, INSTRUMENT));
  // The lake keeps what was written first: the fixture's own model of one split is not.
  await ports.lake.putOnce(sourceKeys(modelArtifactKeys(run_id).source).json, forest, "application/json");
  await addModel(ports, { run_id, strength: 0.1, promoted_at: Date.now() - HOUR });
  const row = syntheticRow(GOLD.features.length, Math.floor(Date.now() / HOUR) * HOUR);
  // As a pipeline leaves it: in libSQL, and online.
  await addRows(ports, [row]);
  await ports.online.write(INSTRUMENT, { [GOLD.name]: toOnlineRow(row, GOLD.schema_hash) });
}
