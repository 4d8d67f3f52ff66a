import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { readSettings } from "../../../functions/environment.ts";
import { readWranglerConfig } from "../../../functions/local/deploy/readWranglerConfig.ts";
import { cloudflareProblems } from "../../../shared/deployment/cloudflareSettings.ts";
import { environmentDifferences, type WorkerConfig } from "../../../shared/deployment/environmentDifferences.ts";

const FILE = fileURLToPath(new URL("../../../wrangler.toml", import.meta.url));
/** What an installation sets beside wrangler.toml. */
const OWN = {
  SQLD_URL: "libsql://fx-desk.turso.io",
  SQLD_AUTH_TOKEN: "t",
  SIDECAR_URL: "https://sidecar.example.com",
  SIDECAR_TOKEN: "s",
  OANDA_API_TOKEN: "o",
  ALLOWED_HOSTS: "fx.example.com",
  ADMIN_TOKEN: "a",
};

let top: WorkerConfig;
let production: WorkerConfig;
beforeAll(async () => {
  const configs = await readWranglerConfig(FILE);
  top = configs.top;
  production = configs.production!;
});
const varsOf = (config: WorkerConfig) => config["vars"] as Record<string, string>;

describe("[env.production] of wrangler.toml", () => {
  it("has every binding, consumer, cron and flag of the top level, as it is there", () => {
    expect(environmentDifferences(top, production)).toEqual([]);
    expect((production["queues"] as { consumers: unknown[] }).consumers).toHaveLength(5);
  });

  it("has a Worker of its own, observed, placed near the database, with time for its longest slice", () => {
    expect(production["name"]).not.toBe(top["name"]);
    expect(production).toMatchObject({ observability: { enabled: true }, placement: { mode: "smart" }, limits: { cpu_ms: 60_000 } });
  });

  it("points at nothing of one machine, and runs with what an installation sets", () => {
    // What wrangler dev would listen at is in there, too.
    expect(JSON.stringify({ ...production, dev: null, configPath: "", userConfigPath: "", main: "" })).not.toMatch(
      /127\.0\.0\.1|localhost|sandbox/,
    );
    expect(readSettings({ ...varsOf(production), ...OWN }).DEPLOYED_TO).toBe("cloudflare");
  });

  it("requires as secrets what the Worker is refused without", () => {
    const required = (production["secrets"] as { required: string[] }).required;
    const { ADMIN_TOKEN: _either, ...always } = OWN;
    expect(required).toEqual(Object.keys(always));
    for (const name of required) {
      expect(() => readSettings({ ...varsOf(production), ...OWN, [name]: "" })).toThrow(new RegExp(`^The variable ${name} of the Worker`));
    }
  });

  it.each(["SQLD_URL", "SIDECAR_URL", "OANDA_API_URL", "PUBLIC_URL"])("lets no %s of one machine into the Worker", (name) => {
    for (const address of [
      "http://127.0.0.1:8790",
      "http://localhost:8790",
      "http://10.0.0.7",
      "https://a.example.com,http://[::1]:8791",
    ]) {
      expect(() => readSettings({ ...varsOf(production), ...OWN, [name]: address })).toThrow(
        new RegExp(`^The variable ${name} of the Worker is wrong: .*Cloudflare does not reach it`),
      );
    }
  });

  it.each([
    [{ MARKET_ORIGIN: "sandbox" }, "MARKET_ORIGIN"],
    [{ NEWS_SANDBOX_URL: "https://news.example.com" }, "NEWS_SANDBOX_URL"],
    [{ JOURNAL_URL: "https://journal.example.com" }, "JOURNAL_URL"],
    [{ FX_CLOCK_OFFSET_MS: "5" }, "FX_CLOCK_OFFSET_MS"],
    [{ ADMIN_TOKEN: "" }, "ADMIN_TOKEN"],
  ])("refuses %o there", (change, name) => {
    expect(cloudflareProblems({ ...varsOf(production), ...OWN, ...change }).map((problem) => problem.name)).toEqual([name]);
  });
});

describe("the top level of wrangler.toml", () => {
  it("has no values, so that a deployment of it by accident answers nothing and asks nobody", () => {
    expect(varsOf(top)).toEqual({});
    expect(() => readSettings(varsOf(top))).toThrow(/^The variable SQLD_URL of the Worker is wrong/);
    expect(top).toMatchObject({ workers_dev: false, preview_urls: false });
  });
});
