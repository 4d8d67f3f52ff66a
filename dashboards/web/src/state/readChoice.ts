/** What a value of the address stands for: one of those that there are, or the fallback, with what is to be told of that. */
export function readChoice<Value extends string>(
  said: string | null,
  {
    name,
    allowed,
    fallback,
    shown = `${fallback === "" ? "everything" : fallback} is shown`,
  }: {
    readonly name: string;
    /** Null: not known yet, so that any may be one. */
    readonly allowed: readonly Value[] | null;
    readonly fallback: NoInfer<Value>;
    /** What is seen in its place: a sentence without its full stop. */
    readonly shown?: string | undefined;
  },
): { readonly value: Value; readonly problem: string | null } {
  if (said === null || said === "") return { value: fallback, problem: null };
  const found = allowed === null ? (said as Value) : allowed.find((one) => one === said);
  if (found !== undefined) return { value: found, problem: null };
  return { value: fallback, problem: `${name}=${said.slice(0, 60)} is not known here: ${shown}. Known: ${allowed?.join(", ")}.` };
}
