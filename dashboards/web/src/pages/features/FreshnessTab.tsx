import { useAnswer } from "../../api/useAnswer.ts";
import { durationOf } from "../../format/time.ts";
import { hrefOf } from "../../state/address.ts";
import { instrument } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { FreshnessTable } from "./FreshnessTable.tsx";
import { ageOf, freshnessGrid } from "./freshnessGrid.ts";

const EMPTY =
  "No view has a row yet. The pipelines make rows of the market at the close of each hour, and of news when articles were read.";

/** How old the newest row of every view and pair is. */
export function FreshnessTab() {
  const pair = instrument.value;
  const answer = useAnswer("GET /api/features/freshness", { query: pair === "" ? {} : { instrument: pair } });
  return (
    <Answered answer={answer} height={300} is_empty={({ rows }) => rows.length === 0} empty={EMPTY}>
      {({ rows, stale, at }) => {
        const { views, pairs } = freshnessGrid(rows);
        return (
          <>
            <Card
              title="At a glance"
              about="The age of the newest row, by the clock that its view is judged by: of open market for bars, so that nothing grows older over a weekend."
              is_wide
            >
              <p>
                <State tone={stale === 0 ? "good" : "bad"}>{stale === 0 ? "all fresh" : `${stale} of ${rows.length} stale`}</State> as of{" "}
                <Time at={at} with_seconds />
              </p>
              <Table
                caption="Freshness by pair and view"
                rows={pairs}
                keyOf={({ instrument: name }) => name}
                columns={[
                  { name: "pair", is_head: true, show: ({ instrument: name }) => name },
                  ...views.map((view) => ({
                    name: <a href={hrefOf("features", [view])}>{view}</a>,
                    show: ({ by_view }: (typeof pairs)[number]) => {
                      const row = by_view.get(view);
                      if (row === undefined) return <span class="missing">–</span>;
                      return (
                        <State tone={row.is_stale ? "bad" : "good"}>
                          {row.event_time === null ? "no row" : `${row.is_stale ? "stale, " : ""}${durationOf((ageOf(row) ?? 0) * 1_000)}`}
                        </State>
                      );
                    },
                  })),
                ]}
              />
            </Card>
            <Card title="Every view and pair" is_wide>
              <FreshnessTable rows={rows} caption="Newest rows of every view and pair" />
            </Card>
          </>
        );
      }}
    </Answered>
  );
}
