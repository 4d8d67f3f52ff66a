/** A run that a server got from a client. */
export interface TemplateRun {
  readonly experiment_id: string;
  readonly run_id: string;
}

/** Which of its copies are made. */
export interface Copies {
  readonly first: number;
  readonly end: number;
  readonly with_points: number;
}

/** How the two databases call the same columns. */
interface Names {
  readonly run_id: string;
  readonly name: string;
  readonly params: string;
  readonly tags: string;
  readonly points: string;
  /** Columns that one of them has more. */
  readonly of_runs: readonly string[];
  readonly of_metrics: readonly string[];
}

export const OUR_NAMES: Names = {
  run_id: "run_id",
  name: "run_name",
  params: "run_params",
  tags: "run_tags",
  points: "run_metrics",
  of_runs: [],
  of_metrics: [],
};

export const MLFLOW_NAMES: Names = {
  run_id: "run_uuid",
  name: "name",
  params: "params",
  tags: "tags",
  points: "metrics",
  of_runs: ["source_type", "source_name", "entry_point_name", "source_version"],
  of_metrics: ["is_nan"],
};

/** Metrics differ from copy to copy as if by chance, parameter p0 has ten values, what is named otherwise is the template's. */
const METRIC =
  "CASE WHEN key LIKE 'm%' THEN ((n * 7919 + n * 31 * (CAST(substr(key, 2) AS INTEGER) + 1)) % 10007) / 10007.0 ELSE value END";
const NAME = "printf('copy-%05d', n)";
const PARAM = "CASE key WHEN 'p0' THEN CAST(n % 10 AS TEXT) ELSE value END";

/**
 * SQL that makes the copies from `first` to before `end` of a run within the database that it is in: ten thousand by HTTP would take many
 * minutes. Only copies before `with_points` have the points of their metrics; the latest are all there.
 */
export function copyRunsSql({ run_id }: TemplateRun, { first, end, with_points }: Copies, names: Names): readonly string[] {
  const copy = (table: string, before: number, columns: Readonly<Record<string, string>>) =>
    `WITH RECURSIVE numbers(n) AS (SELECT ${first} WHERE ${first} < ${before} UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ${before})
      INSERT INTO ${table} (${Object.keys(columns).join(", ")})
      SELECT ${Object.values(columns).join(", ")} FROM numbers, ${table} WHERE ${names.run_id} = '${run_id}'`;
  const as_they_are = (columns: readonly string[]) => Object.fromEntries(columns.map((column) => [column, column]));
  const id = { [names.run_id]: "printf('c0%030d', n)" };
  const metric = { ...id, ...as_they_are(["key", "timestamp", "step", ...names.of_metrics]), value: METRIC };
  const kept = ["experiment_id", "user_id", "artifact_uri", "lifecycle_stage", ...names.of_runs];
  const times = { start_time: "start_time + n", end_time: "start_time + n", status: "'FINISHED'" };
  return [
    copy("runs", end, { ...id, ...as_they_are(kept), ...times, [names.name]: NAME }),
    copy(names.params, end, { ...id, key: "key", value: PARAM }),
    // A run's name is a tag of it, too.
    copy(names.tags, end, { ...id, key: "key", value: `CASE key WHEN 'mlflow.runName' THEN ${NAME} ELSE value END` }),
    copy("latest_metrics", end, metric),
    copy(names.points, Math.min(end, with_points), metric),
  ];
}
