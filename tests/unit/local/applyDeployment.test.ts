import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyDeployment, type Deployment, secretsThere } from "../../../functions/local/deploy/applyDeployment.ts";
import type { RunWrangler } from "../../../functions/local/deploy/runWrangler.ts";

let folder: string;
let asked: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fx-apply-"));
  asked = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** wrangler, of whose commands those that begin with one of `failing` fail. */
const wrangler =
  (...failing: string[]): RunWrangler =>
  async (args) => {
    const command = args.join(" ");
    asked.push(command);
    const has_failed = failing.some((start) => command.startsWith(start));
    return { code: has_failed ? 1 : 0, lines: has_failed ? ["no, thanks"] : [] };
  };

const deployment = (change: Partial<Deployment> = {}): Deployment => ({
  config: "w.toml",
  folder,
  secrets: { SQLD_AUTH_TOKEN: "a$b'c" },
  queues: ["hints", "dead"],
  code_version: "abc",
  migrate: async () => void asked.push("migrate"),
  say: () => {},
  ...change,
});

describe("a deployment", () => {
  it("migrates, makes the queues that are missing, and deploys production with its secrets in no command line", async () => {
    await applyDeployment(wrangler("queues info dead"), deployment());
    const secrets = join(folder, "secrets.json");
    expect(asked).toEqual([
      "migrate",
      "queues info hints --config w.toml",
      "queues info dead --config w.toml",
      "queues create dead --config w.toml",
      `deploy --config w.toml --env production --secrets-file ${secrets} --var CODE_VERSION:abc`,
    ]);
    expect(JSON.parse(readFileSync(secrets, "utf8"))).toEqual({ SQLD_AUTH_TOKEN: "a$b'c" });
    expect(statSync(secrets).mode & 0o077).toBe(0);
  });

  it("asks Cloudflare nothing where the database cannot be migrated", async () => {
    const migrate = () => Promise.reject(new Error("401"));
    await expect(applyDeployment(wrangler(), deployment({ migrate }))).rejects.toThrow("401");
    expect([asked, existsSync(join(folder, "secrets.json"))]).toEqual([[], false]);
  });

  it("deploys nothing without its queues, and says what is done", async () => {
    await expect(applyDeployment(wrangler("queues"), deployment())).rejects.toThrow(
      "The queue hints could not be made. The database is migrated; the rest can be done again by the same command. wrangler said:\nno, thanks",
    );
    expect(asked.some((command) => command.startsWith("deploy"))).toBe(false);
  });

  it("that is refused says what is done", async () => {
    await expect(applyDeployment(wrangler("deploy"), deployment({ secrets: {}, code_version: null }))).rejects.toThrow(
      /^The Worker could not be deployed\. The database is migrated and the queues are there;/,
    );
    expect(asked.at(-1)).toBe("deploy --config w.toml --env production");
  });
});

describe("the secrets of a Worker", () => {
  it("are known by name, and none are of one that was never deployed", async () => {
    const listed: RunWrangler = async () => ({ code: 0, lines: ["[", '  {"name": "SQLD_URL", "type": "secret_text"}', "]"] });
    expect(await secretsThere(listed, "w.toml")).toEqual(new Set(["SQLD_URL"]));
    expect(await secretsThere(wrangler("secret"), "w.toml")).toEqual(new Set());
  });
});
