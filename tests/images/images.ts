import { execFileSync, spawnSync } from "node:child_process";
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
  /** Of what it is built on. */
  readonly base_mb: number;
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
  const [own, below] = [mountImage(name), mountImage(base)];
  const base_mb = sizeOf(below.root);
  below.release();
  return {
    ...{ target, root: own.root, release: own.release, size_mb: sizeOf(own.root), base_mb, build_s },
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

function sizeOf(folder: string): number {
  const { stdout } = spawnSync("du", ["-sx", "--block-size=1000000", folder], { encoding: "utf8" });
  return Number.parseInt(stdout, 10);
}
