import { useState } from "preact/hooks";
import { ask, type InputAt } from "../../api/ask.ts";
import { queries } from "../../api/queries.ts";
import { notices } from "../../state/notices.ts";
import { Confirm } from "../../ui/Confirm.tsx";

/** What a person may do with Production: put a version there, put the one before back, or end a pin. */
export type Move =
  | { readonly action: "promote"; readonly version: string }
  | { readonly action: "rollback" }
  | { readonly action: "unpin"; readonly version: string };

type Body = NonNullable<InputAt<"POST /api/models/{name}/production">["body"]>;

/** Asks who and why, which stay in the model's history, and shows what the server says if it refuses. */
export function MoveDialog({ name, move, onClose }: { readonly name: string; readonly move: Move; readonly onClose: () => void }) {
  const [by, setBy] = useState("");
  const [reason, setReason] = useState("");
  const [pin, setPin] = useState(move.action === "rollback");
  const { title, verb, about } = wordsOf(name, move);
  const said = { by: by.trim(), reason: reason.trim() };
  const act = async () => {
    const done = await ask("POST /api/models/{name}/production", { params: { name }, body: bodyOf(move, said, pin) });
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

function bodyOf(move: Move, said: { readonly by: string; readonly reason: string }, pin: boolean): Body {
  if (move.action === "unpin") return { action: "unpin", ...said };
  if (move.action === "rollback") return { action: "rollback", pin, ...said };
  return { action: "promote", version: move.version, pin, ...said };
}

function wordsOf(name: string, move: Move): { readonly title: string; readonly verb: string; readonly about: string } {
  if (move.action === "promote")
    return {
      title: `Put version ${move.version} in Production?`,
      verb: `Promote version ${move.version}`,
      about: `From now on ${name} answers by it; what is in Production is archived, and can be put back. A version that failed a check of its integrity is refused.`,
    };
  if (move.action === "rollback")
    return {
      title: `Roll ${name} back?`,
      verb: "Roll back",
      about:
        "The version that was in Production before comes back, and the present one is archived. /predict answers by it within 5 seconds.",
    };
  return {
    title: `Unpin version ${move.version}?`,
    verb: "Unpin",
    about: "The version stays where it is, and the next one that passes its checks may replace it.",
  };
}
