import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pickFreePort } from "../../functions/local/processes/ports.ts";
import { HOUR } from "../../shared/domain/instant.ts";
import { modelFeatureNames } from "../../shared/features/modelFeatures.ts";
import { TRAINING_PROFILES } from "../../shared/models/trainingProfile.ts";
import { startGroup, untilUp } from "../clients/processGroup.ts";
import { GOLD } from "../support/models/servingFixture.ts";
import { withRedis } from "./besideFeast.ts";
import { syntheticRow } from "./syntheticRows.ts";

const SERVER = fileURLToPath(new URL("peers/predictServer.py", import.meta.url));
const INSTRUMENT = "USD_SGD";

/** What is compared with: FastAPI, Feast's store on Redis and XGBoost, with as many trees of the same depth, and features. Takes `key` as its key. */
export function withPredictPeer<Result>(
  { python, redis, folder }: { readonly python: string; readonly redis: string; readonly folder: string },
  key: string,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  return withRedis(redis, folder, async (address) => {
    const features = modelFeatureNames(GOLD, INSTRUMENT);
    const { values } = syntheticRow(features.length, Math.floor(Date.now() / HOUR) * HOUR);
    const row = Array.from(values, (value) => (Number.isNaN(value) ? null : value));
    const { rounds, params } = TRAINING_PROFILES.nightly;
    const given = { features, values: row, instrument: INSTRUMENT, key, rounds, max_depth: params.max_depth };
    writeFileSync(join(folder, "peer.json"), JSON.stringify(given));
    const port = await pickFreePort();
    const server = startGroup(python, [SERVER, folder, address, String(port)], folder);
    const url = `http://127.0.0.1:${port}`;
    await untilUp(server, "the peer", `${url}/health`);
    try {
      return await work(url);
    } finally {
      await server.stop();
    }
  });
}
