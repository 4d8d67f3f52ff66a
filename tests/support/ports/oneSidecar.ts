import { createSidecars } from "../../../functions/adapters/sidecars/createSidecars.ts";
import { createSidecarFailures } from "../../../functions/adapters/sidecars/sidecarFailures.ts";
import type { SentimentScorer } from "../../../shared/ports/sentimentScorer.ts";
import type { Sidecars } from "../../../shared/ports/sidecars.ts";
import type { Trainer } from "../../../shared/ports/trainer.ts";

/** An installation of one sidecar, of which the test gives what trains and what reads. */
export function oneSidecar(trainer: Trainer, sentiment: SentimentScorer): Sidecars {
  return createSidecars([{ name: "sidecar", trainer, sentiment }], createSidecarFailures(Date.now));
}
