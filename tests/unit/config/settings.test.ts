import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSettings, settingsSchema } from "../../../functions/environment.ts";
import { parseAllowedHosts } from "../../../shared/contracts/allowedHosts.ts";
import { DEFAULT_INSTRUMENTS } from "../../../shared/domain/instrument.ts";
import { NOTIFY_VARIABLES } from "../../../shared/notify/notifySettings.ts";
import { MAX_PLAUSIBLE_ACCURACY } from "../../../shared/validation/plausibilityCheck.ts";

const GOOD = {
  SQLD_URL: "http://127.0.0.1:8790",
  SIDECAR_URL: "http://127.0.0.1:8791",
  OANDA_API_URL: "http://127.0.0.1:8792",
  MARKET_ORIGIN: "sandbox",
};

describe("readSettings", () => {
  it("fills in what may be left out", () => {
    expect(readSettings(GOOD)).toEqual({
      ...GOOD,
      SIDECAR_URL: [{ name: "127.0.0.1:8791", url: GOOD.SIDECAR_URL }],
      INSTRUMENTS: DEFAULT_INSTRUMENTS,
      ALLOWED_HOSTS: parseAllowedHosts(undefined),
      MAX_PLAUSIBLE_ACCURACY,
      SPIKE_GUARD: 0.25,
      NEWS_ALLOWED_ORIGINS: [],
      OANDA_SLOTS: 4,
      WIDE_SLOTS: 1,
      HINTS_AT_ONCE: 1,
      PREDICTIONS_ANSWER: "recorded",
      CHAMPION_MAX_AGE_DAYS: 7,
      CHALLENGER_NET_LOSS_BP: 0.1,
      TRADE_LONG_ABOVE: 0.6,
      TRADE_SHORT_BELOW: 0.4,
      ONLINE_TTL: "enforced",
      RETENTION_DAYS: { readings: 90, logs: 90, models: 180 },
      API_KEYS: [],
      CORS_ORIGINS: new Set(),
      CLIENT_ADDRESS_HEADER: null,
      CLOSED_PAGES: new Set(),
      TRAINING_DEVICE: "cpu",
      FX_CLOCK_OFFSET_MS: 0,
    });
  });

  it("reads what is given, an empty text as not given, and leaves the bindings alone", () => {
    const bindings = { ONLINE: { get: () => null }, LAKE: {} };
    const given = { INSTRUMENTS: "USD_SGD, EUR_USD", MAX_PLAUSIBLE_ACCURACY: "0.65", FX_CLOCK_OFFSET_MS: "-5", ADMIN_TOKEN: "" };
    expect(readSettings({ ...GOOD, ...given, ...bindings })).toMatchObject({
      INSTRUMENTS: ["USD_SGD", "EUR_USD"],
      MAX_PLAUSIBLE_ACCURACY: 0.65,
      FX_CLOCK_OFFSET_MS: -5,
    });
    expect(readSettings({ ...GOOD, ...given })).not.toHaveProperty("ADMIN_TOKEN");
  });

  it("imports need no address of OANDA", () => {
    expect(readSettings({ ...GOOD, MARKET_ORIGIN: "import", OANDA_API_URL: "" }).MARKET_ORIGIN).toBe("import");
  });

  it.each([
    ["SQLD_URL", { SQLD_URL: "" }],
    ["SQLD_URL", { SQLD_URL: "127.0.0.1:8790" }],
    ["SIDECAR_URL", { SIDECAR_URL: undefined }],
    ["MARKET_ORIGIN", { MARKET_ORIGIN: "binance" }],
    ["OANDA_API_URL", { OANDA_API_URL: "" }],
    ["OANDA_API_URL", { OANDA_API_URL: "oanda" }],
    ["OANDA_API_TOKEN", { MARKET_ORIGIN: "oanda" }],
    ["INSTRUMENTS", { INSTRUMENTS: "USD_SGD,gold" }],
    ["INSTRUMENTS", { INSTRUMENTS: "," }],
    ["MAX_PLAUSIBLE_ACCURACY", { MAX_PLAUSIBLE_ACCURACY: "55" }],
    ["CHAMPION_MAX_AGE_DAYS", { CHAMPION_MAX_AGE_DAYS: "-1" }],
    ["CHALLENGER_NET_LOSS_BP", { CHALLENGER_NET_LOSS_BP: "a bit" }],
    ["SPIKE_GUARD", { SPIKE_GUARD: "0" }],
    ["TRAINING_DEVICE", { TRAINING_DEVICE: "tpu" }],
    ["FX_CLOCK_OFFSET_MS", { FX_CLOCK_OFFSET_MS: "soon" }],
  ])("a wrong %s is named (%o)", (name, change) => {
    expect(() => readSettings({ ...GOOD, ...change })).toThrow(
      new RegExp(`^The variable ${name}(\\.\\d+)? of the Worker is wrong: .+ See docs/configuration\\.md\\.$`),
    );
  });
});

describe("docs/configuration.md", () => {
  const path = new URL("../../../docs/configuration.md", import.meta.url);
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";

  it("says what every variable of the Worker is for", () => {
    const missing = [...Object.keys(settingsSchema.shape), ...Object.keys(NOTIFY_VARIABLES)].filter(
      (name) => !text.includes(`\`${name}\``),
    );
    expect(missing, "variables without a line in it").toEqual([]);
  });
});
