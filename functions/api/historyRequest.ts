import { type HistoryQuery, historyBodySchema, MAX_ENTITY_BYTES, MAX_ENTITY_ROWS } from "../../shared/contracts/historicalFeatures.ts";
import { checkValue } from "../../shared/contracts/route/checkValue.ts";
import { parseJsonBody } from "../../shared/contracts/route/readBody.ts";
import type { RequestField } from "../../shared/features/onDemand/onDemandFeature.ts";
import type { EntityRows } from "../../shared/historical/entityRows.ts";
import { invalidField } from "../../shared/historical/invalidField.ts";
import { readEntityParquet } from "../../shared/historical/readEntityParquet.ts";
import { readEntityColumns, readEntityCsv, readEntityNdjson } from "../../shared/historical/readEntityText.ts";
import { TABLE_FORMATS, type TableFormat } from "../../shared/historical/tableFormats.ts";
import { readBytes } from "./parseBody.ts";

export interface HistoryRequest {
  readonly asked: HistoryQuery;
  /** The rows, with the fields that what is asked of them wants. */
  entities(fields: readonly RequestField[]): EntityRows | Promise<EntityRows>;
}

/** Rows in whichever form they came, and what is asked of them: in the query, or beside the rows of a JSON body. */
export async function readHistoryRequest(request: Request, query: HistoryQuery, max_rows = MAX_ENTITY_ROWS): Promise<HistoryRequest> {
  const bytes = await readBytes(request, MAX_ENTITY_BYTES);
  const form = formOf(request.headers.get("content-type"), bytes);
  if (form === "parquet") return { asked: query, entities: (fields) => readEntityParquet(bytes, max_rows, fields) };
  const text = textOf(bytes);
  if (form === "csv") return { asked: query, entities: (fields) => readEntityCsv(text, max_rows, fields) };
  if (form === "ndjson") return { asked: query, entities: (fields) => readEntityNdjson(text, max_rows, fields) };
  const { entities, ...asked } = checkValue(historyBodySchema, parseJsonBody(text));
  const twice = Object.keys(asked).find((name) => query[name as keyof HistoryQuery] !== undefined);
  if (twice !== undefined) throw invalidField(twice, "is said in the query and in the body: say it once");
  return { asked: { ...query, ...asked }, entities: (fields) => readEntityColumns(entities, max_rows, fields) };
}

type Form = "json" | "ndjson" | "csv" | "parquet";

const MEDIA_TYPES: Readonly<Record<string, Form>> = {
  "application/json": "json",
  "application/x-ndjson": "ndjson",
  "application/jsonl": "ndjson",
  "text/csv": "csv",
  "application/vnd.apache.parquet": "parquet",
};

/** By its type, or, where that says nothing (curl says that what it sends is a form), by how it begins. */
function formOf(content_type: string | null, bytes: Uint8Array): Form {
  const said = MEDIA_TYPES[content_type?.split(";")[0]?.trim().toLowerCase() ?? ""];
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 4_096)).trimStart();
  if (said === undefined && head.startsWith("PAR1")) return "parquet";
  if (said !== undefined) return said;
  if (!head.startsWith("{")) return "csv";
  return /^\{\s*"(?:instrument|event_timestamp)"\s*:\s*"/.test(head) ? "ndjson" : "json";
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw invalidField("entities", "is no text in UTF-8", cause);
  }
}

/** What is asked for by name, else by the first known type of Accept, else ndjson. */
export function formatOf(format: TableFormat | undefined, accept: string | undefined): TableFormat {
  if (format !== undefined) return format;
  const types = (accept ?? "").split(",").map((type) => type.split(";")[0]!.trim().toLowerCase());
  const names = Object.keys(TABLE_FORMATS) as TableFormat[];
  return types.flatMap((type) => names.filter((name) => TABLE_FORMATS[name].media_type === type))[0] ?? "ndjson";
}
