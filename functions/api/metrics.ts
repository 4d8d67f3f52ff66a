import { PREDICT_ROUTES } from "../../shared/contracts/families.ts";
import { readMetrics } from "../../shared/contracts/metrics.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { SECOND } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import { EXPOSITION_TYPES, exposeFamilies } from "../../shared/exposition/exposeFamilies.ts";
import type { KnownRoute } from "../../shared/exposition/knownSeries.ts";
import { gauge, gaugeOf, type MetricFamily } from "../../shared/exposition/metricFamily.ts";
import { negotiateExposition } from "../../shared/exposition/negotiateExposition.ts";
import { type ExposedReading, readingFamilies } from "../../shared/exposition/readingFamilies.ts";
import { storeFamilies } from "../../shared/exposition/storeFamilies.ts";
import { installedRules } from "../../shared/monitoring/installedRules.ts";
import { instrumentsBySubject } from "../../shared/monitoring/instrumentOf.ts";
import type { MetricRule } from "../../shared/monitoring/metricRule.ts";
import type { Reading } from "../../shared/monitoring/reading.ts";
import type { MetricStore } from "../../shared/ports/metricStore.ts";
import type { Ports } from "../pipelines/ports.ts";
import type { MeterWriter } from "../serving/meter/meterWriter.ts";
import { withinTime } from "../serving/withinTime.ts";

export interface MetricsRouteOptions {
  readonly ports: Pick<Ports, "clock" | "config" | "monitor">;
  readonly store: MetricStore;
  readonly writer: Pick<MeterWriter, "flush">;
  readonly elapsed_ms: () => number;
  readonly dag_ids: readonly string[];
  /** Those of this server. */
  readonly routes: () => readonly KnownRoute[];
  readonly answer_within_ms?: number;
  readonly write_within_ms?: number;
}

/** Prometheus waits for ten seconds of its own, and takes a scrape that comes later for a Worker that is down. */
const ANSWER_WITHIN_MS = 3 * SECOND;
const WRITE_WITHIN_MS = 2 * SECOND;

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

async function familiesOfStore({
  ports,
  store,
  writer,
  elapsed_ms,
  dag_ids,
  routes,
  ...limits
}: MetricsRouteOptions): Promise<MetricFamily[]> {
  const { answer_within_ms = ANSWER_WITHIN_MS, write_within_ms = WRITE_WITHIN_MS } = limits;
  const up = (value: number) => gauge("fx_database_up", "1: libSQL answers.", value);
  try {
    const began_ms = elapsed_ms();
    await withinTime(store.ping(), answer_within_ms);
    const ping_s = (elapsed_ms() - began_ms) / SECOND;
    await writeCounts(writer, write_within_ms);
    const [metrics, readings, firing] = await Promise.all([store.read(ports.clock.now()), ports.monitor.latest(), ports.monitor.firing()]);
    const ruleOf = installedRules(ports.config);
    const exposed = readings.map((reading) => toExposed(reading, ruleOf(reading.check, reading.metric)));
    const judged = routes().filter(({ family }) => family.name === PREDICT_ROUTES.name);
    const known = { instruments: ports.config.instruments, dag_ids, routes: judged };
    return [
      up(1),
      gauge("fx_database_ping_duration_seconds", "What the database's answer to an empty question took, just now.", ping_s),
      ...storeFamilies(metrics, ports.clock.now(), known),
      ...readingFamilies(exposed, firing, instrumentsBySubject(ports.config.instruments)),
    ];
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "store_unavailable") throw error;
    console.warn(`GET /metrics: ${error.message}`);
    return [up(0)];
  }
}

/** A disk that is full takes no counts, and what is there can be read all the same: they are kept, and are in a later scrape. */
async function writeCounts(writer: Pick<MeterWriter, "flush">, limit_ms: number): Promise<void> {
  try {
    await withinTime(writer.flush(), limit_ms);
  } catch (error) {
    console.warn("GET /metrics: what was counted could not be written, and is kept until the next time:", error);
  }
}

function toExposed(reading: Reading, rule: MetricRule | undefined): ExposedReading {
  return { ...reading, unit: rule?.unit ?? null, about: rule?.reason ?? "" };
}
