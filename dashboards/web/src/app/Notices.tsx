import { notices } from "../state/notices.ts";

export function Notices() {
  return (
    <div role="status" aria-live="polite" class="notices">
      {notices.shown.value.map(({ key, kind, text }) => (
        <p key={key} class={`notice notice-${kind}`}>
          {text}
          <button type="button" class="button button-small" onClick={() => notices.dismiss(key)} aria-label={`Dismiss: ${text}`}>
            ✕
          </button>
        </p>
      ))}
    </div>
  );
}
