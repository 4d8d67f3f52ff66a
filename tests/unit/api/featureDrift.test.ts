import { describe, expect, it } from "vitest";
import { featureDriftCollectionSchema } from "../../../shared/contracts/featureDrift.ts";
import { DAY, toIso } from "../../../shared/domain/instant.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import { modelFeatureNames } from "../../../shared/features/modelFeatures.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { addTrainingSet, openHourEnds } from "../../support/models/monitorFixture.ts";
import { addModel, addRows, GOLD } from "../../support/models/servingFixture.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 24, 12, 15);
const TRAINED = NOW - 35 * DAY;
/** Two that the model reads, and where they stand in a row. */
const [first, second] = modelFeatureNames(GOLD, "USD_SGD") as [string, string];
const SECOND = GOLD.features.findIndex(({ name }) => name === second);

/** Every feature is drawn from [0, 1), in training as now; the second is missing in every fourth row now. */
async function drifted() {
  const ports = await createTestPorts({ now: NOW });
  const dataset = await addTrainingSet(ports, TRAINED, 4_000);
  await addModel(ports, { run_id: "r1", strength: 1, promoted_at: TRAINED, card: { dataset } });
  const random = createRandom(11);
  const rows = openHourEnds(NOW, 400).map((event_time, row) => {
    const values = Float64Array.from({ length: GOLD.features.length }, random);
    if (row % 4 === 0) values[SECOND] = Number.NaN;
    return { event_time, created_time: event_time, available_at: event_time, values };
  });
  await addRows(ports, rows);
  return createTestApp(ports);
}

describe("GET /api/features/drift", () => {
  it("has the deciles of the training set with what is in them then and now", async () => {
    const app = await drifted();
    const { body } = await app.call("GET", "/api/features/drift?instrument=USD_SGD");
    const { features, ...told } = featureDriftCollectionSchema.parse(body);
    expect(told).toEqual({
      ...{ instrument: "USD_SGD", model_version: "fx-usdsgd-predictor/1", from: toIso(NOW - 28 * DAY), to: toIso(NOW) },
      ...{ rows: 400, training_rows: 4_000 },
    });
    const [one, other] = [first, second].map((name) => features.find(({ feature }) => feature === name)!);
    expect(one!.bins.map(({ training }) => training)).toEqual(new Array(10).fill(400));
    expect(one!.bins.reduce((sum, { now }) => sum + now, 0)).toBe(400);
    expect([one!.bins[0]!.above, one!.bins[9]!.to]).toEqual([null, null]);
    expect(one!.bins.slice(1).map(({ above }) => above)).toEqual(one!.bins.slice(0, -1).map(({ to }) => to));
    expect(one!.psi).toBeLessThan(0.1);
    expect([other!.missing, other!.missing_in_training]).toEqual([0.25, 0]);
    expect(other!.bins.reduce((sum, { now }) => sum + now, 0)).toBe(300);
  });

  it("of one feature", async () => {
    const app = await drifted();
    const { body } = await app.call("GET", `/api/features/drift?instrument=USD_SGD&feature=${second}`);
    expect(body.features.map(({ feature }: { feature: string }) => feature)).toEqual([second]);
    expect((await app.call("GET", "/api/features/drift?instrument=USD_SGD&feature=moon")).body).toMatchObject({
      status: 404,
      field: "feature",
    });
  });

  it("says why there is nothing to compare with", async () => {
    const ports = await createTestPorts({ now: NOW });
    const why = async () => {
      const { status, body } = await createTestApp(ports).call("GET", "/api/features/drift?instrument=USD_SGD");
      return [status, body.detail];
    };
    expect(await why()).toEqual([404, "There is nothing to compare with: no version for USD_SGD is in Production."]);
    await addModel(ports, { run_id: "r1", strength: 1, promoted_at: TRAINED, card: { dataset: "gone" } });
    expect(await why()).toEqual([404, "There is nothing to compare with: There is no manifest of training set gone."]);
  });
});
