import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { readSidecarMetrics } from "../../shared/contracts/sidecarMetrics.ts";
import { jobStateSchema } from "../../shared/contracts/training.ts";
import { EXPOSITION_TYPES, exposeFamilies } from "../../shared/exposition/exposeFamilies.ts";
import { counterOf, gauge, gaugeOf, type MetricFamily } from "../../shared/exposition/metricFamily.ts";
import { negotiateExposition } from "../../shared/exposition/negotiateExposition.ts";
import type { GpuReading } from "../gpu/readGpus.ts";
import type { SentimentService } from "../sentiment/sentimentService.ts";
import type { JobService } from "../training/jobService.ts";
import type { LibraryState } from "../xgboost/libraryState.ts";

export interface MetricsParts {
  readonly jobs: Pick<JobService, "count">;
  readonly library: Pick<LibraryState, "current">;
  readonly sentiment: Pick<SentimentService, "health">;
  readonly gpus: () => Promise<readonly GpuReading[]>;
}

const MICROSECONDS = 1e6;

export function metricsRoutes(parts: MetricsParts): MountedRoute {
  return handle(readSidecarMetrics, async (_asked, context) => {
    const format = negotiateExposition(context.req.header("accept"));
    const families = [...workFamilies(parts), ...gpuFamilies(await parts.gpus()), ...processFamilies()];
    return new Response(exposeFamilies(families, format), { headers: { "content-type": EXPOSITION_TYPES[format] } });
  });
}

function workFamilies({ jobs, library, sentiment }: MetricsParts): MetricFamily[] {
  const { engine, queued, running } = sentiment.health();
  const states = jobStateSchema.options.map((state) => [{ state }, jobs.count(state)] as const);
  return [
    gauge("fx_sidecar_training_available", "1: XGBoost's library is there and can train.", library.current().library === null ? 0 : 1),
    gaugeOf("fx_sidecar_jobs", "Training jobs that this sidecar keeps, by state.", states),
    gaugeOf("fx_sidecar_articles", "Articles that wait to be read by the model, and those that are being read.", [
      [{ state: "queued" }, queued],
      [{ state: "running" }, running],
    ]),
    gaugeOf("fx_sidecar_reader_info", "1, with what reads the news now.", [[{ engine }, 1]]),
  ];
}

/** Nothing where there is no GPU, and nothing of what a GPU does not tell: 0 would say that it idles. */
function gpuFamilies(gpus: readonly GpuReading[]): MetricFamily[] {
  const of = (name: string, help: string, value: (gpu: GpuReading) => number | null) =>
    gaugeOf(
      name,
      help,
      gpus.flatMap((gpu) => {
        const known = value(gpu);
        return known === null ? [] : [[{ gpu: gpu.index, name: gpu.name }, known] as const];
      }),
    );
  return [
    of("fx_sidecar_gpu_utilization_ratio", "Share of the last second in which the GPU worked.", ({ utilization }) => utilization),
    of("fx_sidecar_gpu_memory_used_bytes", "Memory of the GPU in use, by any process.", ({ memory_used_bytes }) => memory_used_bytes),
    of("fx_sidecar_gpu_memory_size_bytes", "Memory that the GPU has.", ({ memory_total_bytes }) => memory_total_bytes),
  ];
}

/** Of the sidecar's own process; those that train and read come and go. The names are Prometheus' own for any process. */
function processFamilies(): MetricFamily[] {
  const { user, system } = process.cpuUsage();
  return [
    gauge("process_resident_memory_bytes", "Resident memory of the sidecar's own process.", process.memoryUsage.rss()),
    counterOf("process_cpu_seconds", "Processor time of the sidecar's own process.", [[{}, (user + system) / MICROSECONDS]]),
    gauge("process_start_time_seconds", "When the sidecar's process started.", performance.timeOrigin / 1_000),
  ];
}
