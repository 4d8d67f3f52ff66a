import type { Message } from "@cloudflare/workers-types";
import { toAppError } from "../shared/errors.ts";

type Delivered = Pick<Message, "id" | "body" | "ack" | "retry">;

/** Each message of a batch for itself: one that fails comes again, and holds up no other. */
export async function deliverEach(messages: readonly Delivered[], take: (message: Delivered) => Promise<unknown>): Promise<void> {
  for (const message of messages) {
    try {
      await take(message);
      message.ack();
    } catch (error) {
      console.error(`Message ${message.id} is to be delivered again: ${toAppError(error).message}`);
      message.retry();
    }
  }
}
