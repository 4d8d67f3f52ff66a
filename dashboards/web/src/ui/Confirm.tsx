import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { AskError } from "../api/askError.ts";
import { notices } from "../state/notices.ts";
import { Failed } from "./Answered.tsx";

/**
 * Asks before something is done, and shows what the server says if it does not want to. `act` does it; the dialog closes when that is done,
 * and cannot be left before: what is under way cannot be taken back. Where it goes away all the same, with the page that it belongs to, a
 * failure is told on whichever page is shown. It is open while it is drawn: `onClose` takes it away.
 */
export function Confirm({
  title,
  children,
  verb,
  is_grave = false,
  can_act = true,
  act,
  onClose,
}: {
  readonly title: string;
  /** What will be done, and to what. */
  readonly children: ComponentChildren;
  /** On the button: Clear 3 tasks. */
  readonly verb: string;
  /** Cannot be taken back. */
  readonly is_grave?: boolean;
  readonly can_act?: boolean;
  readonly act: () => Promise<void>;
  readonly onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [error, setError] = useState<Error | null>(null);
  const [is_acting, setActing] = useState(false);
  const is_gone = useRef(false);
  useEffect(() => {
    dialog.current?.showModal();
    return () => {
      is_gone.current = true;
    };
  }, []);
  const confirm = async () => {
    setActing(true);
    setError(null);
    try {
      await act();
      dialog.current?.close();
    } catch (thrown) {
      const found = thrown instanceof Error ? thrown : new AskError(null, { title: "It failed", detail: String(thrown) });
      if (is_gone.current) notices.bad(`failed-${title}`, `${title} ${verb} failed: ${found.message}`);
      else setError(found);
    } finally {
      setActing(false);
    }
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id} onCancel={(event) => is_acting && event.preventDefault()} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      <div class="dialog-body">{children}</div>
      {error && <Failed error={error} />}
      <div class="dialog-actions">
        <button type="button" class="button" disabled={is_acting} onClick={() => dialog.current?.close()}>
          Leave it
        </button>
        <button
          type="button"
          class={is_grave ? "button button-grave" : "button button-main"}
          disabled={is_acting || !can_act}
          onClick={() => void confirm()}
        >
          {is_acting ? "Asking the server …" : verb}
        </button>
      </div>
    </dialog>
  );
}
