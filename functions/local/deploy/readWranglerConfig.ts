import type { WorkerConfig } from "../../../shared/deployment/environmentDifferences.ts";
import { AppError } from "../../../shared/errors.ts";

export const PRODUCTION = "production";

export interface WranglerConfig {
  readonly top: WorkerConfig;
  /** [env.production] as wrangler applies it; null: there is none. */
  readonly production: WorkerConfig | null;
}

/** A wrangler.toml as wrangler reads it. It is loaded here and not before: it takes a second, and 200 MB. */
export async function readWranglerConfig(path: string): Promise<WranglerConfig> {
  const { unstable_readConfig } = await import("wrangler");
  const read = (env?: string) => {
    try {
      return unstable_readConfig({ config: path, ...(env === undefined ? {} : { env }) }, { hideWarnings: true });
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new AppError("invalid_request", `${path} cannot be read as wrangler's configuration: ${why}`, { cause, details: { path } });
    }
  };
  const top = read() as WorkerConfig & { readonly definedEnvironments?: readonly string[] };
  // Asked for an environment that is not there, wrangler may give the top level, with a warning.
  const hasProduction = top.definedEnvironments?.includes(PRODUCTION) === true;
  return { top, production: hasProduction ? (read(PRODUCTION) as unknown as WorkerConfig) : null };
}
