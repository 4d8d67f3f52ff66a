import { durationOf } from "../../format/time.ts";

/** How old a row may be, in words: 2.0 h of open market. */
export function lifetimeOf({
  kind,
  ttl_seconds,
  ttl_counts,
}: {
  readonly kind: string;
  readonly ttl_seconds: number | null;
  readonly ttl_counts: "market_hours" | "wall_clock" | null;
}): string {
  if (ttl_seconds !== null)
    return `${durationOf(ttl_seconds * 1_000)} ${ttl_counts === "market_hours" ? "of open market" : "by the clock"}`;
  if (kind === "join") return "each view's own";
  return kind === "on_demand" ? "computed when asked for" : "none: a row an article";
}

/** What a kind of view means, as a sentence. */
export const KINDS: Readonly<Record<string, string>> = {
  rows: "A row an instrument and moment, which a pipeline makes and keeps.",
  pushed: "A row an instrument and moment, which whoever has it sends.",
  join: "No rows of its own: at each moment those of other views that were known then.",
  articles: "A row an article.",
  on_demand: "No rows: computed when it is asked for.",
};
