/** A configuration of wrangler's with one of its environments applied, as wrangler reads it. */
export type WorkerConfig = Readonly<Record<string, unknown>>;

type Entry = Readonly<Record<string, unknown>>;

/** What an environment has of its own, or takes from the top level whatever it says. */
const MAY_DIFFER: ReadonlySet<string> = new Set([
  "name",
  "topLevelName",
  "targetEnvironment",
  "definedEnvironments",
  "configPath",
  "userConfigPath",
  "vars",
  "secrets",
  "observability",
  "placement",
  "limits",
  "workers_dev",
  "preview_urls",
  "previews",
  "routes",
  "route",
  "account_id",
]);

/** What names a resource of an account: by what it is bound it has to be the same, and not by this. */
const OF_THE_ACCOUNT: ReadonlySet<string> = new Set(["id", "preview_id", "bucket_name", "preview_bucket_name"]);

/**
 * Where an environment is not what the top level is, one sentence each: every binding, consumer with its settings, cron and flag. wrangler
 * lets an environment inherit some of these, and warns of none of what is missing among the others.
 */
export function environmentDifferences(top: WorkerConfig, environment: WorkerConfig): readonly string[] {
  const [wanted, found] = [flattened(top), flattened(environment)];
  const keys = [...new Set([...wanted.keys(), ...found.keys()])].filter((key) => !MAY_DIFFER.has(key));
  return keys.flatMap((key) => differencesOf(key, wanted.get(key), found.get(key)));
}

/** With `queues.producers` and `queues.consumers` beside the other lists. */
function flattened(config: WorkerConfig): ReadonlyMap<string, unknown> {
  const { queues, ...others } = config;
  const parts = Object.entries((queues ?? {}) as Entry).map(([key, value]) => [`queues.${key}`, value] as const);
  return new Map([...Object.entries(others), ...parts]);
}

function differencesOf(key: string, wanted: unknown, found: unknown): string[] {
  if (isEntries(wanted) && isEntries(found)) return entryDifferences(key, wanted, found);
  return textOf(wanted) === textOf(found) ? [] : [`${key} is ${textOf(found)}, and ${textOf(wanted)} at the top level`];
}

function entryDifferences(key: string, wanted: readonly Entry[], found: readonly Entry[]): string[] {
  const [there, here] = [byName(wanted), byName(found)];
  const names = [...new Set([...there.keys(), ...here.keys()])];
  return names.flatMap((name) => {
    if (!here.has(name)) return [`${key} has no ${name}`];
    if (!there.has(name)) return [`${key} has ${name}, which the top level has not`];
    const [one, other] = [textOf(here.get(name)), textOf(there.get(name))];
    return one === other ? [] : [`${key} of ${name} is ${one}, and ${other} at the top level`];
  });
}

/** Bindings by their names, consumers by their queues. */
function byName(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(
    entries.map((entry) => [
      String(entry["binding"] ?? entry["name"] ?? entry["queue"]),
      Object.fromEntries(Object.entries(entry).filter(([field]) => !OF_THE_ACCOUNT.has(field))),
    ]),
  );
}

function isEntries(value: unknown): value is readonly Entry[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "object" && entry !== null);
}

/** The same for the same content, in whatever order. */
function textOf(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part) =>
      typeof part === "object" && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part,
    ) ?? "not set"
  );
}
