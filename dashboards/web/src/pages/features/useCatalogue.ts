import { type AnswerAt, ask } from "../../api/ask.ts";
import { type Answer, useQuery } from "../../api/useAnswer.ts";

export type Catalogue = AnswerAt<"GET /api/features">;
export type View = AnswerAt<"GET /api/features/views/{view}">;
export type Feature = View["features"][number];
export type Service = AnswerAt<"GET /api/features/services/{service}">;

export interface WholeCatalogue {
  readonly catalogue: Catalogue;
  /** With every feature explained. */
  readonly views: readonly View[];
  /** What the models in Production read. */
  readonly lists: readonly Service[];
}

const REFRESH_MS = 10 * 60_000;

/** The whole catalogue: it changes with a release, or when another version goes into Production. */
export function useCatalogue(): Answer<WholeCatalogue> {
  return useQuery(["whole catalogue"], readWhole, { refresh_ms: REFRESH_MS });
}

async function readWhole(signal: AbortSignal): Promise<WholeCatalogue> {
  const catalogue = await ask("GET /api/features", {}, signal);
  const read_by_models = catalogue.services.filter(({ model }) => model !== null);
  const [views, lists] = await Promise.all([
    Promise.all(catalogue.views.map(({ name }) => ask("GET /api/features/views/{view}", { params: { view: name } }, signal))),
    Promise.all(read_by_models.map(({ name }) => ask("GET /api/features/services/{service}", { params: { service: name } }, signal))),
  ]);
  return { catalogue, views, lists };
}
