import { AppError } from "../../../shared/errors.ts";
import type { Timers } from "../../../shared/ports/timers.ts";

export interface ReadLimits {
  readonly max_bytes: number;
  readonly idle_ms: number;
  /** True: what is beyond the limit is left out, in place of an error. */
  readonly is_cut?: boolean;
}

/**
 * The bytes of a body, counted as they arrive and after decompression, so that neither a false Content-Length nor a bomb of zeros gets more
 * memory than the limit. Ends the connection when it stops reading.
 */
export async function readLimited(response: Response, limits: ReadLimits, timers: Timers): Promise<Uint8Array> {
  const declared = Number(response.headers.get("content-length") ?? 0);
  if (declared > limits.max_bytes && !limits.is_cut) {
    await response.body?.cancel();
    throw tooLarge(limits.max_bytes, `${declared} bytes are announced`);
  }
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await untilIdle(reader.read(), limits.idle_ms, timers);
      if (done) return join(chunks, length);
      chunks.push(value);
      length += value.byteLength;
      if (length <= limits.max_bytes) continue;
      if (limits.is_cut) return join(chunks, length).subarray(0, limits.max_bytes);
      throw tooLarge(limits.max_bytes, "more came");
    }
  } finally {
    // After a full read this does nothing; a connection that has failed already has nothing to add.
    await reader.cancel().catch(() => undefined);
  }
}

async function untilIdle<Result>(work: Promise<Result>, idle_ms: number, timers: Timers): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const cancel = timers.after(idle_ms, () =>
    reject(new AppError("source_unavailable", `nothing came for ${idle_ms} ms`, { retryable: true })),
  );
  try {
    return await Promise.race([work, promise]);
  } finally {
    cancel();
  }
}

function tooLarge(max_bytes: number, how: string): AppError {
  return new AppError("body_too_large", `The answer is larger than ${max_bytes} bytes: ${how}`, { status: 502, details: { max_bytes } });
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
