import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Training sets: Parquet in R2, by content hash. */
export const datasets = sqliteTable("datasets", {
  sha256: text().primaryKey(),
  key: text().notNull(),
  instrument: text().notNull(),
  rows: integer().notNull(),
  first_event_time: integer().notNull(),
  last_event_time: integer().notNull(),
  as_of: integer().notNull(),
  /** The versions of rows in it are those recorded by then. Null: of a store older than the record. */
  recorded_until: integer(),
  feature_set_hash: text().notNull(),
  feature_names: text({ mode: "json" }).$type<readonly string[]>().notNull(),
});

// Experiments, runs, models and versions carry MLflow's names, so that its REST API needs no translation.

export const experiments = sqliteTable("experiments", {
  experiment_id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull().unique(),
  artifact_location: text().notNull(),
  lifecycle_stage: text().notNull().default("active"),
  creation_time: integer().notNull(),
  last_update_time: integer().notNull(),
});

export const experimentTags = sqliteTable(
  "experiment_tags",
  { experiment_id: integer().notNull(), key: text().notNull(), value: text().notNull() },
  (table) => [primaryKey({ columns: [table.experiment_id, table.key] })],
);

export const runs = sqliteTable(
  "runs",
  {
    run_id: text().primaryKey(),
    experiment_id: integer()
      .notNull()
      .references(() => experiments.experiment_id),
    run_name: text().notNull(),
    status: text().notNull(),
    start_time: integer().notNull(),
    end_time: integer(),
    artifact_uri: text().notNull(),
    lifecycle_stage: text().notNull().default("active"),
    user_id: text().notNull().default(""),
    deleted_time: integer(),
  },
  (table) => [index("runs_by_experiment").on(table.experiment_id, table.start_time)],
);

export const runParams = sqliteTable(
  "run_params",
  { run_id: text().notNull(), key: text().notNull(), value: text().notNull() },
  (table) => [primaryKey({ columns: [table.run_id, table.key] })],
);

/** Every logged point, each once: what is logged twice in one moment of one step with two values is two points. */
export const runMetrics = sqliteTable(
  "run_metrics",
  {
    run_id: text().notNull(),
    key: text().notNull(),
    step: integer().notNull(),
    timestamp: integer().notNull(),
    value: real().notNull(),
  },
  (table) => [primaryKey({ columns: [table.run_id, table.key, table.step, table.timestamp, table.value] })],
);

/** What a run says of each of its metrics. MLflow's rule of the latest point: the largest (step, timestamp, value). */
export const latestMetrics = sqliteTable(
  "latest_metrics",
  {
    run_id: text().notNull(),
    key: text().notNull(),
    value: real().notNull(),
    timestamp: integer().notNull(),
    step: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.run_id, table.key] })],
);

/** Data sets that a run says it read. */
export const runDatasets = sqliteTable(
  "run_datasets",
  {
    run_id: text().notNull(),
    name: text().notNull(),
    digest: text().notNull(),
    source_type: text().notNull(),
    source: text().notNull(),
    schema: text(),
    profile: text(),
    tags: text({ mode: "json" }).$type<readonly { readonly key: string; readonly value: string }[]>().notNull(),
    /** Of the tags, what a search asks for. */
    context: text(),
  },
  (table) => [primaryKey({ columns: [table.run_id, table.name, table.digest] })],
);

/** Logged models that a run read (input) or made (output). */
export const runModels = sqliteTable(
  "run_models",
  { run_id: text().notNull(), direction: text().notNull(), model_id: text().notNull(), step: integer().notNull() },
  (table) => [primaryKey({ columns: [table.run_id, table.direction, table.model_id, table.step] })],
);

export const runTags = sqliteTable("run_tags", { run_id: text().notNull(), key: text().notNull(), value: text().notNull() }, (table) => [
  primaryKey({ columns: [table.run_id, table.key] }),
]);

export const registeredModels = sqliteTable("registered_models", {
  name: text().primaryKey(),
  creation_timestamp: integer().notNull(),
  last_updated_timestamp: integer().notNull(),
  description: text().notNull().default(""),
});

