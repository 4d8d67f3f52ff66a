import { execFileSync, spawn } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandContext } from "../../functions/local/commands/command.ts";
import { buildBundle } from "../../functions/local/deploy/buildBundle.ts";
import { deploy } from "../../functions/local/deploy/deploy.ts";
import { type Finding, problemsOf } from "../../functions/local/deploy/finding.ts";
import { wranglerRunner } from "../../functions/local/deploy/runWrangler.ts";
import { migrateStore } from "../../functions/local/stack/migrateStore.ts";
import { sqldArguments, sqldBinary } from "../../functions/local/stack/parts/sqldPart.ts";
import { createScreen } from "../../functions/local/text/screen.ts";
import { freePort } from "../support/stack/freePort.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
const CONFIG = join(ROOT, "wrangler.toml");

let folder: string;
let database: Awaited<ReturnType<typeof startGuarded>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fx-deployment-"));
  database = await startGuarded(join(folder, "libsql"));
});
afterAll(() => {
  database.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A sqld that asks for a token, and tokens of it. */
async function startGuarded(where: string) {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const key = publicKey.export({ type: "spki", format: "der" }).subarray(-32).toString("base64url");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(sqldBinary(), sqldArguments(where, `127.0.0.1:${port}`), {
    env: { ...process.env, SQLD_AUTH_JWT_KEY: key },
    stdio: "ignore",
  });
  const isUp = () =>
    fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isUp())) await sleep(25);
  const token = (claims: object) => {
    const body = [{ alg: "EdDSA", typ: "JWT" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    return `${body}.${sign(null, Buffer.from(body), privateKey).toString("base64url")}`;
  };
  return { url, token: token({ a: "rw" }), reader: token({ a: "ro" }), stop: () => void child.kill("SIGKILL") };
}

/** What `fx deploy` is run with: a home without a login, and nothing of who runs the tests. */
function contextOf(env: Record<string, string> = {}): CommandContext & { readonly said: string[] } {
  const said: string[] = [];
  const stream = { write: (text: string) => void said.push(text) };
  return {
    root: ROOT,
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, CLOUDFLARE_API_TOKEN: "t", CLOUDFLARE_ACCOUNT_ID: "a", ...env },
    stdout: stream,
    screen: createScreen(stream, Date.now),
    cancelled: new AbortController().signal,
    said,
  };
}

function secretsFile(change: Record<string, string> = {}): string {
  const own = {
    SQLD_URL: database.url,
    SQLD_AUTH_TOKEN: database.token,
    SIDECAR_URL: "https://sidecar.example.com",
    SIDECAR_TOKEN: "s",
    OANDA_API_TOKEN: "o",
    ALLOWED_HOSTS: "fx.example.com",
    ADMIN_TOKEN: "a",
    ...change,
  };
  const path = join(mkdtempSync(join(folder, "secrets-")), ".env.production");
  writeFileSync(
    path,
    Object.entries(own)
      .flatMap(([name, value]) => (value === "" ? [] : [`${name}="${value}"\n`]))
      .join(""),
  );
  return path;
}

/** wrangler, with a bundle that takes no seconds to make. */
const quick: typeof wranglerRunner = () => async (args) => {
  const at = args.indexOf("--outdir");
  if (at >= 0) {
    mkdirSync(args[at + 1]!);
    writeFileSync(join(args[at + 1]!, "worker.js"), "export default {}");
  }
  return { code: 0, lines: [] };
};
const dryRun = (secrets = secretsFile(), config = CONFIG, context = contextOf()) =>
  deploy(context, { config, secrets, will_apply: false }, quick);
const texts = (findings: readonly Finding[], about: Finding["about"]) =>
  findings.filter((one) => one.about === about).map(({ text }) => text);

describe("fx deploy without --apply", () => {
  it("says what is pending, how large the bundle is, which plan it needs and what it would make, and changes nothing", async () => {
    const findings = await deploy(contextOf(), { config: CONFIG, secrets: secretsFile(), will_apply: false });
    // The test's database is on the loopback, which is the one thing that is wrong with it.
    expect(problemsOf(findings).map(({ text }) => text)).toEqual([
      "SQLD_URL cannot be deployed: 127.0.0.1 is not a public address (loopback), and Cloudflare does not reach it.",
    ]);
    expect(texts(findings, "database")[0]).toMatch(/^\d+ of \d+ migrations are pending: 0000_/);
    expect(texts(findings, "bundle")[0]).toMatch(/^The bundle is [\d,]+ KiB, [\d,]+ gzipped: 65,536 KiB are allowed/);
    expect(texts(findings, "plan")[0]).toMatch(/^Workers Paid is needed, for 6 crons/);
    const made = texts(findings, "resources").join("\n");
    for (const name of [
      "KV namespace of ONLINE",
      "fx-medallion-lake",
      "fx-medallion-hints",
      "fx-medallion-predictions-dead, for dead letters",
    ])
      expect(made).toContain(name);
    const again = await dryRun();
    expect(texts(again, "database")).toEqual(texts(findings, "database"));
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith("fx-deploy-"))).toEqual([]);
  });

  it("of a database one migration behind names the one that is pending, and of one that is further it refuses", async () => {
    const own = await startGuarded(join(folder, "behind"));
    try {
      const root = join(folder, "behind-root");
      mkdirSync(root);
      cpSync(join(ROOT, "migrations"), join(root, "migrations"), { recursive: true });
      const journal = join(root, "migrations", "meta", "_journal.json");
      const whole = JSON.parse(readFileSync(journal, "utf8")) as { entries: { tag: string }[] };
      writeFileSync(journal, JSON.stringify({ ...whole, entries: whole.entries.slice(0, -1) }));
      await migrateStore(root, own.url, own.token);
      const secrets = secretsFile({ SQLD_URL: own.url, SQLD_AUTH_TOKEN: own.token });
      expect(texts(await dryRun(secrets), "database")).toEqual([
        `1 of ${whole.entries.length} migrations is pending: ${whole.entries.at(-1)!.tag}. With --apply they are applied before the Worker is deployed.`,
      ]);
      await migrateStore(ROOT, own.url, own.token);
      expect(texts(await dryRun(secrets), "database")).toEqual([`The database has all ${whole.entries.length} migrations.`]);
      const older = await dryRun(secrets, CONFIG, { ...contextOf(), root });
      expect(texts(problemsOf(older), "database")[0]).toMatch(
        /was written by a newer version of fx-medallion \(one migration that this one does not know, .*\): deploy the version that wrote it, or a later one\.$/,
      );
    } finally {
      own.stop();
    }
  });

  it.each<[string, () => Record<string, string>, RegExp]>([
    ["a wrong token", () => ({ SQLD_AUTH_TOKEN: "nonsense" }), /refuses the token \(401\): SQLD_AUTH_TOKEN is wrong/],
    [
      "no server",
      () => ({ SQLD_URL: "http://127.0.0.1:9" }),
      /^The database at http:\/\/127\.0\.0\.1:9 was not reached: .+ Look at SQLD_URL\.$/,
    ],
    ["no address", () => ({ SQLD_URL: "" }), /^The database was not looked at/],
  ])("of %s says so in a sentence", async (_what, change, said) => {
    const [text] = texts(problemsOf(await dryRun(secretsFile(change()))), "database");
    expect(text).toMatch(said);
    expect(text).not.toContain("\n");
  });

  it("names each variable that is missing, with what sets it", async () => {
    const findings = await dryRun(join(folder, "none"));
    const missing = texts(problemsOf(findings), "settings");
    expect(missing.map((text) => text.split(" ", 1)[0])).toEqual([
      ...["SQLD_URL", "SQLD_AUTH_TOKEN", "SIDECAR_URL", "SIDECAR_TOKEN", "OANDA_API_TOKEN", "ALLOWED_HOSTS", "ADMIN_TOKEN"],
    ]);
    expect(missing[0]).toContain("npx wrangler secret put SQLD_URL --env production");
  });

  it("says where nobody is logged in, and which of its own keys wrangler wants elsewhere", async () => {
    const env = { CLOUDFLARE_API_TOKEN: "", CLOUDFLARE_ACCOUNT_ID: "" };
    const findings = await dryRun(join(folder, "none"), CONFIG, contextOf(env));
    expect(texts(problemsOf(findings), "account")[0]).toMatch(/npx wrangler login/);
    await expect(dryRun(secretsFile({ CLOUDFLARE_API_TOKEN: "x" }))).rejects.toThrow(
      /has CLOUDFLARE_API_TOKEN, and all that it has goes to the Worker/,
    );
  });

  it.each([
    ["without production", (toml: string) => toml.slice(0, toml.indexOf("[env.production]")), /has no \[env\.production\]/],
    [
      "whose production consumes nothing",
      (toml: string) => toml.replace(/\[\[env\.production\.queues\.consumers\]\][^[]*/g, ""),
      /queues\.consumers/,
    ],
    [
      "with a placeholder for KV",
      (toml: string) =>
        toml.replace('kv_namespaces]]\nbinding = "ONLINE"\n\n[[env', 'kv_namespaces]]\nbinding = "ONLINE"\nid = "TODO"\n\n[[env'),
      /the id "TODO" of ONLINE is none of Cloudflare's/,
    ],
  ])("refuses a wrangler.toml %s", async (_what, change, said) => {
    const config = configOf(change);
    const problems = problemsOf(await dryRun(secretsFile(), config));
    expect(texts(problems, "configuration").join("\n")).toMatch(said);
  });

  it("of a file that is no TOML says so", async () => {
    await expect(
      dryRun(
        secretsFile(),
        configOf(() => "name = "),
      ),
    ).rejects.toThrow(/cannot be read as wrangler's configuration/);
  });

  /** Beside the repository's, since what it names lies there. */
  function configOf(change: (toml: string) => string): string {
    const root = mkdtempSync(join(folder, "config-"));
    for (const name of ["functions", "assets"]) symlinkSync(join(ROOT, name), join(root, name));
    const path = join(root, "wrangler.toml");
    writeFileSync(path, change(readFileSync(CONFIG, "utf8")));
    return path;
  }
});

describe("fx deploy --apply", () => {
  it("with a problem touches neither the database nor Cloudflare", async () => {
    const context = contextOf();
    const findings = await deploy(context, { config: CONFIG, secrets: secretsFile(), will_apply: true }, quick);
    expect(problemsOf(findings).length).toBeGreaterThan(0);
    expect(texts(findings, "database")[0]).toMatch(/migrations are pending/);
    expect(context.said.join("")).not.toMatch(/Migrating|Deploying/);
    expect(texts(await dryRun(), "database")[0]).toMatch(/migrations are pending/);
  });
});

describe("a volume that is full", () => {
  // Not before a test of these runs: of those that are left out no hook clears away.
  let tiny: string;
  let is_mounted = false;
  beforeAll(() => {
    tiny = mkdtempSync(join(tmpdir(), "fx-tiny-"));
    is_mounted = mountTiny(tiny);
  });
  afterAll(() => {
    if (is_mounted) execFileSync("umount", [tiny]);
    rmSync(tiny, { recursive: true, force: true });
  });

  it("is said in a sentence", async ({ skip }) => {
    if (!is_mounted) skip("no volume of a size can be mounted here");
    const wrangler = wranglerRunner(contextOf(), folder, () => {});
    await expect(buildBundle(wrangler, CONFIG, join(tiny, "bundle"))).rejects.toThrow(
      new RegExp(`^${join(tiny, "bundle")} cannot be written to \\(ENOSPC\\): its disk is full`),
    );
  });

  /** Root may mount one; others skip. */
  function mountTiny(where: string): boolean {
    if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=128k", "tmpfs", where], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  }
});
