import { expect, it } from "vitest";
import { modelIdentity } from "../../../../gpu-sidecar/sentiment/modelIdentity.ts";

const PARTS = { base_sha256: "a", adapter_sha256: "b", scale: 1, prompt_market: false, context_tokens: 512 };

it("is the same for the same, and another for everything that an answer depends on", () => {
  expect(modelIdentity(PARTS)).toBe(modelIdentity({ ...PARTS }));
  const changes = [
    { base_sha256: "x" },
    { adapter_sha256: "x" },
    { adapter_sha256: null },
    { scale: 2 },
    { prompt_market: true },
    { context_tokens: 256 },
  ];
  const names = [PARTS, ...changes.map((change) => ({ ...PARTS, ...change }))].map(modelIdentity);
  expect(new Set(names).size).toBe(names.length);
  expect(modelIdentity({ ...PARTS, adapter_sha256: null, scale: 2 })).toBe(modelIdentity({ ...PARTS, adapter_sha256: null }));
});
