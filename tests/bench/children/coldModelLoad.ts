import { createR2ObjectStore } from "../../../functions/adapters/r2ObjectStore.ts";
import { loadServedModel } from "../../../functions/serving/servedModel.ts";
import { modelFeatureNames } from "../../../shared/features/modelFeatures.ts";
import { knownViews } from "../../../shared/features/views.ts";
import { modelArtifactKeys, sourceKeys } from "../../../shared/models/modelCard.ts";
import type { TrainingProfile } from "../../../shared/models/trainingProfile.ts";
import { addModel, GOLD, INSTRUMENTS } from "../../support/models/servingFixture.ts";
import { startMiniflare } from "../../support/ports/miniflareBindings.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";
import { benchForest } from "../benchForest.ts";

/** One load of a model from workerd's R2 in a process that has loaded none before: its milliseconds and the model's bytes on stdout. */
const profile = (process.argv[2] ?? "nightly") as TrainingProfile["name"];
const miniflare = await startMiniflare();
try {
  const lake = createR2ObjectStore(miniflare.bucket);
  const ports = await createTestPorts({ now: Date.UTC(2026, 0, 7, 12), config: { instruments: INSTRUMENTS } });
  const keys = sourceKeys(modelArtifactKeys("bench").source);
  const forest = benchForest(modelFeatureNames(GOLD, "USD_SGD"), profile);
  await ports.lake.putOnce(keys.json, forest, "application/json");
  await addModel(ports, { run_id: "bench", strength: 0.1 });
  for (const key of [keys.json, keys.card]) await lake.putOnce(key, (await ports.lake.get(key))!, "application/json");
  // The first call opens the connection to workerd, which a Worker has no need of.
  await lake.get("nothing");
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await loadServedModel(lake, modelArtifactKeys("bench").source, "1", knownViews(ports.config), ports.onnx);
  const load_ms = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  console.log(JSON.stringify({ load_ms, cpu_ms: (user + system) / 1_000, bytes: forest.length }));
} finally {
  await miniflare.stop();
}
