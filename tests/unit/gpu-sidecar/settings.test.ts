import { describe, expect, it } from "vitest";
import { readSettings } from "../../../gpu-sidecar/settings.ts";

describe("readSettings", () => {
  it("has defaults for everything", () => {
    expect(readSettings({})).toMatchObject({ port: 8791, host: "127.0.0.1", queue_limit: 32, keep_jobs: 200, token: null });
    expect(readSettings({}).training_workers).toBeGreaterThanOrEqual(1);
    expect(readSettings({}).data_dir.endsWith("/data/lake/sidecar")).toBe(true);
  });

  it("reads the news with the lexicon by default, and leaves a core to the rest", () => {
    expect(readSettings({}).model).toMatchObject({
      base: null,
      adapter: null,
      scale: 1,
      gpu: "auto",
      lanes: 2,
      max_queue: 512,
      prompt_market: false,
    });
    const set = {
      FINGPT_BASE_GGUF: "/m/base.gguf",
      FINGPT_LORA_SCALE: "0.5",
      FINGPT_PROMPT_MARKET: "on",
      SIDECAR_GPU: "cuda",
      SIDECAR_LANES: "8",
    };
    expect(readSettings(set).model).toMatchObject({ base: "/m/base.gguf", scale: 0.5, prompt_market: true, gpu: "cuda", lanes: 8 });
  });

  it("reads what is set, and takes an empty variable for unset", () => {
    expect(readSettings({ SIDECAR_PORT: "0", SIDECAR_HOST: "", SIDECAR_TOKEN: "secret", SIDECAR_TRAINING_WORKERS: "3" })).toMatchObject({
      port: 0,
      host: "127.0.0.1",
      token: "secret",
      training_workers: 3,
    });
  });

  it.for([
    ["SIDECAR_PORT", "abc", `SIDECAR_PORT must be a whole number from 0 to 65535, was "abc"`],
    ["SIDECAR_PORT", "70000", "SIDECAR_PORT"],
    ["SIDECAR_TRAINING_WORKERS", "0", "SIDECAR_TRAINING_WORKERS must be a whole number from 1"],
    ["SIDECAR_QUEUE_LIMIT", "1.5", "SIDECAR_QUEUE_LIMIT"],
    ["FINGPT_LORA_SCALE", "much", `FINGPT_LORA_SCALE must be a number from 0 to 10, was "much"`],
    ["FINGPT_PROMPT_MARKET", "yes", `FINGPT_PROMPT_MARKET must be one of on, off, was "yes"`],
    ["SIDECAR_GPU", "rocm", `SIDECAR_GPU must be one of auto, cuda, off, was "rocm"`],
    ["SIDECAR_LANES", "0", "SIDECAR_LANES must be a whole number from 1 to 64"],
  ] as const)("refuses %s=%s", ([name, value, words]) => expect(() => readSettings({ [name]: value })).toThrow(words));
});
