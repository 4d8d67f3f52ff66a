import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "../..");
/** Of the loader; its own dependencies are what it asks for. */
const VERSION = "v2.16.2";
const BINARY = join(ROOT, `node_modules/.cache/fx-medallion/compose-config-${VERSION}`);

const mountSchema = z.object({
  type: z.enum(["bind", "volume"]),
  source: z.string(),
  target: z.string(),
  read_only: z.boolean().optional(),
});

/** What the checks use of a project. */
const projectSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      command: z.array(z.string()).nullish(),
      environment: z.record(z.string(), z.string().nullable()).optional(),
      volumes: z.array(mountSchema).optional(),
      tmpfs: z.array(z.string()).optional(),
      configs: z.array(z.object({ source: z.string(), target: z.string() })).optional(),
      build: z.object({ target: z.string() }).optional(),
      image: z.string(),
    }),
  ),
  configs: z.record(z.string(), z.object({ content: z.string() })).default({}),
});
export type ComposeProject = z.infer<typeof projectSchema>;
export type ComposeService = ComposeProject["services"][string];

export type Compose = (variables: Readonly<Record<string, string>>, profiles?: readonly string[]) => ComposeProject;

/**
 * What reads compose.yaml as `docker compose` does: its plugin where it is installed, else the library under it, which Go fetches and builds
 * once. Null with the reason on the screen where neither can be had. What it has against the file is its error.
 */
export function findCompose(): Compose | null {
  const command = spawnSync("docker", ["compose", "version"]).status === 0 ? null : loader();
  if (command === undefined) return null;
  return (variables, profiles = []) => {
    const file = join(ROOT, "compose.yaml");
    const env = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "/", ...variables };
    const [program, ...args] =
      command === null
        ? ["docker", "compose", "-f", file, ...profiles.flatMap((profile) => ["--profile", profile]), "config", "--format", "json"]
        : [command, file, ...profiles];
    const { status, stdout, stderr } = spawnSync(program!, args, { env, encoding: "utf8", cwd: ROOT });
    if (status !== 0) throw new Error(stderr.trim());
    return projectSchema.parse(JSON.parse(stdout));
  };
}

function loader(): string | undefined {
  if (existsSync(BINARY)) return BINARY;
  const folder = mkdtempSync(join(tmpdir(), "fx-compose-"));
  try {
    copyFileSync(join(import.meta.dirname, "composeConfig.go"), join(folder, "main.go"));
    writeFileSync(join(folder, "go.mod"), "module composeconfig\n\ngo 1.24\n");
    const library = `github.com/compose-spec/compose-go/v2@${VERSION}`;
    for (const args of [
      ["get", library],
      ["mod", "tidy"],
      ["build", "-o", "composeconfig", "."],
    ]) {
      const { status, stderr, error } = spawnSync("go", args, { cwd: folder, encoding: "utf8" });
      if (status === 0) continue;
      console.warn(
        `SKIPPED: compose.yaml is not loaded, since there is no docker compose, and go ${args.join(" ")} fails: ${error?.message ?? stderr.slice(-1_000)}`,
      );
      return undefined;
    }
    mkdirSync(dirname(BINARY), { recursive: true });
    copyFileSync(join(folder, "composeconfig"), `${BINARY}.new`);
    renameSync(`${BINARY}.new`, BINARY);
    return BINARY;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
