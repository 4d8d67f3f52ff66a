import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { amountOf } from "../../format/amountOf.ts";
import { momentOf } from "../../format/time.ts";
import { instrument, instruments, ZONES, zone } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Unasked } from "../../ui/Unasked.tsx";
import { chosenRange } from "../monitoring/chosenRange.ts";
import { type Cells, featuresByPair, featuresByTime } from "../monitoring/heatmapCells.ts";
import { PanelTable } from "../monitoring/PanelTable.tsx";
import { textOfRange } from "../monitoring/ranges.ts";
import { showShare } from "../monitoring/readingForm.ts";
import { ofPair, type Reading } from "../monitoring/readings.ts";
import { useReadings, useRule } from "../monitoring/useReadings.ts";
import { useSeen } from "../monitoring/useSeen.ts";
import { useSeries } from "../monitoring/useSeries.ts";
import { FeatureHeatmap } from "./FeatureHeatmap.tsx";

/** More rows than a person compares. */
const MAX_TABLE = 60;
/** Features of one pair, about: what one answer has to hold. */
const FEATURES_OF_PAIR = 90;

/** Missing values: features by pair where all pairs are looked at, and by moment where one is. */
export function MissingValues() {
  const frame = useRef<HTMLDivElement>(null);
  const is_seen = useSeen(frame);
  const readings = useReadings("features", "missing_share");
  const rule = useRule("features", "missing_share");
  const pair = instrument.value;
  const is_all = pair === "";
  const ownOf = (all: readonly Reading[]) =>
    ofPair(all, pair, instruments.value).toSorted((one, other) => (other.value ?? -1) - (one.value ?? -1));
  return (
    <Card
      title={is_all ? "Missing values: feature by pair" : `Missing values of ${pair}: feature by time`}
      about="Share of four weeks of rows in which a feature has no value; the thirty features with the most. A feature that misses nothing has no row. Judged against what was missing in training, in the panel below."
      is_wide
    >
      <div ref={frame}>
        <Answered
          answer={readings}
          height={300}
          is_empty={({ readings: all }) => ownOf(all).length === 0}
          empty="Nothing is measured yet: features are compared in the first run of an hour, once a model is in Production."
        >
          {({ readings: all, has_more }) => {
            const own = ownOf(all);
            const table = (
              <>
                <PanelTable caption="Missing values by feature" readings={own.slice(0, MAX_TABLE)} show={showShare} rule={rule} />
                {own.length > MAX_TABLE && (
                  <p class="about">
                    {amountOf(own.length - MAX_TABLE, "feature that misses less is", "features that miss less are")} not listed.
                  </p>
                )}
              </>
            );
            return (
              <>
                {has_more && <p class="about">There are more features than one answer holds: choose a pair to see all of its own.</p>}
                {is_all ? (
                  <ByPair found={featuresByPair(own, instruments.value)} table={table} />
                ) : (
                  <ByTime pair={pair} table={table} is_seen={is_seen} />
                )}
              </>
            );
          }}
        </Answered>
      </div>
    </Card>
  );
}

function ByPair({ found, table }: { readonly found: Cells; readonly table: ComponentChildren }) {
  if (found.rows.length === 0) return <p>No feature misses a value in any row of the last four weeks.</p>;
  return (
    <>
      <FeatureHeatmap
        label="Share of values that are missing, by feature and pair. The figures are in the table."
        found={found}
        textOf={(name) => name}
      >
        {table}
      </FeatureHeatmap>
      <LeftOut found={found} />
    </>
  );
}

function ByTime({ pair, table, is_seen }: { readonly pair: string; readonly table: ComponentChildren; readonly is_seen: boolean }) {
  const { answer } = useSeries({
    check: "features",
    metric: "missing_share",
    instrument: pair,
    count: FEATURES_OF_PAIR,
    is_wanted: is_seen,
  });
  const range = chosenRange();
  const textOf = (at: string) => {
    const { date, time } = momentOf(Date.parse(at), ZONES[zone.value]);
    return range === "1d" ? time : `${date.slice(5)} ${time}`;
  };
  if (!is_seen) return <Unasked height={300} />;
  return (
    <Answered answer={answer} height={300}>
      {({ series }) => {
        const found = featuresByTime(series);
        if (found.rows.length === 0)
          return (
            <p>
              No feature of {pair} misses a value in the last {textOfRange(range)}.
            </p>
          );
        return (
          <>
            <FeatureHeatmap
              label={`Share of values of ${pair} that are missing, by feature and moment of the last ${textOfRange(range)}. The newest figures are in the table.`}
              found={found}
              textOf={textOf}
            >
              {table}
            </FeatureHeatmap>
            <LeftOut found={found} />
          </>
        );
      }}
    </Answered>
  );
}

function LeftOut({ found: { left_out } }: { readonly found: Cells }) {
  if (left_out === 0) return null;
  return <p class="about">{amountOf(left_out, "feature that misses less is", "features that miss less are")} not drawn.</p>;
}
