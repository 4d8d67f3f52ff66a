import { beforeEach, describe, expect, it } from "vitest";
import { createPredictor } from "../../../functions/serving/predictor.ts";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import { down, predictorPorts, quietly, ready } from "../../support/models/servingFixture.ts";
import { probabilityOf } from "../../support/models/tinyModel.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;
const UP = probabilityOf(0.4);

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
});

describe("with a store down", () => {
  it("goes on from the online store without libSQL", async () => {
    await ready(ports, NOON);
    const predict = createPredictor(
      predictorPorts(ports, { features: { ...ports.features, latest: down }, tracking: { ...ports.tracking, inProduction: down } }),
    );
    expect((await predict("USD_SGD", null)).record.prediction).toBe(UP);
  });

  it("goes on from libSQL without the online store", async () => {
    const restore = quietly();
    await ready(ports, NOON);
    const predict = createPredictor(predictorPorts(ports, { online: { ...ports.online, read: down, readProduction: down } }));
    expect((await predict("USD_SGD", null)).record.prediction).toBe(UP);
    restore();
  });

  it("goes on from the isolate when everything goes down after the first answer, until the features are stale", async () => {
    const restore = quietly();
    await ready(ports, NOON);
    let is_down = false;
    const guard =
      <Arguments extends unknown[], Result>(method: (...given: Arguments) => Result) =>
      (...given: Arguments) =>
        is_down ? down() : method(...given);
    const predict = createPredictor(
      predictorPorts(ports, {
        online: { ...ports.online, read: guard(ports.online.read), readProduction: guard(ports.online.readProduction) },
        features: { ...ports.features, latest: guard(ports.features.latest) },
        tracking: { ...ports.tracking, inProduction: guard(ports.tracking.inProduction) },
        lake: { ...ports.lake, get: guard(ports.lake.get) },
      }),
    );
    await predict("USD_SGD", null);
    is_down = true;
    ports.clock.set(NOON + HOUR + 10 * MINUTE);
    expect((await predict("USD_SGD", null)).record.prediction).toBe(UP);
    ports.clock.advance(1);
    await expect(predict("USD_SGD", null)).rejects.toMatchObject({ code: "features_stale" });
    restore();
  });

  it("with nothing to go on from, says what is down", async () => {
    const restore = quietly();
    const predict = createPredictor(
      predictorPorts(ports, { online: { ...ports.online, readProduction: down }, tracking: { ...ports.tracking, inProduction: down } }),
    );
    await expect(predict("USD_SGD", null)).rejects.toMatchObject({ code: "store_unavailable", status: 503 });
    restore();
  });
});
