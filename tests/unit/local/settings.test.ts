import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hasInbox } from "../../../functions/local/stack/parts/hasInbox.ts";
import { sidecarPart } from "../../../functions/local/stack/parts/sidecarPart.ts";
import { workerPart, workerVariables } from "../../../functions/local/stack/parts/workerPart.ts";
import { readSettings } from "../../../functions/local/stack/settings.ts";
import { childEnvironment, originOf, type StackPlan } from "../../../functions/local/stack/stackPlan.ts";
import { marketOfStore, openStore, storeFolder } from "../../../functions/local/stack/store.ts";
import { parseApiKeys } from "../../../shared/contracts/keys/apiKey.ts";

describe("readSettings", () => {
  it("needs nothing", () => {
    const settings = readSettings({});
    expect(settings.ports).toEqual({ worker: 8787, sqld: 8790, sidecar: 8791, sandbox: 8792 });
    expect(settings).toMatchObject({ oanda: null, clock_start: null, sandbox_signal: 0.2, sandbox_candles: null, admin_token: null });
    expect(settings.instruments).toContain("USD_SGD");
  });

  it("has one sidecar, or as many as are asked for, on the ports that are given", () => {
    expect(readSettings({})).toMatchObject({ sidecars: 1, more_sidecar_ports: [] });
    expect(readSettings({ FX_SIDECARS: "3" })).toMatchObject({ sidecars: 3, ports: { sidecar: 8791 }, more_sidecar_ports: [] });
    expect(readSettings({ FX_SIDECARS: "3", FX_SIDECAR_PORT: "8795, 8796,8797" })).toMatchObject({
      ports: { sidecar: 8795 },
      more_sidecar_ports: [8796, 8797],
    });
  });

  it("takes an empty variable for one that is not set", () => {
    expect(readSettings({ OANDA_API_URL: "", FX_CLOCK: " ", FX_WORKER_PORT: "" })).toEqual(readSettings({}));
  });

  it.each([
    [{ FX_WORKER_PORT: "0" }, /FX_WORKER_PORT is "0"/],
    [{ FX_SQLD_PORT: "http" }, /FX_SQLD_PORT is "http"/],
    [{ FX_SQLD_PORT: "8787" }, /no other part of the stack has/],
    [{ FX_SIDECARS: "0" }, /FX_SIDECARS is "0"; expected a number from 1 to 16/],
    [{ FX_SIDECARS: "three" }, /FX_SIDECARS is "three"/],
    [{ FX_SIDECAR_PORT: "8791,8793" }, /FX_SIDECAR_PORT is "8791,8793"; expected one port \(or more sidecars: FX_SIDECARS\)/],
    [{ FX_SIDECAR_PORT: "8791,8793,8794", FX_SIDECARS: "2" }, /expected 2 ports at most, as many as FX_SIDECARS/],
    [{ FX_SIDECAR_PORT: "8791,x", FX_SIDECARS: "2" }, /FX_SIDECAR_PORT is "x"/],
    [{ FX_SIDECAR_PORT: "8791,8792", FX_SIDECARS: "2" }, /FX_SIDECAR_PORT is "8792"; expected a port that no other part/],
    [{ OANDA_API_URL: "oanda", OANDA_API_TOKEN: "t" }, /OANDA_API_URL is "oanda"/],
    [{ OANDA_API_URL: "https://api" }, /OANDA_API_TOKEN is not/],
    [{ INSTRUMENTS: "USD_SGD,EURUSD" }, /INSTRUMENTS is "EURUSD"/],
    [{ SANDBOX_SIGNAL: "2" }, /SANDBOX_SIGNAL is "2"/],
    [{ FX_CLOCK: "yesterday" }, /FX_CLOCK: "yesterday" is not a time/],
    [{ FX_WORKER_HOST: "192.168.1.5" }, /FX_WORKER_HOST is "192\.168\.1\.5"; expected 127\.0\.0\.1 or 0\.0\.0\.0\.$/],
    [{ PREDICTIONS_INBOX: "disk" }, /PREDICTIONS_INBOX is "disk"; expected memory or off\.$/],
    [{ SIDECAR_URL: "sidecar:8791", SIDECAR_TOKEN: "t" }, /SIDECAR_URL: "sidecar:8791": expected an address/],
    [{ SIDECAR_URL: "http://a:8791,b", SIDECAR_TOKEN: "t" }, /SIDECAR_URL: address 2 of 2, "b"/],
    [{ SIDECAR_URL: "http://sidecar:8791" }, /SIDECAR_URL is set but SIDECAR_TOKEN is not/],
    [{ NEWS_FEEDS: "https://a.example/feed.xml" }, /^NEWS_FEEDS: .*is not of the form id=URL/],
    [{ NEWS_FEEDS: "mine=http://127.0.0.1:9000/feed.xml" }, /^NEWS_FEEDS: http:\/\/127\.0\.0\.1:9000\/feed\.xml is not asked: port 9000/],
    [
      { NEWS_FEEDS: "mine=http://127.0.0.1/feed.xml" },
      /is not a public address \(loopback\)\. If it is your own feed, allow its site: NEWS_ALLOWED_ORIGINS=http:\/\/127\.0\.0\.1$/,
    ],
    [{ NEWS_ALLOWED_ORIGINS: "127.0.0.1:9000" }, /^NEWS_ALLOWED_ORIGINS: "127\.0\.0\.1:9000" is not the origin of a site/],
    [{ NEWS_ALLOWED_ORIGINS: "http://127.0.0.1:9000/feed.xml" }, /without a path/],
    [{ NEWS_FEEDS: '[{"id":"mine","feeds":["https://a.example/f"],"archive_url":"http://intranet.local/{from}"}]' }, /intranet\.local/],
    [{ NEWS_CONTACT: "me (at home)" }, /^NEWS_CONTACT: .*e-mail address/],
  ])("refuses %j", (env, message) => {
    expect(() => readSettings(env as Record<string, string>)).toThrow(message);
  });
});

