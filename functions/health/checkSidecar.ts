import type { ComponentHealth } from "../../shared/contracts/health.ts";
import type { SentimentHealth } from "../../shared/contracts/sentiment.ts";
import type { Sidecar } from "../../shared/ports/sidecars.ts";

/** Whether it trains, and reads the news as it is meant to. */
export async function checkSidecar(sidecar: Sidecar): Promise<ComponentHealth> {
  const [{ training }, sentiment] = await Promise.all([sidecar.trainer.health(), sidecar.sentiment.health()]);
  const reader = describeReader(sentiment);
  if (!training.available) return { status: "degraded", detail: `cannot train: ${training.reason ?? "no reason given"}; ${reader}` };
  const device = training.cuda ? "CUDA" : "CPU";
  // The lexicon is what a sidecar without a model is meant to read with; with a model, that it does is a failure.
  const isAsConfigured = sentiment.engine === "fingpt" || sentiment.base === null;
  const trains = `XGBoost ${training.library_version} on ${device}; ${training.running} running, ${training.queued} queued`;
  return { status: isAsConfigured ? "ok" : "degraded", detail: `${trains}; ${reader}` };
}

function describeReader({ engine, device, reason }: SentimentHealth): string {
  if (engine === "fingpt") return `FinGPT on ${device === "cpu" ? "CPU" : device} reads the news`;
  return `the lexicon reads the news (${reason ?? "no reason given"})`;
}
