import type { DeadLetterView } from "../../shared/contracts/reprocess.ts";
import { toIso, toIsoOrNull } from "../../shared/domain/instant.ts";
import type { DeadLetter } from "../../shared/ports/deadLetters.ts";

/** A dead letter with its body as it came, not as the text that it is kept as. */
export function viewOfDeadLetter(letter: DeadLetter): DeadLetterView {
  return {
    ...letter,
    body: JSON.parse(letter.body),
    received_at: toIso(letter.received_at),
    replayed_at: toIsoOrNull(letter.replayed_at),
  };
}
