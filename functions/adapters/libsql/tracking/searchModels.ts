import { type SQL, sql } from "drizzle-orm";
import type { Condition } from "../../../../shared/mlflow/filter/condition.ts";
import { presentModelName } from "../../../../shared/models/modelName.ts";
import type { Search } from "../../../../shared/ports/experimentStore.ts";
import type { Database } from "../database.ts";
import { DELETED_STAGE } from "./deletedStage.ts";
import type { VersionKey } from "./readModels.ts";
import { childrenOf, conditionsSql, orderSql, type SearchSource } from "./searchSql.ts";

/** MLflow keeps prompts as registered models with this tag; clients of 3.x ask with each search for what has it not. */
const PROMPT_TAG = "mlflow.prompt.is_prompt";

const MODELS: SearchSource = {
  columns: {
    name: "m.name",
    creation_timestamp: "m.creation_timestamp",
    last_updated_timestamp: "m.last_updated_timestamp",
  },
  children: { tag: childrenOf("registered_model_tags", "c.name = m.name") },
};

const VERSION_COLUMNS = ["name", "version", "run_id", "source", "creation_timestamp", "last_updated_timestamp"];
const VERSIONS: SearchSource = {
  columns: Object.fromEntries(VERSION_COLUMNS.map((name) => [name, `m.${name}`])),
  children: { tag: childrenOf("model_version_tags", "c.name = m.name AND c.version = m.version") },
};

/** Names of the models of a page, and of one more. */
export async function searchModels(database: Database, { conditions, orders, page }: Search): Promise<readonly string[]> {
  const by_name = orders.some(({ key }) => key === "name");
  const order = orderSql(orders, MODELS, by_name ? [] : ["m.name"]);
  const rows = await database.all<{ name: string }>(sql`
    SELECT ${sql.join([sql`m.name`, ...order.columns], sql`, `)} FROM registered_models AS m WHERE ${allOf(conditions, MODELS)}
    ORDER BY ${order.by} LIMIT ${page.limit + 1} OFFSET ${page.offset}`);
  return rows.map(({ name }) => name);
}

/** Those of the highest number of each model first, the models that changed last before others. */
export async function searchVersions(database: Database, { conditions, orders, page }: Search): Promise<readonly VersionKey[]> {
  const order = orderSql(orders, VERSIONS, [
    ...(orders.length > 0 ? [] : ["m.last_updated_timestamp DESC"]),
    "m.name ASC",
    "m.version DESC",
  ]);
  const rows = await database.all<{ name: string; version: number }>(sql`
    SELECT ${sql.join([sql`m.name, m.version`, ...order.columns], sql`, `)} FROM model_versions AS m
    WHERE m.current_stage <> ${DELETED_STAGE} AND ${allOf(conditions, VERSIONS)}
    ORDER BY ${order.by} LIMIT ${page.limit + 1} OFFSET ${page.offset}`);
  return rows.map(({ name, version }) => ({ name, version: String(version) }));
}

function allOf(conditions: readonly Condition[], source: SearchSource): SQL {
  return sql.join(
    conditions
      .map(withPresentName)
      .map((condition) => {
        const asked = conditionsSql([condition], source);
        if (!isOfNoPrompt(condition)) return asked;
        const has_none = conditionsSql([{ ...condition, comparator: "IS NULL", value: null }], source);
        return sql`(${has_none} OR ${asked})`;
      })
      .concat(sql`true`),
    sql` AND `,
  );
}

/** Whole names may be former ones; a pattern is of the names that there are. */
function withPresentName(condition: Condition): Condition {
  const { kind, key, comparator, value } = condition;
  if (kind !== "attribute" || key !== "name" || comparator.endsWith("LIKE")) return condition;
  if (typeof value === "string") return { ...condition, value: presentModelName(value) };
  return Array.isArray(value) ? { ...condition, value: value.map(presentModelName) } : condition;
}

/** A model that says nothing of prompts is none. */
function isOfNoPrompt({ kind, key, comparator, value }: Condition): boolean {
  if (kind !== "tag" || key !== PROMPT_TAG) return false;
  return (comparator === "!=" && value === "true") || (comparator === "=" && value === "false");
}
