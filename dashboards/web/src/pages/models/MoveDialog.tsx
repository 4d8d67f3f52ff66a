import { useState } from "preact/hooks";
import { ask } from "../../api/ask.ts";
import { AskError } from "../../api/askError.ts";
import { queries } from "../../api/queries.ts";
import { notices } from "../../state/notices.ts";
import { Confirm } from "../../ui/Confirm.tsx";
import { bodyOfMove, type Move, wordsOfMove } from "./move.ts";

/**
 * Asks who and why, which stay in the model's history, and shows what the server says if it refuses. `current` is the version that the
 * reader saw in Production: where another is by now, nothing is moved.
 */
export function MoveDialog({
  name,
  move,
  current,
  onClose,
}: {
  readonly name: string;
  readonly move: Move;
  readonly current: string | null;
  readonly onClose: () => void;
}) {
  const [by, setBy] = useState("");
  const [reason, setReason] = useState("");
  const [pin, setPin] = useState(move.action === "rollback");
  const { title, verb, about } = wordsOfMove(name, move, current);
  const said = { by: by.trim(), reason: reason.trim() };
  const act = async () => {
    const body = bodyOfMove(move, current, said, pin);
    const done = await ask("POST /api/models/{name}/production", { params: { name }, body }).catch((error: unknown) => {
      // What was shown is not so any more, perhaps.
      if (error instanceof AskError && error.status === 409) void queries.invalidateQueries();
      throw error;
    });
    const now = done.version === null ? "no version is in Production" : `version ${done.version} is in Production`;
    const was = done.replaced === null ? "" : ` in place of version ${done.replaced}`;
    notices.good(`moved-${name}`, `${name}: ${now}${was}, ${done.pinned ? "pinned" : "not pinned"}.`);
    void queries.invalidateQueries();
  };
  return (
    <Confirm title={title} verb={verb} can_act={said.by !== "" && said.reason !== ""} act={act} onClose={onClose}>
      <p>{about}</p>
      <label class="field">
        Who you are
        <input required maxLength={200} autocomplete="name" value={by} onInput={(event) => setBy(event.currentTarget.value)} />
      </label>
      <label class="field">
        Why (it stays in the history of the model)
        <textarea required maxLength={1_000} rows={3} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      {move.action !== "unpin" && (
        <label class="models-check">
          <input type="checkbox" checked={pin} onChange={(event) => setPin(event.currentTarget.checked)} /> Pin it: nothing else is promoted
          by the checks until it is unpinned
        </label>
      )}
    </Confirm>
  );
}