describe("NEWS_ALLOWED_ORIGINS", () => {
  it("lets a desk's own feed in, on this machine and on another port", () => {
    const own = { NEWS_FEEDS: "desk=http://127.0.0.1:9000/feed.xml,lan=http://feeds.desk.local/f" };
    expect(() => readSettings({ ...own, NEWS_ALLOWED_ORIGINS: "http://127.0.0.1:9000, http://feeds.desk.local" })).not.toThrow();
    expect(() => readSettings({ ...own, NEWS_ALLOWED_ORIGINS: "http://127.0.0.1:9000" })).toThrow(
      /NEWS_ALLOWED_ORIGINS=http:\/\/feeds\.desk\.local/,
    );
  });
});

describe("NEWS_FEEDS", () => {
  it("may name public sites, and the sandbox's while candles come from it", () => {
    const sandbox = {
      FX_SANDBOX_PORT: "8899",
      NEWS_FEEDS: "mine=https://a.example/f.xml,harbour_wire=http://127.0.0.1:8899/news/x/feed.xml",
    };
    expect(readSettings(sandbox).ports.sandbox).toBe(8899);
    const oanda = { OANDA_API_URL: "https://api-fxpractice.oanda.com", OANDA_API_TOKEN: "t" };
    expect(() => readSettings({ ...sandbox, ...oanda })).toThrow(/127\.0\.0\.1:8899/);
  });
});

describe("a store", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fx-store-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ["market", "/root/data/lake/market"],
    ["/abs/x", "/abs/x"],
    ["./here", "/cwd/here"],
    ["a/b", "/cwd/a/b"],
  ])("%s lies in %s", (name, expected) => {
    expect(storeFolder("/root", "/cwd", name)).toBe(expected);
  });

  it("keeps the market that it was opened with", () => {
    expect(marketOfStore(folder)).toBeNull();
    openStore(folder, "sandbox");
    expect(marketOfStore(folder)).toBe("sandbox");
    expect(openStore(folder, "sandbox").market).toBe("sandbox");
    expect(() => openStore(folder, "real")).toThrow(/holds the simulated market, and a store holds one market/);
  });

  it("says when its file is damaged or its folder cannot be made", () => {
    writeFileSync(join(folder, "store.json"), "{");
    expect(() => marketOfStore(folder)).toThrow(/cannot be read/);
    expect(() => openStore(join(folder, "store.json", "inner"), "real")).toThrow(/cannot be written to \(ENOTDIR\)/);
  });
});

