import { AppError } from "../../shared/errors.ts";

/** What `work` gives, or store_unavailable when it has given nothing for so long. It goes on, and nobody hears of it any more. */
export async function withinTime<Value>(work: Promise<Value>, limit_ms: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const passed = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError("store_unavailable", `no answer in ${limit_ms} ms`, { retryable: true })), limit_ms);
  });
  try {
    return await Promise.race([work, passed]);
  } finally {
    clearTimeout(timer);
  }
}
