import { beforeEach, expect, it } from "vitest";
import { textOfPrediction } from "../../../functions/api/textOfPrediction.ts";
import { viewOfPrediction } from "../../../functions/api/viewOfPrediction.ts";
import { createPredictor } from "../../../functions/serving/predictor.ts";
import { HOUR, MINUTE, SECOND } from "../../../shared/domain/instant.ts";
import { goldRow, materialize, predictorPorts, ready } from "../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOON + 20 * MINUTE });
  await ready(ports, NOON);
});

it("is the view as JSON, to the byte, of answers that share most of their text", async () => {
  const odd = ['"', "\\u0000", "a\u0000b", "</script>"];
  const ask = createPredictor(predictorPorts(ports, { newId: () => odd.shift() ?? crypto.randomUUID() }));
  for (let second = 0; second < 20; second++) {
    if (second === 10) await materialize(ports, goldRow(NOON, 0.002, NOON + 1));
    for (const [as_of, explains] of [
      [null, false],
      [null, true],
      [NOON - HOUR, false],
    ] as const) {
      const prediction = await ask("USD_SGD", as_of, null, undefined, explains);
      expect(textOfPrediction(prediction)).toBe(JSON.stringify(viewOfPrediction(prediction)));
    }
    ports.clock.advance(SECOND / 2 + 7);
  }
});
