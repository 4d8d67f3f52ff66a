import { type Instant, MINUTE } from "../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../shared/errors.ts";
import type { ToldBook } from "../../shared/ports/callbackOutbox.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Channel, Notification, Notifier } from "../../shared/ports/notifier.ts";

export interface TellOptions {
  /** Where a notification goes. */
  channelsOf(notification: Notification): readonly Channel[];
  readonly told: ToldBook;
  readonly clock: Clock;
}

/**
 * Tells several channels, each once: one that does not take it makes the whole come again, for that one alone. A channel that asks for a pause (Slack's 429)
 * is not asked again before it is over, also not with what comes next.
 */
export function tellChannels({ channelsOf, told: book, clock }: TellOptions): Notifier {
  const rests = new Map<string, Instant>();

  async function tell(channel: Channel, notification: Notification): Promise<AppError | null> {
    const rest_ms = (rests.get(channel.name) ?? 0) - clock.now();
    if (rest_ms > 0) return new AppError("rate_limited", `${channel.name} asked for a pause`, { retryable: true, retry_after_ms: rest_ms });
    try {
      await channel.notify(notification);
    } catch (cause) {
      const error = toAppError(cause);
      if (error.retry_after_ms !== null) rests.set(channel.name, clock.now() + Math.min(error.retry_after_ms, MAX_REST_MS));
      return error;
    }
    await book.markTold(notification.id, channel.name, clock.now());
    return null;
  }

  return {
    async notify(notification) {
      const told = new Set(await book.toldChannels(notification.id));
      const due = channelsOf(notification).filter(({ name }) => !told.has(name));
      const ends = await Promise.all(due.map((channel) => tell(channel, notification)));
      const failed = ends.filter((end) => end !== null);
      if (failed.length === 0) return;
      const retry_after_ms = Math.max(...failed.map((error) => error.retry_after_ms ?? 0));
      const message = failed.map((error) => error.message).join("; ");
      throw new AppError("source_unavailable", message, {
        status: 503,
        retryable: true,
        ...(retry_after_ms > 0 ? { retry_after_ms } : {}),
      });
    },
  };
}

/** A receiver that says a day means an hour here: it is asked whether that is so. */
const MAX_REST_MS = 60 * MINUTE;
