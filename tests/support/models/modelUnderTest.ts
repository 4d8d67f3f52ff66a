import type { LoadTask, ModelFacts } from "../../../gpu-sidecar/sentiment/modelMessages.ts";
import { type ModelProcess, startModelProcess } from "../../../gpu-sidecar/sentiment/modelProcess.ts";

export interface ModelUnderTest extends ModelProcess {
  readonly facts: ModelFacts;
}

/** A real model process with the real llama.cpp on one thread; rejects with the reason when it cannot load. End it with `kill`. */
export function startModel(task: Pick<LoadTask, "base"> & Partial<LoadTask>): Promise<ModelUnderTest> {
  const defaults = {
    adapter: null,
    scale: 1,
    gpu: "off",
    lanes: 1,
    threads: 1,
    prompt_market: false,
    known_hashes: [],
    reuse_prefix: true,
  } as const;
  return new Promise((resolve, reject) => {
    const process = startModelProcess(
      { ...defaults, ...task },
      { onReady: (facts) => resolve({ ...process, facts }), onEnd: (reason) => reject(new Error(reason)) },
    );
  });
}
