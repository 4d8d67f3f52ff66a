import { describe, expect, it } from "vitest";
import { fakeFleet } from "../../../support/sidecar/fakeSidecars.ts";

const ARTICLES = ["x", "y"].map((id) => ({ id, text: "Stocks rally", market: null }));

describe("of several sidecars news is read", () => {
  it("by FinGPT where one has it, and the answer says so", async () => {
    const fleet = fakeFleet(["a", "b", "c"]);
    fleet.named("b").reader.setState("fingpt");
    const { results, model } = await fleet.sentiment.score(ARTICLES);
    expect([results.map(({ engine }) => engine), model]).toEqual([["fingpt", "fingpt"], "model-1"]);
    expect(fleet.fakes.map(({ reader }) => reader.requests.length)).toEqual([0, 1, 0]);
    expect(await fleet.sentiment.health()).toMatchObject({ engine: "fingpt", device: "cuda" });
  });

  it("by the next that has FinGPT where one is full, and all are full only when each is", async () => {
    const fleet = fakeFleet(["a", "b", "c"]);
    for (const name of ["a", "b"]) fleet.named(name).reader.setState("fingpt");
    const full = fleet.named("a").reader;
    full.setState("busy");
    expect((await fleet.sentiment.score(ARTICLES)).results[0]?.engine).toBe("fingpt");
    fleet.named("b").reader.setState("busy");
    await expect(fleet.sentiment.score(ARTICLES)).rejects.toMatchObject({ code: "queue_full", status: 429, retryable: true });
    expect(fleet.named("c").reader.requests).toEqual([]);
  });

  it("by nobody's lexicon when the one with FinGPT goes away in between: who asks decides", async () => {
    const fleet = fakeFleet(["a", "b"]);
    fleet.named("a").reader.setState("fingpt");
    Object.assign(fleet.named("a").sentiment, { score: () => Promise.reject(Object.assign(new Error("reset"))) });
    await expect(fleet.sentiment.score(ARTICLES)).rejects.toThrow("reset");
    expect(fleet.named("b").reader.requests).toEqual([]);
  });

  it("with the lexicon where none has a model, and the reasons are those of each", async () => {
    const fleet = fakeFleet(["a", "b"]);
    fleet.named("a").setDown(true);
    expect(await fleet.sentiment.health()).toMatchObject({
      engine: "lexicon",
      reason: "b: FINGPT_BASE_GGUF is not set; a: The sidecar at a cannot be reached: refused",
    });
    await fleet.sentiment.score(ARTICLES);
    expect(fleet.named("b").reader.requests).toHaveLength(1);
  });

  it("not at all while all are away, and each is named", async () => {
    const fleet = fakeFleet(["a", "b"]);
    for (const one of fleet.fakes) one.setDown(true);
    const message = expect.stringMatching(/^None of the 2 sidecars answers\. a: .*; b: /);
    for (const ask of [() => fleet.sentiment.score(ARTICLES), () => fleet.sentiment.health()]) {
      await expect(ask()).rejects.toMatchObject({ code: "sidecar_unavailable", retryable: true, message });
    }
    expect(await fleet.sentiment.score([])).toEqual({ results: [], model: null });
  });
});