export const modelVersions = sqliteTable(
  "model_versions",
  {
    name: text()
      .notNull()
      .references(() => registeredModels.name),
    version: integer().notNull(),
    run_id: text().notNull(),
    source: text().notNull(),
    current_stage: text().notNull().default("None"),
    creation_timestamp: integer().notNull(),
    last_updated_timestamp: integer().notNull(),
    status: text().notNull().default("READY"),
    description: text().notNull().default(""),
    run_link: text().notNull().default(""),
    /** Where its files lie, where that is not its source. */
    storage_location: text(),
    model_id: text(),
    /** When this store got it, by the clock. Its times of the data are those above. */
    recorded_at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.name, table.version] }), index("model_versions_by_run").on(table.run_id)],
);

export const modelVersionTags = sqliteTable(
  "model_version_tags",
  { name: text().notNull(), version: integer().notNull(), key: text().notNull(), value: text().notNull() },
  (table) => [primaryKey({ columns: [table.name, table.version, table.key] })],
);

/** See Actor. */
const actorColumns = { actor: text().notNull().default("unknown"), actor_name: text().notNull().default("") };

/** Every move between stages, kept for ever: which version was in Production when. Triggers of the migration refuse to change a row. */
export const modelTransitions = sqliteTable(
  "model_transitions",
  {
    sequence: integer().primaryKey({ autoIncrement: true }),
    name: text().notNull(),
    version: integer().notNull(),
    from_stage: text().notNull(),
    to_stage: text().notNull(),
    /** From when the move holds: what a replay goes by. */
    effective_at: integer().notNull(),
    /** When this store got it, by the clock: what it knew at a moment are the moves recorded by then. */
    recorded_at: integer().notNull(),
    reason: text().notNull(),
    ...actorColumns,
  },
  (table) => [index("model_transitions_as_of").on(table.name, table.effective_at)],
);

export const registeredModelTags = sqliteTable(
  "registered_model_tags",
  { name: text().notNull(), key: text().notNull(), value: text().notNull() },
  (table) => [primaryKey({ columns: [table.name, table.key] })],
);

/** Names for versions that people give, and move from one to another. */
export const registeredModelAliases = sqliteTable(
  "registered_model_aliases",
  { name: text().notNull(), alias: text().notNull(), version: integer().notNull() },
  (table) => [primaryKey({ columns: [table.name, table.alias] })],
);

/** Every change of an alias, kept for ever, as the moves between stages are. */
export const modelAliasChanges = sqliteTable(
  "model_alias_changes",
  {
    sequence: integer().primaryKey({ autoIncrement: true }),
    name: text().notNull(),
    alias: text().notNull(),
    /** Null: there was none. */
    from_version: integer(),
    /** Null: it was taken away. */
    to_version: integer(),
    /** From when the change holds. */
    changed_at: integer().notNull(),
    recorded_at: integer().notNull().default(0),
    reason: text().notNull().default(""),
    ...actorColumns,
  },
  (table) => [index("model_alias_changes_as_of").on(table.name, table.changed_at)],
);

/** Models of MLflow 3, which a run makes before anything of them is registered. */
export const loggedModels = sqliteTable(
  "logged_models",
  {
    model_id: text().primaryKey(),
    experiment_id: integer().notNull(),
    name: text().notNull(),
    artifact_location: text().notNull(),
    creation_timestamp_ms: integer().notNull(),
    last_updated_timestamp_ms: integer().notNull(),
    status: text().notNull(),
    model_type: text().notNull(),
    source_run_id: text().notNull(),
    lifecycle_stage: text().notNull().default("active"),
  },
  (table) => [index("logged_models_by_experiment").on(table.experiment_id, table.creation_timestamp_ms)],
);

export const loggedModelTags = sqliteTable(
  "logged_model_tags",
  { model_id: text().notNull(), key: text().notNull(), value: text().notNull() },
  (table) => [primaryKey({ columns: [table.model_id, table.key] })],
);

export const loggedModelParams = sqliteTable(
  "logged_model_params",
  { model_id: text().notNull(), key: text().notNull(), value: text().notNull() },
  (table) => [primaryKey({ columns: [table.model_id, table.key] })],
);

/** Points of runs' metrics that say which model they are of. */
export const loggedModelMetrics = sqliteTable(
  "logged_model_metrics",
  {
    model_id: text().notNull(),
    run_id: text().notNull(),
    key: text().notNull(),
    timestamp: integer().notNull(),
    step: integer().notNull(),
    value: real().notNull(),
    dataset_name: text(),
    dataset_digest: text(),
  },
  (table) => [primaryKey({ columns: [table.model_id, table.key, table.timestamp, table.step, table.run_id, table.value] })],
);
