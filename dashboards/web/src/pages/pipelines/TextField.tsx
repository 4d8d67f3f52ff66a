import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** A line of text, or several, or a number, with its name above and what it is for below. */
export function TextField({
  label,
  value,
  onChoose,
  type = "text",
  about,
  problem,
  lines = 1,
  placeholder,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly type?: "text" | "number";
  readonly about?: ComponentChildren;
  /** What is wrong with the value, in place of what it is for. */
  readonly problem?: string | undefined;
  /** More than one: a box of so many. */
  readonly lines?: number;
  readonly placeholder?: string;
}) {
  const id = useId();
  const told = problem ?? about;
  const described = { "aria-describedby": told === undefined ? undefined : `${id}-about`, "aria-invalid": problem !== undefined };
  const own = { id, value, placeholder, ...described };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {lines > 1 ? (
        <textarea {...own} rows={lines} onInput={(event) => onChoose(event.currentTarget.value)} />
      ) : (
        <input {...own} type={type as "text"} onInput={(event) => onChoose(event.currentTarget.value)} />
      )}
      {told !== undefined && (
        <span id={`${id}-about`} class={problem === undefined ? "quiet" : "field-problem"}>
          {told}
        </span>
      )}
    </div>
  );
}
