import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../api/askError.ts";
import { keys } from "../api/keys.ts";
import { tryKey } from "../api/tryKey.ts";

/**
 * Asks for a key when the server wants one, and tries it before it is taken. It is kept for this tab, and goes with every request of this
 * page to this server alone.
 */
export function KeyDialog() {
  const reason = keys.wanted.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const [key, setKey] = useState("");
  const [is_trying, setTrying] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const leave = () => {
    setKey("");
    setProblem(null);
    keys.decline();
  };
  useEffect(() => {
    if (reason !== null && dialog.current?.open === false) dialog.current.showModal();
    if (reason === null) dialog.current?.close();
  }, [reason]);
  const use = async (event: Event) => {
    event.preventDefault();
    const given = key.trim();
    if (given === "" || is_trying) return;
    setTrying(true);
    setProblem(null);
    const found = await tryKey(given).finally(() => setTrying(false));
    // Who has left meanwhile has said that they go on without.
    if (keys.wanted.peek() === null) return;
    setProblem(found);
    if (found !== null) return;
    keys.keep(given);
    setKey("");
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="key-title" onClose={() => keys.wanted.peek() !== null && leave()}>
      <form onSubmit={(event) => void use(event)}>
        <h2 id="key-title">This server wants a key</h2>
        <p>{reason}</p>
        <p class="quiet">It is kept until this tab is closed, and sent to this server alone.</p>
        <label class="field">
          Key
          <input type="password" autocomplete="off" spellcheck={false} value={key} onInput={(event) => setKey(event.currentTarget.value)} />
        </label>
        {problem && (
          <div class="failed" role="alert">
            <strong>{problem.title}</strong>: {problem.detail} {problem.hint}
          </div>
        )}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={leave}>
            Go on without
          </button>
          <button type="submit" class="button button-main" disabled={is_trying || key.trim() === ""}>
            {is_trying ? "Asking the server …" : "Use it"}
          </button>
        </div>
      </form>
    </dialog>
  );
}
