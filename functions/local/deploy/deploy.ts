import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AppError, toAppError } from "../../../shared/errors.ts";
import type { CommandContext } from "../commands/command.ts";
import { codeVersion } from "../stack/codeVersion.ts";
import { diskError } from "../stack/diskError.ts";
import { migrateStore } from "../stack/migrateStore.ts";
import { applyDeployment, secretsThere } from "./applyDeployment.ts";
import { type Bundle, buildBundle } from "./buildBundle.ts";
import { checkAccount } from "./checkAccount.ts";
import { checkDatabase } from "./checkDatabase.ts";
import { checkSettings } from "./checkSettings.ts";
import { checkBundle, checkConfig, checkPlan, describeResources, queuesOf } from "./describeConfig.ts";
import { type Finding, problemsOf } from "./finding.ts";
import { databaseError } from "./migrationState.ts";
import { readSecretsFile } from "./readSecretsFile.ts";
import { readWranglerConfig } from "./readWranglerConfig.ts";
import { type RunWrangler, wranglerRunner } from "./runWrangler.ts";

export interface DeployRequest {
  readonly config: string;
  /** The .env file with what the installation sets. */
  readonly secrets: string;
  readonly will_apply: boolean;
}

/** Looks at everything that a deployment needs, without changing anything; with `will_apply` and no problem, deploys. */
export async function deploy(
  context: CommandContext,
  request: DeployRequest,
  runnerOf: typeof wranglerRunner = wranglerRunner,
): Promise<readonly Finding[]> {
  const folder = makeFolder();
  const wrangler = runnerOf(context, folder, (line) => context.screen.progress(line));
  try {
    return await deployFrom(context, request, folder, wrangler);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function deployFrom(
  context: CommandContext,
  request: DeployRequest,
  folder: string,
  wrangler: RunWrangler,
): Promise<readonly Finding[]> {
  const { root, env, screen } = context;
  const { will_apply, secrets: shown } = request;
  const config = resolve(context.cwd, request.config);
  const configs = await readWranglerConfig(config);
  const { production } = configs;
  const account = checkAccount(env);
  if (production === null) return [...account, ...checkConfig(configs, config)];
  const secrets = readSecretsFile(resolve(context.cwd, shown));
  const already_set = will_apply && problemsOf(account).length === 0 ? await secretsThere(wrangler, config) : new Set<string>();
  screen.progress("Looking at the database …");
  const settings = { ...(production["vars"] as Record<string, string> | undefined), ...secrets };
  const database = await checkDatabase(root, settings, shown, will_apply);
  const { bundle, finding } = await bundled(wrangler, config, folder, screen.progress);
  const findings = [
    ...account,
    ...checkSettings(production, secrets, shown, already_set),
    ...checkConfig(configs, config),
    database,
    finding,
    checkPlan(production, bundle),
    ...describeResources(production),
  ];
  const problems = problemsOf(findings);
  if (!will_apply || problems.length > 0) return findings;
  const [url, token] = [settings["SQLD_URL"] ?? "", settings["SQLD_AUTH_TOKEN"] ?? ""];
  await applyDeployment(wrangler, {
    ...{ config, folder, secrets },
    queues: queuesOf(production),
    code_version: codeVersion(root),
    migrate: async () => {
      await migrateStore(root, url, token).catch((error: unknown) => {
        if (error instanceof AppError && error.code === "schema_mismatch") throw error;
        throw databaseError(url, error instanceof AppError ? (error.cause ?? error) : error);
      });
    },
    say: (line) => screen.say(line),
  });
  return findings;
}

async function bundled(
  wrangler: RunWrangler,
  config: string,
  folder: string,
  progress: (line: string) => void,
): Promise<{ bundle: Bundle | null; finding: Finding }> {
  progress("Bundling the Worker …");
  try {
    const bundle = await buildBundle(wrangler, config, join(folder, "bundle"));
    return { bundle, finding: checkBundle(bundle) };
  } catch (error) {
    return { bundle: null, finding: { about: "bundle", state: "problem", text: toAppError(error).message } };
  }
}

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), "fx-deploy-"));
  } catch (error) {
    throw diskError(error, tmpdir());
  }
}
