import { useId } from "preact/hooks";
import { readMoment, typedMoment } from "../format/readMoment.ts";

/** A moment to the minute, typed as 2026-01-31 14:05: in UTC, whatever zone the page shows. */
export function MomentField({
  at,
  onChoose,
  label = "Moment (UTC)",
}: {
  readonly at: number;
  readonly onChoose: (at: number) => void;
  readonly label?: string;
}) {
  const id = useId();
  return (
    <span class="choice">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="number"
        size={16}
        spellcheck={false}
        autocomplete="off"
        title="2026-01-31 14:05, or the date alone"
        value={typedMoment(at)}
        onInput={(event) => event.currentTarget.setCustomValidity("")}
        onChange={(event) => {
          const field = event.currentTarget;
          const chosen = readMoment(field.value);
          field.setCustomValidity(chosen === null ? "Write it as 2026-01-31 14:05, in UTC." : "");
          if (chosen === null) field.reportValidity();
          else onChoose(chosen);
        }}
      />
    </span>
  );
}
