import type { Context } from "hono";
import {
  exportFeatures,
  getHistoricalFeatures,
  HISTORY_HEADERS,
  type HistoryQuery,
  historyQuerySchema,
  MAX_EXPORT_ROWS,
} from "../../shared/contracts/historicalFeatures.ts";
import { checkValue } from "../../shared/contracts/route/checkValue.ts";
import { handle, handleRaw, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { type Instant, toIso } from "../../shared/domain/instant.ts";
import type { EntityRows } from "../../shared/historical/entityRows.ts";
import { type FeatureSelection, fieldsOf } from "../../shared/historical/featureSelection.ts";
import { invalidField } from "../../shared/historical/invalidField.ts";
import { TABLE_FORMATS } from "../../shared/historical/tableFormats.ts";
import type { Ports } from "../pipelines/ports.ts";
import { historicalFeatures } from "../serving/historicalFeatures.ts";
import { createFeatureSelections } from "./featureSelections.ts";
import { formatOf, readHistoryRequest } from "./historyRequest.ts";
import { spineOf } from "./spineOf.ts";
import { streamOf } from "./streamOf.ts";

/** The offline store by HTTP: features as they could be known at the moments that are asked about. */
export function historicalFeatureRoutes(ports: Ports): MountedRoute[] {
  const selectionOf = createFeatureSelections(ports, 0);
  return [
    handleRaw(getHistoricalFeatures, async (context) => {
      const query = checkValue(historyQuerySchema, context.req.query());
      const { asked, entities: read } = await readHistoryRequest(context.req.raw, query);
      const { selection } = await selectionOf(asked);
      const entities = await read(fieldsOf(selection));
      return answer(ports, context, { entities, selection, asked, as_of: await recordOf(ports, asked.as_of) });
    }),
    handle(exportFeatures, async ({ query: { from, to, instruments, ...asked } }, context) => {
      const { selection, instrument } = await selectionOf(asked);
      const wanted = instruments ?? (instrument === null ? null : [instrument]);
      if (wanted === null) throw invalidField("instruments", "is wanted with features, to say whose rows");
      const as_of = await recordOf(ports, asked.as_of);
      const asked_by = asked.feature_service === undefined ? "features" : "feature_service";
      const entities = await spineOf(ports, selection, { instruments: wanted, from, to, as_of, max_rows: MAX_EXPORT_ROWS, asked_by });
      return answer(ports, context, { entities, selection, asked, as_of });
    }),
  ];
}

type Asked = Pick<HistoryQuery, "feature_service" | "features" | "full_feature_names" | "as_of" | "format">;

/** Up to when the record of the answer goes: final, so that the same question about it has the same answer for ever. */
async function recordOf({ clock, knowledge }: Pick<Ports, "clock" | "knowledge">, as_of: Instant | undefined): Promise<Instant> {
  const now = clock.now();
  if (as_of !== undefined && as_of > now) throw invalidField("as_of", `${toIso(as_of)} has not come yet; it is ${toIso(now)}`);
  if (as_of === undefined) return knowledge.seal(now);
  await knowledge.seal(as_of);
  return as_of;
}

interface Answered {
  readonly entities: EntityRows;
  readonly selection: FeatureSelection;
  readonly asked: Asked;
  readonly as_of: Instant;
}

/** The first block is there before the answer begins, so that what goes wrong with it is told as an error. */
function answer(ports: Ports, context: Context, { entities, selection, asked, as_of }: Answered): Promise<Response> {
  const { media_type, encode } = TABLE_FORMATS[formatOf(asked.format, context.req.header("accept"))];
  const table = { entities, selection };
  const encoder = encode(table);
  async function* pieces() {
    for await (const block of historicalFeatures(ports, table, as_of)) yield* encoder.block(block);
    yield encoder.end();
  }
  return streamOf(pieces(), {
    "content-type": media_type,
    [HISTORY_HEADERS.as_of]: new Date(as_of).toISOString(),
    [HISTORY_HEADERS.rows]: String(entities.length),
    [HISTORY_HEADERS.feature_set_hash]: selection.feature_set_hash,
  });
}
