import { expect, it } from "vitest";
import { definePools } from "../../../shared/dag/pool.ts";

it("a task that waits keeps its slot where what it started outside goes on, and nowhere else", () => {
  expect(definePools({ oanda: 7, wide: 2 })).toEqual({
    sidecar_training: { slots: 1, include_deferred: true },
    sidecar_sentiment: { slots: 1, include_deferred: true },
    oanda: { slots: 7, include_deferred: false },
    wide: { slots: 2, include_deferred: false },
  });
  expect(definePools({ sidecars: 3 })).toMatchObject({ sidecar_training: { slots: 3 }, sidecar_sentiment: { slots: 1 } });
  expect(definePools()).toMatchObject({ oanda: { slots: 4 }, wide: { slots: 1 } });
});
