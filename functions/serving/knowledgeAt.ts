import type { KnowledgeBasis } from "../../shared/contracts/predict.ts";
import { type Instant, toIso } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { AppError } from "../../shared/errors.ts";
import type { KnowledgeStore } from "../../shared/ports/knowledgeStore.ts";

/** What an answer about a past moment may look at: what could be known by as_of, in the versions recorded by recorded_until. */
export interface Knowledge {
  readonly as_of: Instant;
  readonly recorded_until: Instant;
  readonly basis: KnowledgeBasis;
}

/**
 * Of a moment since which the store is live, what it had recorded by then: what comes later, or is corrected, does not change the answer.
 * Of an earlier one, all that is recorded by now, as it could have been known then: a replay. With `recorded_until`, what was recorded by
 * that moment, which gives a replay of then again. Fails with invalid_timestamp (422) when that moment is yet to come.
 */
export async function knowledgeAt(
  store: KnowledgeStore,
  asked: {
    readonly instrument: Instrument;
    /** Of the model that answers. */
    readonly name: string;
    readonly as_of: Instant;
    readonly recorded_until: Instant | null;
  },
  now: Instant,
): Promise<Knowledge> {
  const { as_of } = asked;
  const { live_since, sealed_until } = await store.facts(asked.instrument, asked.name);
  const was_live = live_since !== null && as_of >= live_since;
  const known_until = Math.max(now, sealed_until ?? now);
  if (asked.recorded_until !== null && asked.recorded_until > known_until) throw notYetRecorded(asked.recorded_until, known_until);
  // Of a replay, all that there is: what was recorded last is what the record is final up to.
  const recorded_until = asked.recorded_until ?? (was_live ? as_of : (sealed_until ?? now));
  if (sealed_until === null || sealed_until < recorded_until) await store.seal(now);
  return { as_of, recorded_until, basis: was_live && recorded_until <= as_of ? "recorded" : "replayed" };
}

function notYetRecorded(recorded_until: Instant, known_until: Instant): AppError {
  return new AppError(
    "invalid_timestamp",
    `recorded_until: ${toIso(recorded_until)} is in the future; the record goes until ${toIso(known_until)}. Leave it out to use all of it.`,
    { status: 422, details: { field: "recorded_until", now: toIso(known_until) } },
  );
}
