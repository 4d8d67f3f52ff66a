import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ModelKeeper } from "../../../../gpu-sidecar/sentiment/modelKeeper.ts";
import type { LoadTask, ModelFacts } from "../../../../gpu-sidecar/sentiment/modelMessages.ts";
import type { ModelEvents } from "../../../../gpu-sidecar/sentiment/modelProcess.ts";
import type { ModelSettings } from "../../../../gpu-sidecar/sentiment/modelSettings.ts";

const SETTINGS: ModelSettings = {
  base: "/models/base.gguf",
  adapter: "/models/adapter.gguf",
  scale: 1,
  gpu: "auto",
  lanes: 2,
  threads: 1,
  max_queue: 8,
  prompt_market: false,
};
const HASHES = [{ path: "/models/base.gguf", bytes: 1, modified_ms: 2, sha256: "ab" }];
const FACTS: ModelFacts = {
  model: "fingpt-1",
  base: "base.gguf",
  adapter: "adapter.gguf",
  device: "cpu",
  gpu_layers: 0,
  hashes: HASHES,
  trial_label_mass: 0.99,
  load_ms: 900,
};

function keep(settings: Partial<ModelSettings> = {}, wrong: () => string | null = () => null) {
  const starts: { task: LoadTask; events: ModelEvents; killed: boolean }[] = [];
  const log: string[] = [];
  const changes: string[] = [];
  const keeper = new ModelKeeper({
    settings: { ...SETTINGS, ...settings },
    startModel: (task, events) => {
      const start = { task, events, killed: false };
      starts.push(start);
      return { read: () => Promise.reject(new Error("not asked here")), kill: () => void Object.assign(start, { killed: true }) };
    },
    checkFiles: async () => wrong(),
    now: Date.now,
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    log: (line) => void log.push(line),
  });
  const start = () => keeper.start(() => void changes.push(keeper.current().reason ?? "ready"));
  return { keeper, starts, log, changes, start };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("ModelKeeper", () => {
  it.for([
    [{ base: null, adapter: null }, "no model is configured"],
    [{ base: null }, "FINGPT_LORA_GGUF is set but FINGPT_BASE_GGUF is not"],
  ] as const)("starts nothing for %j, and says why", async ([settings, words]) => {
    const { keeper, starts, start } = keep(settings);
    await start();
    await vi.advanceTimersByTimeAsync(600_000);
    expect([starts, keeper.configured]).toEqual([[], false]);
    expect(keeper.current().reason).toContain(words);
  });

  it("loads what is configured, and is ready when the process says so", async () => {
    const { keeper, starts, log, changes, start } = keep();
    await start();
    expect(keeper.current()).toMatchObject({ process: null, reason: "the model is being loaded" });
    const { max_queue: _max_queue, ...loadable } = SETTINGS;
    expect(starts[0]?.task).toEqual({ ...loadable, known_hashes: [], reuse_prefix: true });
    starts[0]?.events.onReady(FACTS);
    expect(keeper.current()).toMatchObject({ facts: FACTS, reason: null });
    expect([changes, log]).toEqual([["ready"], ["base.gguf with adapter.gguf on cpu reads the news (loaded in 0.9 s)"]]);
  });

  it("waits for a file that is not there yet, twice as long each time", async () => {
    let wrong: string | null = "FINGPT_BASE_GGUF: /models/base.gguf does not exist";
    const { keeper, starts, start } = keep({}, () => wrong);
    await start();
    expect(keeper.current().reason).toContain("does not exist");
    await vi.advanceTimersByTimeAsync(2_999);
    wrong = null;
    expect(starts).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(starts).toHaveLength(1);
  });

  it("starts a process that ended again, with the hashes that are known, and more slowly each time", async () => {
    const { keeper, starts, start, changes } = keep();
    await start();
    starts[0]?.events.onReady(FACTS);
    starts[0]?.events.onEnd("the model process ended (signal SIGKILL)");
    expect(keeper.current()).toMatchObject({ process: null, facts: null, reason: expect.stringContaining("SIGKILL") });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(starts[1]?.task.known_hashes).toEqual(HASHES);
    starts[1]?.events.onEnd("again");
    await vi.advanceTimersByTimeAsync(1_999);
    expect(starts).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(starts).toHaveLength(3);
    expect(changes).toHaveLength(3);
  });

  it("never waits more than a minute, and forgives after a minute of good work", async () => {
    const { starts, start } = keep();
    await start();
    for (let failures = 0; failures < 10; failures++) {
      starts.at(-1)?.events.onEnd("broken");
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(starts).toHaveLength(11);
    starts.at(-1)?.events.onReady(FACTS);
    await vi.advanceTimersByTimeAsync(60_000);
    starts.at(-1)?.events.onEnd("once more");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(starts).toHaveLength(12);
  });

  it("tells of a model that does not understand the question", async () => {
    const { starts, log, start } = keep();
    await start();
    starts[0]?.events.onReady({ ...FACTS, trial_label_mass: 0.031 });
    expect(log[1]).toBe("the model gives the three labels only 0.031 of its probability: base and adapter may not belong together");
  });

  it("ends its process when it is stopped, and starts no other", async () => {
    const { keeper, starts, start, changes } = keep();
    await start();
    starts[0]?.events.onReady(FACTS);
    keeper.stop();
    starts[0]?.events.onEnd("stopped");
    await vi.advanceTimersByTimeAsync(120_000);
    expect([starts[0]?.killed, starts.length, changes]).toEqual([true, 1, ["ready"]]);
  });
});
