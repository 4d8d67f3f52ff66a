import { useEffect, useRef, useState } from "preact/hooks";
import { declineKey, keepKey, keyWanted } from "../api/apiKey.ts";

/** Asks for a key when the server wants one. It is kept for this tab, and goes with every request of this page to this server alone. */
export function KeyDialog() {
  const reason = keyWanted.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const [key, setKey] = useState("");
  useEffect(() => {
    if (reason !== null) dialog.current?.showModal();
    else dialog.current?.close();
  }, [reason]);
  const use = (event: Event) => {
    event.preventDefault();
    if (key.trim() === "") return;
    keepKey(key.trim());
    setKey("");
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="key-title" onCancel={declineKey}>
      <form onSubmit={use}>
        <h2 id="key-title">This server wants a key</h2>
        <p>{reason}</p>
        <p class="quiet">It is kept until this tab is closed, and sent to this server alone.</p>
        <label class="field">
          Key
          <input type="password" autocomplete="off" spellcheck={false} value={key} onInput={(event) => setKey(event.currentTarget.value)} />
        </label>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={declineKey}>
            Go on without
          </button>
          <button type="submit" class="button button-main" disabled={key.trim() === ""}>
            Use it
          </button>
        </div>
      </form>
    </dialog>
  );
}
