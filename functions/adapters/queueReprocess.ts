import type { ReprocessMessage } from "../../shared/contracts/reprocess.ts";
import { AppError } from "../../shared/errors.ts";
import type { ReprocessQueue } from "../../shared/ports/reprocessQueue.ts";

/** The part of a Cloudflare Queue producer that is used. */
export interface ReprocessProducer {
  send(message: ReprocessMessage, options: { contentType: "json" }): Promise<unknown>;
}

/** The reprocess queue on Cloudflare Queues, as JSON: so a Worker of another project, or a person over HTTP, can write one too. */
export function createReprocessQueue(queue: ReprocessProducer): ReprocessQueue {
  return {
    send: async (message) => {
      try {
        await queue.send(message, { contentType: "json" });
      } catch (cause) {
        throw new AppError("store_unavailable", "The reprocess queue did not take the message. Send it again.", {
          status: 503,
          retryable: true,
          cause,
        });
      }
    },
  };
}
