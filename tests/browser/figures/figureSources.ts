import type { InArgs, Row } from "@libsql/client/web";
import type { Database } from "../../../functions/adapters/libsql/database.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { databaseOf } from "../../support/databases/databaseOf.ts";
import type { PagesStack } from "../pagesStack.ts";

/** Where figures of one pair come from. */
export interface FigureSources {
  readonly pair: string;
  readonly model: string;
  readonly ask: PagesStack["ask"];
  /** What GET /metrics tells. */
  readonly metrics: () => Promise<string>;
  /** The only row of a query; throws where there is another number of them. */
  readonly row: (sql: string, args?: InArgs) => Promise<Row>;
}

export function figureSources({ ask, store, url }: PagesStack, pair: string): FigureSources {
  const database: Database = databaseOf(store);
  const model = modelNameOf(pair as never);
  return {
    ...{ pair, model, ask },
    metrics: async () => (await fetch(`${url}/metrics`)).text(),
    async row(sql, args = {}) {
      const { rows } = await database.$client.execute({ sql, args });
      if (rows.length !== 1) throw new Error(`${rows.length} rows answer ${sql} (${JSON.stringify(args)})`);
      return rows[0]!;
    },
  };
}

/** A measurement by its three numbers, as estimates of the API have them and as columns of the tables do. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export function intervalOf(row: Row, name = "value"): Interval {
  return { estimate: Number(row[name]), low: Number(row["low"]), high: Number(row["high"]) };
}

/** What the run of the version in Production logged as a metric, with its interval where it has one. */
export function metricOfProduction({ row, model }: FigureSources, key: string): Promise<Row> {
  return row(
    `SELECT m.value, low.value AS low, high.value AS high FROM model_versions v
      JOIN latest_metrics m ON m.run_id = v.run_id AND m.key = :key
      LEFT JOIN latest_metrics low ON low.run_id = v.run_id AND low.key = :key || '_low'
      LEFT JOIN latest_metrics high ON high.run_id = v.run_id AND high.key = :key || '_high'
      WHERE v.name = :model AND v.current_stage = 'Production'`,
    { model, key },
  );
}
