import type { Comparator, ConditionKind } from "./condition.ts";

/** What can be asked of one kind of thing, as MLflow has it (search_utils.py of 3.17). */
export interface SearchRules {
  /** What may stand before the dot, and what it means. */
  readonly prefixes: Readonly<Record<string, ConditionKind>>;
  /** Attributes in filters by their names. Other spellings of a name lead to it. */
  readonly attributes: Readonly<Record<string, AttributeRule>>;
  readonly orders: Readonly<Record<string, string>>;
  /** IS NULL is asked of these only. */
  readonly nullable: readonly ConditionKind[];
  /** Kinds beside attributes that an order may name. */
  readonly ordered: readonly ConditionKind[];
}

export interface AttributeRule {
  readonly name: string;
  readonly type: "text" | "number";
  readonly comparators: readonly Comparator[];
}

const NUMERIC: readonly Comparator[] = ["=", "!=", "<", "<=", ">", ">="];
const TEXT: readonly Comparator[] = ["=", "!=", "LIKE", "ILIKE"];
const LISTED: readonly Comparator[] = [...TEXT, "IN", "NOT IN"];

export const COMPARATORS: Readonly<Record<Exclude<ConditionKind, "attribute">, readonly Comparator[]>> = {
  metric: NUMERIC,
  param: [...TEXT, "IS NULL", "IS NOT NULL"],
  tag: [...TEXT, "IS NULL", "IS NOT NULL"],
  dataset: LISTED,
};

const text = (name: string): AttributeRule => ({ name, type: "text", comparators: TEXT });
const listed = (name: string): AttributeRule => ({ name, type: "text", comparators: LISTED });
const number = (name: string): AttributeRule => ({ name, type: "number", comparators: NUMERIC });

const ATTRIBUTES = { attribute: "attribute", attributes: "attribute", attr: "attribute", run: "attribute" } as const;
const TAGS = { tag: "tag", tags: "tag" } as const;
const PARAMS = { parameter: "param", parameters: "param", param: "param", params: "param" } as const;
const METRICS = { metric: "metric", metrics: "metric" } as const;
const REGISTRY = { attribute: "attribute", ...TAGS } as const;

export const RUN_RULES: SearchRules = {
  prefixes: { ...ATTRIBUTES, ...TAGS, ...PARAMS, ...METRICS, dataset: "dataset", datasets: "dataset" },
  attributes: {
    run_id: listed("run_id"),
    run_name: text("run_name"),
    "run name": text("run_name"),
    "Run name": text("run_name"),
    "Run Name": text("run_name"),
    user_id: text("user_id"),
    status: text("status"),
    artifact_uri: text("artifact_uri"),
    start_time: number("start_time"),
    end_time: number("end_time"),
    created: number("start_time"),
    Created: number("start_time"),
  },
  orders: {
    run_id: "run_id",
    run_name: "run_name",
    user_id: "user_id",
    status: "status",
    artifact_uri: "artifact_uri",
    start_time: "start_time",
    end_time: "end_time",
    created: "start_time",
    Created: "start_time",
  },
  nullable: ["tag", "param"],
  ordered: ["metric", "param", "tag"],
};

export const EXPERIMENT_RULES: SearchRules = {
  prefixes: REGISTRY,
  attributes: {
    name: text("name"),
    experiment_id: { name: "experiment_id", type: "text", comparators: ["=", "!=", "IN", "NOT IN"] },
    creation_time: number("creation_time"),
    last_update_time: number("last_update_time"),
  },
  orders: ownNames("name", "experiment_id", "creation_time", "last_update_time"),
  nullable: ["tag"],
  ordered: [],
};

export const REGISTERED_MODEL_RULES: SearchRules = {
  prefixes: REGISTRY,
  attributes: { name: listed("name") },
  orders: {
    ...ownNames("name", "creation_timestamp", "last_updated_timestamp"),
    // What MLflow calls the timestamp of a model is that of its last update.
    timestamp: "last_updated_timestamp",
  },
  nullable: [],
  ordered: [],
};

export const MODEL_VERSION_RULES: SearchRules = {
  prefixes: REGISTRY,
  attributes: { name: listed("name"), run_id: listed("run_id"), source_path: text("source"), version_number: number("version") },
  orders: { ...ownNames("name", "creation_timestamp", "last_updated_timestamp"), version_number: "version" },
  nullable: [],
  ordered: [],
};

const LOGGED_MODEL_TIMES = {
  creation_timestamp: number("creation_timestamp_ms"),
  creation_time: number("creation_timestamp_ms"),
  last_updated_timestamp: number("last_updated_timestamp_ms"),
  last_updated_time: number("last_updated_timestamp_ms"),
};
const LOGGED_MODEL_TEXTS = ["name", "model_id", "model_type", "status", "source_run_id"] as const;

export const LOGGED_MODEL_RULES: SearchRules = {
  prefixes: { ...ATTRIBUTES, ...TAGS, ...PARAMS, ...METRICS },
  attributes: { ...Object.fromEntries(LOGGED_MODEL_TEXTS.map((name) => [name, listed(name)])), ...LOGGED_MODEL_TIMES },
  orders: {
    ...ownNames(...LOGGED_MODEL_TEXTS),
    ...Object.fromEntries(Object.entries(LOGGED_MODEL_TIMES).map(([key, { name }]) => [key, name])),
  },
  nullable: [],
  ordered: ["metric"],
};

function ownNames(...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, name]));
}
