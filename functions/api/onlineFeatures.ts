import type { Context } from "hono";
import {
  getOnlineFeatures,
  getOnlineFeaturesSchema,
  MAX_ONLINE_ROWS,
  MAX_PUSHED_ROWS,
  PUSH_HEADERS,
  pushFeatures,
  pushSchema,
  writeToOnlineStore,
  writeToOnlineStoreSchema,
} from "../../shared/contracts/onlineFeatures.ts";
import { handleRaw, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { SECOND } from "../../shared/domain/instant.ts";
import type { PushedView } from "../../shared/features/pushedViews.ts";
import { pushedViews } from "../../shared/features/views.ts";
import { fieldsOf } from "../../shared/historical/featureSelection.ts";
import { parseJsonExactly } from "../../shared/online/lossyNumber.ts";
import { onlineAnswer } from "../../shared/online/onlineAnswer.ts";
import { readOnlineQuestion } from "../../shared/online/onlineQuestion.ts";
import { readPushedRows } from "../../shared/online/pushedRows.ts";
import { wantedRows } from "../../shared/online/wantedRows.ts";
import type { Ports } from "../pipelines/ports.ts";
import { onlineRows } from "../serving/onlineRows.ts";
import { recordPush } from "../serving/recordPush.ts";
import { createFeatureSelections } from "./featureSelections.ts";
import type { KnownInstruments } from "./instruments.ts";
import { parseBody } from "./parseBody.ts";
import { createPushTargets } from "./pushTargets.ts";

/** A promotion reaches what is answered within this time, as it does for /predict. */
const SERVICE_KEPT_MS = 5 * SECOND;
/** The online store for Feast's clients: reads and pushes. They read their bodies by themselves: each costs a part of the time of an answer. */
export function onlineFeatureRoutes(ports: Ports, known: KnownInstruments): MountedRoute[] {
  return [readRoute(ports), ...pushRoutes(ports, known)];
}

function readRoute(ports: Ports): MountedRoute {
  const selectionOf = createFeatureSelections(ports, SERVICE_KEPT_MS);
  const { online_ttl: ttl = "enforced" } = ports.config;
  return handleRaw(getOnlineFeatures, async (context) => {
    const body = await parseBody(context.req.raw, getOnlineFeaturesSchema, getOnlineFeatures.body.max_bytes);
    const { full_feature_names, include_feature_view_version_metadata: with_versions } = body;
    const names = { feature_service: body.feature_service ?? undefined, features: body.features ?? undefined };
    const { selection } = await selectionOf({ ...names, full_feature_names });
    const question = readOnlineQuestion(body.entities, fieldsOf(selection), MAX_ONLINE_ROWS);
    const now = ports.clock.now();
    const rows = await onlineRows(ports, question.instruments, wantedRows(selection), now);
    return context.body(onlineAnswer(question, rows, selection, { now, ttl, with_versions }), 200, {
      "content-type": "application/json",
    });
  });
}

function pushRoutes(ports: Ports, known: KnownInstruments): MountedRoute[] {
  const targets = createPushTargets(ports.config);
  const views = pushedViews(ports.config);

  async function push(context: Context, view: PushedView, df: Readonly<Record<string, readonly unknown[]>>, is_served: boolean) {
    const rows = readPushedRows(df, view, ports.clock.now(), MAX_PUSHED_ROWS);
    for (const instrument of rows.keys()) await known.require(instrument);
    const late = await recordPush(ports, { view, rows }, views, is_served);
    context.header(PUSH_HEADERS.rows, String([...rows.values()].reduce((sum, { length }) => sum + length, 0)));
    context.header(PUSH_HEADERS.late, String(late));
  }

  return [
    handleRaw(pushFeatures, async (context) => {
      const { push_source_name, df, to } = await parseBody(context.req.raw, pushSchema, pushFeatures.body.max_bytes, parseJsonExactly);
      await push(context, targets.ofSource(push_source_name), df, to !== "offline");
      return context.body(null, 200);
    }),
    handleRaw(writeToOnlineStore, async (context) => {
      const body = await parseBody(context.req.raw, writeToOnlineStoreSchema, writeToOnlineStore.body.max_bytes, parseJsonExactly);
      await push(context, targets.ofView(body.feature_view_name), body.df, true);
      return context.json(null);
    }),
  ];
}
