import { describe, expect, it } from "vitest";
import { BestRounds } from "../../../../gpu-sidecar/training/bestRounds.ts";

/** The rounds at which it stopped, and those that it found best, of a model that says `p` of two rises round after round. */
function follow(p: readonly number[], patience: number): { stopped: number | null; rounds: number } {
  const best = new BestRounds(Float32Array.of(1, 1), patience);
  const stopped = p.findIndex((one, round) => best.add(round, Float32Array.of(one, one)));
  return { stopped: stopped === -1 ? null : stopped + 1, rounds: best.rounds };
}

describe("BestRounds", () => {
  it.each([
    ["better at every round", [0.5, 0.6, 0.7, 0.8], 2, { stopped: null, rounds: 4 }],
    ["worse from the third on", [0.5, 0.6, 0.55, 0.54, 0.53], 2, { stopped: 4, rounds: 2 }],
    ["better again before patience is spent", [0.5, 0.6, 0.55, 0.7, 0.6], 2, { stopped: null, rounds: 4 }],
    ["worse from the first on", [0.5, 0.4, 0.3], 2, { stopped: 3, rounds: 1 }],
    ["as good as before", [0.5, 0.5, 0.5], 2, { stopped: 3, rounds: 1 }],
  ])("of one that is %s", (_name, p, patience, expected) => {
    expect(follow(p, patience)).toEqual(expected);
  });

  it("never has a model without a round", () => {
    expect(new BestRounds(Float32Array.of(1, 0), 3).rounds).toBe(1);
  });
});
