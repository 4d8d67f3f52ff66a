import { cloudflareProblems } from "../../../shared/deployment/cloudflareSettings.ts";
import type { WorkerConfig } from "../../../shared/deployment/environmentDifferences.ts";
import type { Finding } from "./finding.ts";
import { PRODUCTION } from "./readWranglerConfig.ts";

type Texts = Readonly<Record<string, string>>;

/**
 * The variables that the Worker would run with: those of [env.production.vars], and the file's over them. `already_set`: names of secrets that
 * the deployed Worker has. Each problem says what sets it right.
 */
export function checkSettings(
  config: WorkerConfig,
  secrets: Texts,
  file: string,
  already_set: ReadonlySet<string> = new Set(),
): readonly Finding[] {
  const about = "settings";
  const vars = (config["vars"] ?? {}) as Texts;
  const doubled = Object.keys(secrets).filter((name) => vars[name] !== undefined);
  const problems = cloudflareProblems({ ...vars, ...secrets }).filter(({ name, is_missing }) => !(is_missing && already_set.has(name)));
  const findings = [
    ...problems.map(
      ({ name, is_missing, problem }): Finding => ({
        about,
        state: "problem",
        text: is_missing
          ? `${name} is missing: ${problem}. Add it to ${file}; of a Worker that is deployed already: npx wrangler secret put ${name} --env ${PRODUCTION}`
          : `${name} cannot be deployed: ${problem}.`,
      }),
    ),
    ...doubled.map(
      (name): Finding => ({
        about,
        state: "problem",
        text: `${name} is in ${file} and in [env.production.vars]: Cloudflare takes one binding of a name. Keep it in one of them.`,
      }),
    ),
  ];
  if (findings.length > 0) return findings;
  return [
    {
      about,
      state: "ok",
      text: `All that the Worker needs is set: ${Object.keys({ ...vars, ...secrets })
        .sort()
        .join(", ")}.`,
    },
  ];
}
