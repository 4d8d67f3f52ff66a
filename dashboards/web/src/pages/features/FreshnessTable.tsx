import type { AnswerAt } from "../../api/ask.ts";
import { durationOf } from "../../format/time.ts";
import { hrefOf } from "../../state/address.ts";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Tone } from "../../ui/tone.ts";
import { lifetimeOf } from "./lifetimeOf.ts";

type Row = AnswerAt<"GET /api/features/freshness">["rows"][number];

const ONLINE: Readonly<Record<Row["online"]["state"], { readonly tone: Tone; readonly text: string }>> = {
  current: { tone: "good", text: "the same row" },
  behind: { tone: "warn", text: "an older row" },
  absent: { tone: "bad", text: "no row" },
  unreadable: { tone: "bad", text: "cannot be asked" },
};

const agedOf = (seconds: number | null) => (seconds === null ? "–" : durationOf(seconds * 1_000));

/** Newest rows with both their ages, what is allowed, and what is served of them. */
export function FreshnessTable({
  rows,
  caption,
  empty,
}: {
  readonly rows: readonly Row[];
  readonly caption: string;
  readonly empty?: string;
}) {
  return (
    <Table
      caption={caption}
      rows={rows}
      keyOf={({ view, instrument }) => `${view} ${instrument}`}
      empty={empty}
      columns={[
        { name: "pair", is_head: true, show: ({ instrument }) => instrument },
        { name: "view", show: ({ view }) => <a href={hrefOf("features", [view])}>{view}</a> },
        {
          name: "state",
          show: ({ is_stale, event_time }) => (
            <State tone={is_stale ? "bad" : "good"}>{event_time === null ? "no row" : is_stale ? "stale" : "fresh"}</State>
          ),
        },
        { name: "newest row", show: ({ event_time }) => <Time at={event_time} /> },
        { name: "age by the clock", is_number: true, show: ({ age_seconds }) => agedOf(age_seconds) },
        { name: "of open market", is_number: true, show: ({ market_age_seconds }) => agedOf(market_age_seconds) },
        { name: "served for", show: (row) => lifetimeOf({ kind: "rows", ...row }) },
        { name: "online", show: ({ online }) => <State tone={ONLINE[online.state].tone}>{ONLINE[online.state].text}</State> },
        {
          name: "the row",
          show: ({ view, instrument, event_time }) =>
            event_time === null ? (
              <span class="missing">–</span>
            ) : (
              <a href={hrefOf("features", [], { show: "row", of: view, instrument, at: event_time })}>look</a>
            ),
        },
      ]}
    />
  );
}
