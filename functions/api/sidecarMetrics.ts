import { readMetricsOfSidecar } from "../../shared/contracts/metrics.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { toAppError } from "../../shared/errors.ts";
import { EXPOSITION_TYPES, exposeFamilies } from "../../shared/exposition/exposeFamilies.ts";
import { mergeExpositions } from "../../shared/exposition/mergeExpositions.ts";
import { gaugeOf } from "../../shared/exposition/metricFamily.ts";
import type { Sidecar } from "../../shared/ports/sidecars.ts";
import type { Ports } from "../pipelines/ports.ts";

/** GET /api/sidecar/metrics: the sidecar's own words, which it tells nobody without its token; of several each with its name as a label. */
export function sidecarMetricsRoutes({ sidecars }: Pick<Ports, "sidecars">): MountedRoute {
  return handle(readMetricsOfSidecar, async () => {
    const [only, ...others] = sidecars.all;
    const text = only !== undefined && others.length === 0 ? await only.trainer.metrics() : await metricsOfAll(sidecars.all);
    return new Response(text, { headers: { "content-type": EXPOSITION_TYPES.text } });
  });
}

/** One that does not answer is told of by fx_sidecar_up; where none does, that is the answer. */
async function metricsOfAll(all: readonly Sidecar[]): Promise<string> {
  const told = await Promise.all(all.map(async ({ name, trainer }) => ({ name, text: await trainer.metrics().catch(toAppError) })));
  const texts = told.flatMap(({ name, text }) => (typeof text === "string" ? [[name, text] as const] : []));
  const [failure] = told.flatMap(({ text }) => (typeof text === "string" ? [] : [text]));
  if (texts.length === 0 && failure !== undefined) throw failure;
  const up = told.map(({ name, text }) => [{ sidecar: name }, typeof text === "string" ? 1 : 0] as const);
  const families = [gaugeOf("fx_sidecar_up", "1: the sidecar answers the Worker.", up)];
  return exposeFamilies(families, "text") + mergeExpositions("sidecar", texts);
}
