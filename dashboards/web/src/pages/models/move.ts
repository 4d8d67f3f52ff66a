import type { InputAt } from "../../api/ask.ts";

/** What a person may do with Production: put a version there, put one back that was there before, or end what pins one. */
export interface Move {
  readonly action: "promote" | "rollback" | "unpin";
  readonly version: string;
}

type Body = NonNullable<InputAt<"POST /api/models/{name}/production">["body"]>;

/**
 * What is sent: always which version comes, and which one the reader saw in Production (null: none), so that asked twice, or from a page of an
 * hour ago, it does nothing else than what was read.
 */
export function bodyOfMove(
  { action, version }: Move,
  current: string | null,
  said: { readonly by: string; readonly reason: string },
  pin: boolean,
): Body {
  const terms = { expected_version: current, ...said };
  return action === "unpin" ? { action, ...terms } : { action, version, pin, ...terms };
}

export function wordsOfMove(
  name: string,
  { action, version }: Move,
  current: string | null,
): { readonly title: string; readonly verb: string; readonly about: string } {
  const now = current === null ? "Nothing is in Production now." : `Version ${current} is in Production now.`;
  const archived = current === null ? "" : ` Version ${current} is archived, and can be put back.`;
  if (action === "promote")
    return {
      title: `Put version ${version} in Production?`,
      verb: `Promote version ${version}`,
      about: `${now} From then on ${name} answers by version ${version}, within 5 seconds.${archived} A version that failed a check of its integrity is refused.`,
    };
  if (action === "rollback")
    return {
      title: `Roll ${name} back to version ${version}?`,
      verb: `Roll back to version ${version}`,
      about: `${now} Version ${version}, which was there before, comes back, and /predict answers by it within 5 seconds.${archived}`,
    };
  return {
    title: `Unpin version ${version}?`,
    verb: `Unpin version ${version}`,
    about: `${now} The next version that passes its checks ${current === null ? "comes there" : "may take its place"}.`,
  };
}
