import { describe, expect, it } from "vitest";
import { readSettings } from "../../../gpu-sidecar/settings.ts";

describe("readSettings", () => {
  it("has defaults for everything", () => {
    expect(readSettings({})).toMatchObject({ port: 8791, host: "127.0.0.1", queue_limit: 32, keep_jobs: 200, token: null });
    expect(readSettings({}).training_workers).toBeGreaterThanOrEqual(1);
    expect(readSettings({}).data_dir.endsWith("/data/lake/sidecar")).toBe(true);
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
  ] as const)("refuses %s=%s", ([name, value, words]) => expect(() => readSettings({ [name]: value })).toThrow(words));
});
