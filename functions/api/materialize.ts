import { catalogueViews } from "../../shared/catalogue/catalogueViews.ts";
import { requireView } from "../../shared/catalogue/findInCatalogue.ts";
import { materializeFeatures, materializeIncremental } from "../../shared/contracts/onlineFeatures.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { Answer } from "../../shared/contracts/route/routeTypes.ts";
import { type Instant, toIso } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { AppError } from "../../shared/errors.ts";
import type { ViewSchema } from "../../shared/features/viewSchema.ts";
import { storedViews } from "../../shared/features/views.ts";
import { invalidField } from "../../shared/historical/invalidField.ts";
import { readFeastTime } from "../../shared/online/feastTime.ts";
import type { FeatureRow } from "../../shared/ports/featureStore.ts";
import { requireSound } from "../pipelines/common/soundRows.ts";
import type { Ports } from "../pipelines/ports.ts";
import type { KeptOnlineRows } from "../serving/keptOnlineRows.ts";
import { materializeEvents } from "../serving/materializeEvents.ts";
import type { KnownInstruments } from "./instruments.ts";

/** Whether a caller waits for the end or not, all is done when it has its answer: of each instrument and view one row is looked up. */
export function materializeRoutes(ports: Ports, known: KnownInstruments, kept: Pick<KeptOnlineRows, "forget">): MountedRoute[] {
  const viewsOf = createViewsOf(ports);

  async function materialize(views: readonly ViewSchema[], from: Instant, to: Instant, is_async: boolean) {
    await materializeEvents(ports, { instruments: await known.list(), views, from, to, requireSound: requireSoundRow });
    kept.forget();
    return is_async
      ? new Answer(202, { status: "accepted" as const, feature_views: views.map(({ name }) => name) })
      : new Answer(200, null);
  }

  return [
    handle(materializeFeatures, ({ query, body: { start_ts, end_ts, disable_event_timestamp, ...asked } }) => {
      if (disable_event_timestamp) throw invalidField("disable_event_timestamp", "would have rows told to be of now, whenever they are of");
      const [from, to] = [readTime(start_ts, "start_ts"), readTime(end_ts, "end_ts")];
      if (from > to) throw invalidField("end_ts", `${toIso(to)} is before start_ts`);
      return materialize(viewsOf(asked), from, to, query.async === "true");
    }),
    // What is served tells where the last one ended: an earlier row puts nothing there.
    handle(materializeIncremental, ({ query, body: { end_ts, ...asked } }) =>
      materialize(viewsOf(asked), 0, readTime(end_ts, "end_ts"), query.async === "true"),
    ),
  ];
}

function createViewsOf({ config }: Ports) {
  const stored = storedViews(config);
  const all = catalogueViews(config);
  return ({ feature_views, version }: { feature_views?: readonly string[] | null | undefined; version?: string | null | undefined }) => {
    if (version != null) throw invalidField("version", "cannot be chosen: the online store has one version of each view");
    if (feature_views == null) return stored;
    return [...new Set(feature_views)].map((name, index) => {
      const field = `feature_views[${index}]`;
      const view = stored.find((one) => one.name === requireView(all, name, field).name);
      if (!view) throw invalidField(field, `${name} has no rows of instruments of its own`);
      return view;
    });
  };
}

/** What pipelines do not serve is not served by hand either. */
function requireSoundRow(instrument: Instrument, view: ViewSchema, row: FeatureRow): void {
  try {
    requireSound(instrument, view, [row], { expected: 1, before: null });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, error.message, { status: 409, details: error.details, cause: error });
  }
}

function readTime(text: string | null | undefined, field: string): Instant {
  if (text == null) throw invalidField(field, "is missing");
  return readFeastTime(text, field);
}
