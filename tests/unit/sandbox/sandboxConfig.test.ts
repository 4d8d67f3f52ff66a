import { describe, expect, it } from "vitest";
import { readSandboxConfig } from "../../../data/sandbox/sandboxConfig.ts";
import { parseAllowedHosts } from "../../../shared/contracts/allowedHosts.ts";

describe("readSandboxConfig", () => {
  it("has a default for everything, also where a variable is empty", () => {
    const allowed_hosts = parseAllowedHosts(undefined);
    const defaults = {
      port: 8792,
      host: "127.0.0.1",
      seed: 1,
      signal: 0.2,
      candles: null,
      token: "sandbox",
      allowed_hosts,
      clock_start: null,
    };
    expect(readSandboxConfig({})).toEqual(defaults);
    expect(readSandboxConfig({ SANDBOX_PORT: "", SANDBOX_SIGNAL: "", FX_CLOCK: "" })).toEqual(defaults);
  });

  it("reads what is set", () => {
    expect(
      readSandboxConfig({
        SANDBOX_PORT: "0",
        SANDBOX_HOST: "0.0.0.0",
        SANDBOX_SEED: "42",
        SANDBOX_SIGNAL: "0",
        SANDBOX_CANDLES: "history",
        SANDBOX_TOKEN: "secret",
        FX_CLOCK: "2026-03-08T06:59:00Z",
      }),
    ).toEqual({
      port: 0,
      host: "0.0.0.0",
      seed: 42,
      signal: 0,
      candles: "history",
      token: "secret",
      allowed_hosts: "any",
      clock_start: Date.UTC(2026, 2, 8, 6, 59),
    });
  });

  it.for([
    ["SANDBOX_PORT", "65536"],
    ["SANDBOX_PORT", "http"],
    ["SANDBOX_SEED", "-1"],
    ["SANDBOX_SEED", "1.5"],
    ["SANDBOX_SIGNAL", "1.1"],
    ["SANDBOX_SIGNAL", "-0.1"],
    ["SANDBOX_SIGNAL", "strong"],
    ["FX_CLOCK", "yesterday"],
  ] as const)("refuses %s=%s in a sentence that names it", ([name, value]) => {
    expect(() => readSandboxConfig({ [name]: value })).toThrow(new RegExp(`^${name}: "${value}" is not a`));
  });
});
