import type { Instant } from "../domain/instant.ts";

/** An object of the lake, without its content. */
export interface LakeObject {
  readonly key: string;
  readonly bytes: number;
  readonly written_at: Instant;
}

/** What the ledger says of runs and of what they were made of. */
export interface RunFacts {
  /** Runs that a registered version is of, or whose files it names. */
  readonly registered: ReadonlySet<string>;
  /** Run to the runs that it is a part or a child of: what it is trained again from may be theirs. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
  /** Run to the training sets that it names, by their SHA-256. */
  readonly datasets: ReadonlyMap<string, readonly string[]>;
  /** Runs whose files were pruned before. */
  readonly pruned: ReadonlySet<string>;
}

/** What may go: nothing that a registered version, the lineage of an answer or a run that is kept needs. */
export interface LakePlan {
  /** Runs with all of their files. */
  readonly runs: ReadonlyMap<string, readonly LakeObject[]>;
  /** Training sets by their SHA-256, each with its profile where it has one. */
  readonly datasets: ReadonlyMap<string, readonly LakeObject[]>;
}

/** The only places that anything is taken from. Bronze lies elsewhere, as does what MLflow's clients wrote. */
export const PRUNED_PREFIXES = ["models/", "datasets/", "monitoring/profiles/"] as const;
const OF_RUN = /^models\/([^/]+)\//;
const OF_DATASET = /^(?:datasets|monitoring\/profiles\/[^/]+)\/([0-9a-f]{64})\.(?:parquet|json)$/;

/**
 * What is older than `before` by when it was written, whatever time it is of: a replay of last year is young. A run goes as a whole, once all of its
 * files are old, and takes with it the sets that no run names that stays. What a run names is kept although the run's own files are elsewhere.
 */
export function planLake(objects: readonly LakeObject[], facts: RunFacts, before: Instant): LakePlan {
  const of_runs = groupBy(objects, OF_RUN);
  const needed = withParents(
    [...new Set([...facts.registered, ...[...of_runs].filter(([, files]) => !isOld(files, before)).map(([run]) => run)])],
    facts.parents,
  );
  const runs = new Map([...of_runs].filter(([run]) => !needed.has(run)));
  const gone = (run: string) => runs.has(run) || (facts.pruned.has(run) && !needed.has(run));
  const named = new Set([...facts.datasets].flatMap(([run, sets]) => (gone(run) ? [] : sets)));
  const datasets = new Map([...groupBy(objects, OF_DATASET)].filter(([sha256, files]) => !named.has(sha256) && isOld(files, before)));
  return { runs, datasets };
}

function groupBy(objects: readonly LakeObject[], pattern: RegExp): ReadonlyMap<string, readonly LakeObject[]> {
  const groups = new Map<string, LakeObject[]>();
  for (const object of objects) {
    const name = pattern.exec(object.key)?.[1];
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push(object);
    else groups.set(name, [object]);
  }
  return groups;
}

function isOld(files: readonly LakeObject[], before: Instant): boolean {
  return files.every(({ written_at }) => written_at < before);
}

function withParents(runs: readonly string[], parents: RunFacts["parents"]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const waiting = [...runs]; waiting.length > 0; ) {
    const run = waiting.pop()!;
    if (found.has(run)) continue;
    found.add(run);
    waiting.push(...(parents.get(run) ?? []));
  }
  return found;
}
