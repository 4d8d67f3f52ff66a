import { useId } from "preact/hooks";

/** Words to search for; what is typed stands in the address at once. */
export function SearchField({
  label,
  value,
  hint,
  onSearch,
}: {
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  readonly onSearch: (words: string) => void;
}) {
  const id = useId();
  return (
    <span class="choice">
      <label for={id}>{label}</label>
      <input id={id} type="search" placeholder={hint} value={value} onInput={(event) => onSearch(event.currentTarget.value)} />
    </span>
  );
}
