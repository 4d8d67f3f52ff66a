/** What an action of tests/clients/actions.py came to: an answer, or the word of an error. */
export interface ActionLine {
  readonly action: string;
  readonly answer?: unknown;
  readonly error?: string;
}

export interface Comparison {
  readonly equal: readonly string[];
  /** Differences that are meant, by action, with the reason. */
  readonly known: readonly { readonly action: string; readonly reason: string }[];
  readonly unknown: readonly { readonly action: string; readonly ours: ActionLine | null; readonly theirs: ActionLine | null }[];
  /** Meant, and there no more: the list is to be shortened. */
  readonly gone: readonly string[];
}

/** Compares what the same actions came to on two servers, each line by what it says. */
export function compareAnswers(
  ours: readonly ActionLine[],
  theirs: readonly ActionLine[],
  meant: Readonly<Record<string, string>>,
): Comparison {
  const byAction = (lines: readonly ActionLine[]) => new Map(lines.map((line) => [line.action, line]));
  const [own, real] = [byAction(ours), byAction(theirs)];
  const actions = [...new Set([...own.keys(), ...real.keys()])];
  const differing = actions.filter((action) => JSON.stringify(own.get(action)) !== JSON.stringify(real.get(action)));
  const isMeant = (action: string) => Object.hasOwn(meant, action);
  return {
    equal: actions.filter((action) => !differing.includes(action)),
    known: differing.filter(isMeant).map((action) => ({ action, reason: meant[action]! })),
    unknown: differing
      .filter((action) => !isMeant(action))
      .map((action) => ({ action, ours: own.get(action) ?? null, theirs: real.get(action) ?? null })),
    gone: actions.filter((action) => isMeant(action) && !differing.includes(action)),
  };
}
