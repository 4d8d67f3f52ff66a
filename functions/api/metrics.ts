import { readMetrics } from "../../shared/contracts/metrics.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { SECOND } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import { EXPOSITION_TYPES, exposeFamilies } from "../../shared/exposition/exposeFamilies.ts";
import { gauge, gaugeOf, type MetricFamily } from "../../shared/exposition/metricFamily.ts";
import { negotiateExposition } from "../../shared/exposition/negotiateExposition.ts";
import { type ExposedReading, readingFamilies } from "../../shared/exposition/readingFamilies.ts";
import { storeFamilies } from "../../shared/exposition/storeFamilies.ts";
import { modelViews } from "../../shared/features/views.ts";
import { instrumentsBySubject } from "../../shared/monitoring/instrumentOf.ts";
import type { MetricRule } from "../../shared/monitoring/metricRule.ts";
import type { Reading } from "../../shared/monitoring/reading.ts";
import { METRIC_RULES } from "../../shared/monitoring/thresholds.ts";
import { viewAgeRules } from "../../shared/monitoring/viewAgeRules.ts";
import type { MetricStore } from "../../shared/ports/metricStore.ts";
import type { Ports } from "../pipelines/ports.ts";
import type { MeterWriter } from "../serving/meter/meterWriter.ts";

export interface MetricsRouteOptions {
  readonly ports: Pick<Ports, "clock" | "config" | "monitor">;
  readonly store: MetricStore;
  readonly writer: Pick<MeterWriter, "flush">;
  readonly elapsed_ms: () => number;
}

/** GET /metrics. A database that is away is itself a metric: what is known without it is told all the same. */
export function metricsRoutes(options: MetricsRouteOptions): MountedRoute {
  return handle(readMetrics, async (_asked, context) => {
    const format = negotiateExposition(context.req.header("accept"));
    const { clock, config } = options.ports;
    const time = gauge(
      "fx_time_seconds",
      "The platform's clock, which may be set (FX_CLOCK): what its other times are compared with.",
      clock.now() / SECOND,
    );
    const families = [buildInfo(config.code_version ?? null), time, ...(await familiesOfStore(options))];
    return new Response(exposeFamilies(families, format), { headers: { "content-type": EXPOSITION_TYPES[format] } });
  });
}

function buildInfo(code_version: string | null): MetricFamily {
  return gaugeOf("fx_build_info", "1, with the commit that runs.", [[{ commit: code_version ?? "unknown" }, 1]]);
}

async function familiesOfStore({ ports, store, writer, elapsed_ms }: MetricsRouteOptions): Promise<MetricFamily[]> {
  const up = (value: number) => gauge("fx_database_up", "1: libSQL answers.", value);
  try {
    await writer.flush();
    const began_ms = elapsed_ms();
    await store.ping();
    const ping_s = (elapsed_ms() - began_ms) / SECOND;
    const [metrics, readings, firing] = await Promise.all([store.read(ports.clock.now()), ports.monitor.latest(), ports.monitor.firing()]);
    const ages = viewAgeRules(modelViews(ports.config));
    const exposed = readings.map((reading) => toExposed(reading, METRIC_RULES[reading.check][reading.metric] ?? ages[reading.metric]));
    return [
      up(1),
      gauge("fx_database_ping_duration_seconds", "What the database's answer to an empty question took, just now.", ping_s),
      ...storeFamilies(metrics, ports.clock.now()),
      ...readingFamilies(exposed, firing, instrumentsBySubject(ports.config.instruments)),
    ];
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "store_unavailable") throw error;
    console.warn(`GET /metrics: ${error.message}`);
    return [up(0)];
  }
}

function toExposed(reading: Reading, rule: MetricRule | undefined): ExposedReading {
  return { ...reading, unit: rule?.unit ?? null, about: rule?.reason ?? "" };
}
