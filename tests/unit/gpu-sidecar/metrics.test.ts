import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGpuWatch } from "../../../gpu-sidecar/gpu/gpuWatch.ts";
import { type GpuLook, type GpuReading, parseGpus, readGpus } from "../../../gpu-sidecar/gpu/readGpus.ts";
import { metricsRoutes } from "../../../gpu-sidecar/http/metricsRoutes.ts";
import { translateError } from "../../../gpu-sidecar/http/translateError.ts";
import { createRouteApp } from "../../../shared/contracts/route/createRouteApp.ts";

const GPU: GpuReading = { index: "0", name: "NVIDIA L4", utilization: 0.37, memory_used_bytes: 1024, memory_total_bytes: null };
const SENTIMENT = {
  engine: "lexicon",
  reason: null,
  model: null,
  base: null,
  adapter: null,
  device: null,
  lanes: 0,
  queued: 2,
  running: 1,
};

async function scrape(gpus: readonly GpuReading[]): Promise<string> {
  const mounted = [
    metricsRoutes({
      jobs: { count: (state) => (state === "failed" ? 3 : 0) },
      library: { current: () => ({ library: null, reason: "none" }) },
      sentiment: { health: () => ({ ...SENTIMENT, engine: "lexicon" as const }) },
      gpus: async () => gpus,
    }),
  ];
  const translate = (error: unknown, context: Parameters<typeof translateError>[1]) => translateError(error, context, () => {});
  const app = createRouteApp({ mounted, allowed_hosts: "any", bearers: { sidecar_token: { token: null, advice: "" } }, translate });
  const response = await app.request("/v1/metrics");
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  return response.text();
}

describe("the sidecar's GET /v1/metrics", () => {
  it("tells of its jobs, its queue and its process, and of no GPU where there is none", async () => {
    const text = await scrape([]);
    expect(text).toContain('fx_sidecar_jobs{state="failed"} 3\n');
    expect(text).toContain('fx_sidecar_articles{state="queued"} 2\n');
    expect(text).toContain("fx_sidecar_training_available 0\n");
    expect(Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1])).toBeGreaterThan(1e6);
    expect(Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1])).toBeGreaterThan(0);
    expect(text).not.toContain("gpu");
  });

  it("tells what a GPU tells, and nothing of what it does not", async () => {
    const text = await scrape([GPU]);
    expect(text).toContain('fx_sidecar_gpu_utilization_ratio{gpu="0",name="NVIDIA L4"} 0.37\n');
    expect(text).toContain('fx_sidecar_gpu_memory_used_bytes{gpu="0",name="NVIDIA L4"} 1024\n');
    expect(text).not.toContain("fx_sidecar_gpu_memory_size_bytes");
  });
});

describe("parseGpus", () => {
  it("reads a line a GPU, with what it does not support as not known", () => {
    expect(parseGpus("0, NVIDIA H200, 37, 1024, 143771\n1, Tesla K80, [N/A], [Not Supported], 11441\n")).toEqual([
      { index: "0", name: "NVIDIA H200", utilization: 0.37, memory_used_bytes: 1024 * 2 ** 20, memory_total_bytes: 143_771 * 2 ** 20 },
      { index: "1", name: "Tesla K80", utilization: null, memory_used_bytes: null, memory_total_bytes: 11_441 * 2 ** 20 },
    ]);
    expect(parseGpus("")).toEqual([]);
  });
});

describe("createGpuWatch", () => {
  /** A watch over looks that end as `fates` say, one after the other, and how often it has looked. */
  function watching(...fates: (GpuLook | Error)[]) {
    const state = { now: 0, asked: 0 };
    const watch = createGpuWatch(
      async () => {
        const fate = fates[state.asked++]!;
        if (fate instanceof Error) throw fate;
        return fate;
      },
      () => state.now,
    );
    return { state, watch };
  }
  const FOUND: GpuLook = { gpus: [GPU], has_driver: true };

  it("asks the driver once for all who ask at a time, and again some seconds later", async () => {
    const { state, watch } = watching(FOUND, FOUND);
    await Promise.all([watch(), watch()]);
    await watch();
    expect(state.asked).toBe(1);
    state.now = 6_000;
    expect(await watch()).toEqual([GPU]);
    expect(state.asked).toBe(2);
  });

  it("asks again at once after a look that failed", async () => {
    const { state, watch } = watching(new Error("spawn EAGAIN"), FOUND);
    await expect(watch()).rejects.toThrow("EAGAIN");
    expect(await watch()).toEqual([GPU]);
    expect(state.asked).toBe(2);
  });

  it.each([
    ["a driver that did not answer this time is asked again some seconds later", true, 2],
    ["a machine without a driver is left alone for a minute", false, 1],
  ])("%s", async (_case, has_driver, asked) => {
    const { state, watch } = watching({ gpus: [], has_driver }, FOUND, FOUND);
    expect(await watch()).toEqual([]);
    state.now = 6_000;
    await watch();
    expect(state.asked).toBe(asked);
    state.now = 61_000;
    expect(await watch()).toEqual([GPU]);
  });
});

describe("readGpus", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fx-gpus-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** An environment whose nvidia-smi is this script. */
  function withDriver(script: string): NodeJS.ProcessEnv {
    writeFileSync(join(folder, "nvidia-smi"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return { PATH: `${folder}:/usr/bin:/bin`, SIDECAR_TOKEN: "s3cret", LD_LIBRARY_PATH: "/opt/cuda" };
  }

  it("asks nvidia-smi without the sidecar's token, and with the rest of its environment", async () => {
    const { gpus, has_driver } = await readGpus(withDriver('echo "0, <$SIDECAR_TOKEN> $LD_LIBRARY_PATH, 37, 1, 2"'));
    expect([gpus[0]?.name, has_driver]).toEqual(["<> /opt/cuda", true]);
  });

  it("knows a machine without a driver from one whose driver fails, or does not answer", async () => {
    expect(await readGpus({ PATH: folder })).toEqual({ gpus: [], has_driver: false });
    expect(await readGpus(withDriver("echo '0, half a line'; exit 9"))).toEqual({ gpus: [], has_driver: true });
    expect(await readGpus(withDriver("exec sleep 60"), 50)).toEqual({ gpus: [], has_driver: true });
  });

  it("knows nothing where the process cannot be started, and fails not", async () => {
    const env = { ...withDriver("echo"), BIG: "x".repeat(4_000_000) };
    expect(await readGpus(env)).toEqual({ gpus: [], has_driver: true });
  });
});
