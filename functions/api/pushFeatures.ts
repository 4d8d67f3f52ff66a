import type { Context } from "hono";
import {
  MAX_PUSHED_ROWS,
  PUSH_HEADERS,
  pushFeatures,
  pushSchema,
  writeToOnlineStore,
  writeToOnlineStoreSchema,
} from "../../shared/contracts/onlineFeatures.ts";
import { handleRaw, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import type { PushedView } from "../../shared/features/pushedViews.ts";
import { pushedViews } from "../../shared/features/views.ts";
import { parseJsonExactly } from "../../shared/online/lossyNumber.ts";
import { readPushedRows } from "../../shared/online/pushedRows.ts";
import type { Ports } from "../pipelines/ports.ts";
import type { KeptOnlineRows } from "../serving/keptOnlineRows.ts";
import { recordPush } from "../serving/recordPush.ts";
import type { KnownInstruments } from "./instruments.ts";
import { parseBody } from "./parseBody.ts";
import { createPushTargets } from "./pushTargets.ts";

/** Rows that Feast's clients send. The bodies are read by themselves, so that no number in them is taken for another. */
export function pushRoutes(ports: Ports, known: KnownInstruments, kept: Pick<KeptOnlineRows, "forget">): MountedRoute[] {
  const targets = createPushTargets(ports.config);
  const views = pushedViews(ports.config);

  async function push(context: Context, view: PushedView, df: Readonly<Record<string, readonly unknown[]>>, is_served: boolean) {
    const rows = readPushedRows(df, view, ports.clock.now(), MAX_PUSHED_ROWS);
    for (const instrument of rows.keys()) await known.require(instrument);
    const late = await recordPush(ports, { view, rows }, views, is_served);
    kept.forget();
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