describe("the Worker's variables", () => {
  const plan = (env: Record<string, string>, market: "sandbox" | "real"): StackPlan => {
    const settings = readSettings(env);
    const store = { name: "s", folder: "/s", market };
    const origin = originOf(store, settings);
    return {
      root: "/",
      store,
      settings,
      ports: settings.ports,
      more_sidecar_ports: settings.more_sidecar_ports,
      cron_port: settings.ports.worker,
      host: "dev",
      build: "/s/worker-build",
      origin,
      tokens: { sqld: "jwt", sqld_public_key: "key", sidecar: "between-us", journal: "j", sandbox: "made-up", admin: settings.admin_token },
      api_keys: parseApiKeys(env["API_KEYS"]),
      journal_port: 8795,
      clock_offset_ms: null,
      env,
    };
  };

  it("point at the sandbox, with its token and its best possible accuracy", () => {
    expect(workerVariables(plan({ SANDBOX_SIGNAL: "0.4" }, "sandbox"))).toMatchObject({
      MARKET_ORIGIN: "sandbox",
      OANDA_API_URL: "http://127.0.0.1:8792",
      OANDA_API_TOKEN: "made-up",
      MAX_PLAUSIBLE_ACCURACY: "0.7",
    });
  });

  it("name every sidecar, each of which has a port, a folder and a name of its own", () => {
    const three = plan({ FX_SIDECARS: "3", FX_SIDECAR_PORT: "8791,8793,8794" }, "sandbox");
    expect(workerVariables(three)["SIDECAR_URL"]).toBe("http://127.0.0.1:8791,http://127.0.0.1:8793,http://127.0.0.1:8794");
    const parts = [0, 1, 2].map((index) => sidecarPart(three, index));
    expect(
      parts.map(({ name, health, env }) => [name, health?.url, env["SIDECAR_PORT"], env["SIDECAR_DATA"], env["SIDECAR_TOKEN"]]),
    ).toEqual([
      ["gpu-sidecar", "http://127.0.0.1:8791/health", "8791", "/s/sidecar", "between-us"],
      ["gpu-sidecar-2", "http://127.0.0.1:8793/health", "8793", "/s/sidecar-2", "between-us"],
      ["gpu-sidecar-3", "http://127.0.0.1:8794/health", "8794", "/s/sidecar-3", "between-us"],
    ]);
    expect(workerVariables(plan({}, "sandbox"))["SIDECAR_URL"]).toBe("http://127.0.0.1:8791");
  });

  it("name the Worker as whom the sandbox's news sites may write to, and nobody to the real ones unless told", () => {
    expect(workerVariables(plan({}, "sandbox"))["NEWS_CONTACT"]).toBe("http://127.0.0.1:8787/");
    expect(workerVariables(plan({ NEWS_CONTACT: "a@b.example" }, "sandbox"))["NEWS_CONTACT"]).toBe("a@b.example");
    expect(workerVariables(plan({}, "real"))).not.toHaveProperty("NEWS_CONTACT");
  });

  it.each([
    ["ALLOWED_HOSTS", "desk.example"],
    ["CHALLENGER_NET_LOSS_BP", "0.3"],
    ["CHAMPION_MAX_AGE_DAYS", "30"],
    ["HINTS_AT_ONCE", "2"],
    ["MAX_PLAUSIBLE_ACCURACY", "0.57"],
    ["NEWS_CONTACT", "a@b.example"],
    ["NEWS_FEEDS", "none"],
    ["NOTIFY_SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/x"],
    ["OANDA_SLOTS", "2"],
    ["SPIKE_GUARD", "0.4"],
    ["TRAINING_DEVICE", "cuda"],
    ["WIDE_SLOTS", "2"],
  ])("hand on %s, which docs/configuration.md offers", (name, value) => {
    for (const market of ["sandbox", "real"] as const) expect(workerVariables(plan({ [name]: value }, market))[name]).toBe(value);
  });

  it("are refused before anything starts where they say wrongly whom to tell", () => {
    expect(() => readSettings({ NOTIFY_SLACK_WEBHOOK_URL: "slack" })).toThrow(/^NOTIFY_SLACK_WEBHOOK_URL: it is not an address/);
  });

  it("leave out the inspector, and wrangler dev refuses to be looked into", () => {
    expect(Object.keys(workerVariables(plan({ FX_INSPECTOR_PORT: "9229" }, "sandbox"))).join()).not.toContain("INSPECTOR");
    expect(readSettings({ FX_INSPECTOR_PORT: "9229" }).inspector_port).toBe(9_229);
    expect(readSettings({}).inspector_port).toBeNull();
    expect(() => readSettings({ FX_INSPECTOR_PORT: "yes" })).toThrow(/FX_INSPECTOR_PORT/);
    expect(() => workerPart(plan({ FX_INSPECTOR_PORT: "9229" }, "sandbox"))).toThrow(/npm run fx -- serve/);
  });

  it("name the sidecar that runs elsewhere, and that of the stack where none does", () => {
    const elsewhere = { SIDECAR_URL: "http://sidecar:8791", SIDECAR_TOKEN: "t" };
    expect(workerVariables(plan(elsewhere, "sandbox"))).toMatchObject({ SIDECAR_URL: "http://sidecar:8791" });
    expect(workerVariables(plan({}, "sandbox"))).toMatchObject({ SIDECAR_URL: "http://127.0.0.1:8791" });
  });

  it("are served to other machines by the host of fx serve alone", () => {
    expect(readSettings({}).worker_host).toBe("127.0.0.1");
    expect(() => workerPart(plan({ FX_WORKER_HOST: "0.0.0.0" }, "sandbox"))).toThrow(/FX_WORKER_HOST is set.*npm run fx -- serve/);
  });

  it("leave no prediction in memory where it ends with its container, nor where each is to be on the disk", () => {
    const serving = (env: Record<string, string>) => hasInbox({ ...plan(env, "sandbox"), host: "serve" });
    expect([serving({}), serving({ PREDICTIONS_INBOX: "off" }), serving({ PREDICTIONS_SYNC: "on" })]).toEqual([true, false, false]);
    expect(hasInbox(plan({}, "sandbox"))).toBe(false);
  });

  it("know no best accuracy of candles that are replayed", () => {
    expect(workerVariables(plan({ SANDBOX_CANDLES: "/candles" }, "sandbox"))).not.toHaveProperty("MAX_PLAUSIBLE_ACCURACY");
  });

  it("point at OANDA where it is configured, and at nothing where candles are imported", () => {
    const oanda = { OANDA_API_URL: "https://api-fxpractice.oanda.com", OANDA_API_TOKEN: "secret" };
    expect(workerVariables(plan(oanda, "real"))).toMatchObject({ MARKET_ORIGIN: "oanda", ...oanda });
    expect(workerVariables(plan({}, "real"))).toMatchObject({ MARKET_ORIGIN: "import", OANDA_API_URL: "", OANDA_API_TOKEN: "" });
  });

  it("are the only way of the Worker's secrets into a process of the stack", () => {
    const env = {
      OANDA_API_TOKEN: "o",
      ADMIN_TOKEN: "a",
      API_KEYS: "[]",
      NOTIFY_EMAIL_TOKEN: "e",
      NOTIFY_SLACK_WEBHOOK_URL: "s",
      PATH: "/bin",
      HOME: "/home",
    };
    const { NODE_COMPILE_CACHE: _, ...inherited } = childEnvironment({ env }, { HOME: undefined, PORT: "1" });
    expect(inherited).toEqual({ PATH: "/bin", PORT: "1" });
  });

  it("hold the keys, by their hashes, where there are some", () => {
    const key = {
      name: "desk",
      sha256: "0".repeat(64),
      scopes: ["read"],
      created_at: "2025-01-01T00:00:00Z",
      expires_at: null,
      revoked_at: null,
    };
    const API_KEYS = JSON.stringify([key]);
    expect(workerVariables(plan({ API_KEYS }, "sandbox"))).toMatchObject({ API_KEYS });
    expect(workerVariables(plan({}, "sandbox"))).not.toHaveProperty("API_KEYS");
    expect(() => plan({ API_KEYS: "key" }, "sandbox")).toThrow(/API_KEYS is not a list of keys/);
  });

  it("carry the clock's offset, and what is handed on", () => {
    const shifted = { ...plan({ ALLOWED_HOSTS: "fx.example.com", ADMIN_TOKEN: "a" }, "sandbox"), clock_offset_ms: -5_000 };
    expect(workerVariables(shifted)).toMatchObject({ FX_CLOCK_OFFSET_MS: "-5000", ALLOWED_HOSTS: "fx.example.com", ADMIN_TOKEN: "a" });
  });
});
