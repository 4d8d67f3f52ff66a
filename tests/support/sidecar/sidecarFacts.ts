import type { SidecarFacts } from "../../../shared/sidecars/rankSidecars.ts";

/** What a sidecar says of itself that can train on the CPU, reads with the lexicon and has nothing to do; what differs is given. */
export function sidecarFacts(
  name: string,
  training: Partial<SidecarFacts["training"]> = {},
  sentiment: Partial<SidecarFacts["sentiment"]> = {},
): SidecarFacts {
  return {
    name,
    training: {
      available: true,
      reason: null,
      library_version: "3.4.1",
      library_path: "lib",
      cuda: false,
      queued: 0,
      running: 0,
      ...training,
    },
    sentiment: {
      ...{ engine: "lexicon", reason: "FINGPT_BASE_GGUF is not set", model: null, base: null, adapter: null, device: null },
      ...{ lanes: 0, queued: 0, running: 0 },
      ...sentiment,
    },
  };
}
