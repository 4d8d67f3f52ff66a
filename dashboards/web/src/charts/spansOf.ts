/** Neighbours with the same name as one span. Null: of none. */
export function spansOf<Name extends string>(names: readonly (Name | null)[]): { first: number; last: number; name: Name }[] {
  const spans: { first: number; last: number; name: Name }[] = [];
  names.forEach((name, index) => {
    const open = spans.at(-1);
    if (name === null) return;
    if (open?.name === name && open.last === index - 1) open.last = index;
    else spans.push({ first: index, last: index, name });
  });
  return spans;
}
