import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Address, askText } from "../../api/ask.ts";
import { REFRESH_MS } from "../../api/queries.ts";
import { type Answer, useQuery } from "../../api/useAnswer.ts";
import { type MetricsSnapshot, remember } from "./metricsHistory.ts";
import { type ParsedMetrics, parseMetrics } from "./parseMetrics.ts";

/** Beyond it the text is cut, which the page says. */
const MAX_CHARS = 4_000_000;

export interface ReadMetrics extends ParsedMetrics {
  readonly is_cut: boolean;
  /** When the answer came, epoch ms of this machine. */
  readonly read_at: number;
}

/** What GET /metrics of the Worker says now, or what the sidecar says. */
export function useMetrics(of: "worker" | "sidecar"): Answer<ReadMetrics> {
  const at: Address = of === "worker" ? "GET /metrics" : "GET /api/sidecar/metrics";
  return useQuery<ReadMetrics>(
    [at],
    async (signal) => {
      const { text, is_cut } = await askText(at, {}, { max_chars: MAX_CHARS, signal });
      return { ...parseMetrics(text), is_cut, read_at: Date.now() };
    },
    { refresh_ms: REFRESH_MS },
  );
}

/** What the Worker said since this tab has been looking, the newest last. Counters told twice give a rate. */
const told = signal<readonly MetricsSnapshot[]>([]);

/** Keeps what is told while a page of it is open. */
export function useMetricsHistory({ data }: Answer<ReadMetrics>): readonly MetricsSnapshot[] {
  useEffect(() => {
    if (data) told.value = remember(told.peek(), { at: data.read_at, samples: data.samples });
  }, [data]);
  return told.value;
}
