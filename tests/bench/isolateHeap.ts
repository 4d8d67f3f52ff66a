import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

/** The Worker's own isolate among those of Miniflare. */
const TARGET = "core:user:fx-medallion";
const ASK_EVERY_MS = 50;
const RETRY_MS = 200;

const answerSchema = z.object({ result: z.object({ usedSize: z.number(), backingStorageSize: z.number() }) });

/** In MB of 1,000,000 bytes. Sampled: a peak within one synchronous pass is not seen, and garbage is counted. */
export interface HeapPeak {
  readonly used_mb: number;
  readonly buffers_mb: number;
  /** The highest sum of the two at one moment: the nearest figure to what Cloudflare limits to 128 MB. */
  readonly together_mb: number;
  readonly samples: number;
}

/** Bytes, at one moment by this machine's clock. */
export interface HeapSample {
  readonly at: number;
  readonly used: number;
  readonly buffers: number;
}

/** The peaks of `eachHeapDuring`. */
export async function heapPeakDuring<Result>(port: number, work: Promise<Result>): Promise<{ result: Result; peak: HeapPeak }> {
  const seen = { used_mb: 0, buffers_mb: 0, together_mb: 0, samples: 0 };
  const result = await eachHeapDuring(port, work, ({ used, buffers }) => {
    const [used_mb, buffers_mb] = [used / 1e6, buffers / 1e6];
    seen.used_mb = Math.max(seen.used_mb, used_mb);
    seen.buffers_mb = Math.max(seen.buffers_mb, buffers_mb);
    seen.together_mb = Math.max(seen.together_mb, used_mb + buffers_mb);
    seen.samples += 1;
  });
  return { result, peak: seen };
}

/**
 * Asks the inspector at the port for the Worker's heap, many times a second, from when it is up until `work` has ended. When the runtime
 * is started again, it goes on with the new one.
 */
export async function eachHeapDuring<Result>(port: number, work: Promise<Result>, seen: (sample: HeapSample) => void): Promise<Result> {
  let is_over = false;
  const ended = work.finally(() => (is_over = true));
  ended.catch(() => undefined);
  while (!is_over) {
    const socket = await connect(port);
    if (socket !== null) await sample(socket, seen, () => is_over).finally(() => socket.close());
    else await sleep(RETRY_MS);
  }
  return ended;
}

async function sample(socket: WebSocket, seen: (sample: HeapSample) => void, isOver: () => boolean): Promise<void> {
  for (let id = 1; !isOver() && socket.readyState === WebSocket.OPEN; id++) {
    const answer = await ask(socket, id);
    if (answer === null) return;
    seen({ at: Date.now(), used: answer.usedSize, buffers: answer.backingStorageSize });
    await sleep(ASK_EVERY_MS);
  }
}

/** Null when the runtime has gone. It answers nothing while JavaScript runs. */
function ask(socket: WebSocket, id: number): Promise<z.infer<typeof answerSchema>["result"] | null> {
  return new Promise((resolve) => {
    socket.onclose = () => resolve(null);
    socket.onmessage = ({ data }) => {
      const answer = answerSchema.safeParse(JSON.parse(String(data)));
      if (answer.success) resolve(answer.data.result);
    };
    socket.send(JSON.stringify({ id, method: "Runtime.getHeapUsage" }));
  });
}

function connect(port: number): Promise<WebSocket | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/${TARGET}`);
    socket.onopen = () => resolve(socket);
    socket.onerror = () => resolve(null);
  });
}
