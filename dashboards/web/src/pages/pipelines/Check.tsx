import { useId } from "preact/hooks";

/** A thing that is so or not. */
export function Check({
  label,
  value,
  onChoose,
}: {
  readonly label: string;
  readonly value: boolean;
  readonly onChoose: (value: boolean) => void;
}) {
  const id = useId();
  return (
    <span class="check">
      <input id={id} type="checkbox" checked={value} onChange={(event) => onChoose(event.currentTarget.checked)} />
      <label for={id}>{label}</label>
    </span>
  );
}
