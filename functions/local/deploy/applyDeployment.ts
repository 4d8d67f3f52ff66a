import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../../shared/errors.ts";
import { partError } from "../text/localError.ts";
import { PRODUCTION } from "./readWranglerConfig.ts";
import type { RunWrangler, WranglerEnd } from "./runWrangler.ts";

export interface Deployment {
  /** The wrangler.toml. */
  readonly config: string;
  /** A folder that is removed afterwards: for the secrets, which stand in no command line. */
  readonly folder: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly queues: readonly string[];
  readonly code_version: string | null;
  migrate(): Promise<void>;
  say(line: string): void;
}

/**
 * Deploys what was checked: the schema first, since the code reads it and the code of before goes on with it; then the queues, which wrangler
 * makes by no deployment; then the Worker, whose upload brings its secrets, bindings, consumers and crons at once, or nothing. Each step can be
 * done again.
 */
export async function applyDeployment(wrangler: RunWrangler, deployment: Deployment): Promise<void> {
  const { config, folder, secrets, queues, code_version, migrate, say } = deployment;
  say("Migrating the database …");
  await migrate();
  const whole = ["--config", config, "--env", PRODUCTION];
  for (const queue of queues) {
    if ((await wrangler(["queues", "info", queue, "--config", config])).code === 0) continue;
    say(`Making the queue ${queue} …`);
    succeeded(
      await wrangler(["queues", "create", queue, "--config", config]),
      `The queue ${queue} could not be made`,
      "The database is migrated",
    );
  }
  say("Deploying the Worker …");
  const args = [
    "deploy",
    ...whole,
    ...secretsOf(secrets, folder),
    ...(code_version === null ? [] : ["--var", `CODE_VERSION:${code_version}`]),
  ];
  succeeded(await wrangler(args), "The Worker could not be deployed", "The database is migrated and the queues are there");
}

/** Names of the secrets that the Worker has, if it was ever deployed. */
export async function secretsThere(wrangler: RunWrangler, config: string): Promise<ReadonlySet<string>> {
  const { code, lines } = await wrangler(["secret", "list", "--format", "json", "--config", config, "--env", PRODUCTION]);
  if (code !== 0) return new Set();
  const text = lines.join("\n");
  const list: unknown = JSON.parse(text.slice(text.indexOf("["), text.lastIndexOf("]") + 1) || "[]");
  if (!Array.isArray(list)) throw new AppError("process_failed", `wrangler secret list gave no list: ${text}`);
  return new Set(list.map((secret) => String((secret as { name?: unknown }).name)));
}

/** As JSON: of a .env file wrangler would put variables of the environment before the values, and expand `$`. */
function secretsOf(secrets: Readonly<Record<string, string>>, folder: string): string[] {
  if (Object.keys(secrets).length === 0) return [];
  const file = join(folder, "secrets.json");
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return ["--secrets-file", file];
}

function succeeded({ code, lines }: WranglerEnd, problem: string, done: string): void {
  if (code !== 0) throw partError(`${problem}. ${done}; the rest can be done again by the same command. wrangler said:`, lines.join("\n"));
}
