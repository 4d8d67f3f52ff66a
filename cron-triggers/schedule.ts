/**
 * The sweep finds due tasks whose queue message was lost, and tasks of workers that died, so it fires as often as crons can: one query
 * when there is nothing to do. The other crons are those of the pipelines, each with its reason in functions/pipelines/NAME/dag.ts.
 */
export const SWEEP_CRON = "* * * * *";

const CRONS = /^crons\s*=\s*(\[[^\]]*\])/m;

/** The crons of a wrangler.toml, in its order: what Cloudflare fires there, the ticker fires here. */
export function readCrons(wrangler_toml: string): readonly string[] {
  const [, list] = CRONS.exec(wrangler_toml) ?? [];
  if (list === undefined) throw new Error('wrangler.toml: under [triggers] there is no line crons = ["* * * * *", …]');
  return JSON.parse(list);
}
