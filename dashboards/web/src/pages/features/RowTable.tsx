import { byCount } from "../../../../../shared/domain/byCount.ts";
import { ask, askText } from "../../api/ask.ts";
import { type Answer, useQuery } from "../../api/useAnswer.ts";
import { hrefOf, setQuery } from "../../state/address.ts";
import { Answered, Failed } from "../../ui/Answered.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Tone } from "../../ui/tone.ts";
import { barsRead } from "./barsRead.ts";
import { figureOf } from "./figureOf.ts";
import { lookbackOf } from "./lookbackOf.ts";
import { momentRow, type OnlineRow, readHistoryLine } from "./momentRow.ts";
import { unitLabel } from "./unitLabel.ts";
import type { View } from "./useCatalogue.ts";

/** The heading over the bars, to which a feature's button leads. */
export const BARS_ID = "bars-behind";

const STATUSES: Readonly<Record<string, { readonly tone: Tone; readonly text: string }>> = {
  PRESENT: { tone: "good", text: "served" },
  NULL_VALUE: { tone: "none", text: "known to be missing" },
  NOT_FOUND: { tone: "none", text: "no row" },
  OUTSIDE_MAX_AGE: { tone: "warn", text: "too old" },
};

/** Every value of a view's row at a moment, beside what is served now. */
export function RowTable({
  view,
  pair,
  at,
  record,
  words,
  marked,
}: {
  readonly view: View;
  readonly pair: string;
  readonly at: number;
  readonly record: "now" | "past";
  readonly words: string;
  readonly marked: string | null;
}) {
  const refs = view.features.map(({ ref }) => ref);
  const history = useHistory(refs, pair, at, record);
  const online = useOnline(refs, pair);
  const wanted = words.trim().toLowerCase();
  const explained = new Map(view.features.map((feature) => [feature.ref, feature]));
  return (
    <Answered answer={history} height={400}>
      {(line) => {
        const rows = momentRow(refs, line, online.data).filter(({ ref }) => ref.toLowerCase().includes(wanted));
        const known = rows.filter((row) => row.known !== null).length;
        const served_at = rows.find((row) => row.served_at !== null)?.served_at;
        return (
          <>
            {online.error && <Failed error={online.error} again={online.ask} />}
            <p>
              {known === 0
                ? `Nothing of ${byCount(rows.length, "this feature", `these ${rows.length} features`)} could be known then: there was no row that was young enough, or none recorded.`
                : `${known} of ${rows.length} could be known then.`}{" "}
              {served_at !== undefined && (
                <>
                  Served online is the row of <Time at={served_at} with_age />.
                </>
              )}
            </p>
            <Table
              caption={`Row of ${pair} in ${view.name}, then and now`}
              rows={rows}
              keyOf={({ ref }) => ref}
              empty="No feature of that name is in this view."
              rowClass={({ ref }) => (explained.get(ref)?.name === marked ? "features-marked" : undefined)}
              columns={[
                {
                  name: "feature",
                  is_head: true,
                  show: ({ ref }) => {
                    const feature = explained.get(ref)!;
                    return <a href={hrefOf("features", [feature.view, feature.name])}>{feature.name}</a>;
                  },
                },
                { name: "known then", is_number: true, show: (row) => <span title={exact(row.known)}>{figureOf(row.known)}</span> },
                { name: "online now", is_number: true, show: (row) => <span title={exact(row.served)}>{figureOf(row.served)}</span> },
                { name: "unit", show: ({ ref }) => unitLabel(explained.get(ref)!.unit) },
                {
                  name: "online",
                  show: ({ status }) =>
                    status === null ? "…" : <State tone={STATUSES[status]?.tone ?? "none"}>{STATUSES[status]?.text ?? status}</State>,
                },
                {
                  name: "looks back",
                  show: ({ ref }) => {
                    const feature = explained.get(ref)!;
                    const is_marked = feature.name === marked;
                    return (
                      <span class="features-lookback">
                        {lookbackOf(feature)}{" "}
                        {barsRead(feature, pair) !== null && (
                          <button
                            type="button"
                            class="button button-small"
                            aria-pressed={is_marked}
                            aria-label={`Bars that ${feature.name} reads`}
                            onClick={() => {
                              setQuery({ feature: is_marked ? null : feature.name }, { replace: true });
                              document.getElementById(BARS_ID)?.scrollIntoView({ block: "start" });
                            }}
                          >
                            bars
                          </button>
                        )}
                      </span>
                    );
                  },
                },
                { name: "what it means", show: ({ ref }) => <div class="features-said">{explained.get(ref)!.description}</div> },
              ]}
            />
          </>
        );
      }}
    </Answered>
  );
}

/** To the last digit, for who wants to compare. */
const exact = (value: number | null) => (value === null ? undefined : String(value));

function useHistory(refs: readonly string[], pair: string, at: number, record: "now" | "past"): Answer<Readonly<Record<string, unknown>>> {
  const moment = new Date(at).toISOString();
  const body = {
    ...{ features: refs, full_feature_names: true, format: "ndjson" },
    entities: { instrument: [pair], event_timestamp: [moment] },
    ...(record === "past" ? { as_of: moment } : {}),
  };
  return useQuery(
    ["row of a moment", body],
    // The route reads several formats by itself, so that its contract has the body as a file's.
    async (signal) => readHistoryLine((await askText("POST /get-historical-features", { body } as never, { signal })).text),
    { refresh_ms: null },
  );
}

function useOnline(refs: readonly string[], pair: string): Answer<OnlineRow> {
  const body = { features: [...refs], full_feature_names: true, entities: { instrument: [pair] } };
  return useQuery(["row online", body], (signal) => ask("POST /get-online-features", { body }, signal));
}
