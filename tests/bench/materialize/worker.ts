import type { KVNamespace } from "@cloudflare/workers-types";
import { createKvOnlineStore } from "../../../functions/adapters/kvOnlineStore.ts";
import { createDatabase } from "../../../functions/adapters/libsql/database.ts";
import { createFeatureStore } from "../../../functions/adapters/libsql/features/featureStore.ts";
import { requireSound } from "../../../functions/pipelines/common/soundRows.ts";
import { materializeEvents } from "../../../functions/serving/materializeEvents.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../../shared/domain/instrument.ts";
import { MATERIALIZED } from "./views.ts";

interface Environment {
  readonly ONLINE: KVNamespace;
  readonly SQLD_URL: string;
}

let features: ReturnType<typeof createFeatureStore> | undefined;

/** What POST /materialize does for an hour, which ends at `to`, of all instruments and views. */
export default {
  async fetch(request: Request, env: Environment): Promise<Response> {
    const to = Number(new URL(request.url).searchParams.get("to"));
    const clock = { now: () => to };
    features ??= createFeatureStore(createDatabase(env.SQLD_URL), clock);
    await materializeEvents(
      { clock, features, online: createKvOnlineStore(env.ONLINE) },
      {
        instruments: DEFAULT_INSTRUMENTS,
        views: MATERIALIZED,
        from: to - HOUR + 1,
        to,
        requireSound: (instrument, view, row) => void requireSound(instrument, view, [row], { expected: 1, before: null }),
      },
    );
    return Response.json(null);
  },
};
