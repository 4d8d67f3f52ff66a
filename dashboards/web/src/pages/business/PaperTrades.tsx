import { useAnswer } from "../../api/useAnswer.ts";
import { amountOf } from "../../format/amountOf.ts";
import { instrument, instruments } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { TableBelow } from "../monitoring/ReadingPanel.tsx";
import { showOf, showShare } from "../monitoring/readingForm.ts";
import { SeriesChart } from "../monitoring/SeriesChart.tsx";
import { MEASURED_REFRESH_MS } from "../monitoring/useReadings.ts";
import { cumulativePnl } from "./cumulativePnl.ts";
import { fewTradesNote } from "./fewTradesNote.ts";

const show = showOf("bp");
/** More rows than a person reads; GET /api/paper-trades has all. */
const MAX_LISTED = 20;

/** What the trades of the rule add up to from four weeks ago until now, a small curve a pair. */
export function PaperTrades() {
  const pairs = instruments.value.filter((pair) => instrument.value === "" || pair === instrument.value);
  return (
    <Card
      title="Cumulative profit and loss, trade by trade"
      about="By the rule, of the four weeks until now: from 0 on, each trade's return is added when it ends. In basis points; net is after the spread at both ends, gross between mids, which nobody can earn."
      is_wide
    >
      <div class="monitoring-pairs">
        {pairs.map((pair) => (
          <PairTrades key={pair} pair={pair} />
        ))}
      </div>
    </Card>
  );
}

function PairTrades({ pair }: { readonly pair: string }) {
  const answer = useAnswer("GET /api/paper-trades", { query: { instrument: pair } }, { refresh_ms: MEASURED_REFRESH_MS });
  return (
    <section aria-label={`Paper trades: ${pair}`}>
      <h3>{pair}</h3>
      <Answered answer={answer} height={190}>
        {({ trades, forecasts, late, rule, from, to }) => {
          const asked = `${amountOf(forecasts, "settled prediction")}${late === 0 ? "" : `, ${late} too late to trade`}`;
          if (trades.length === 0)
            return (
              <p class="monitoring-unknown">
                No trade of {asked}: none was above {showShare(rule.long_above)} or below {showShare(rule.short_below)}. It fills as such
                predictions are settled, each an hour after its bar.
              </p>
            );
          const { net, gross } = cumulativePnl({ from, to, trades });
          const newest = trades.at(-1)!;
          return (
            <>
              <p class="monitoring-pair">
                <span class="state">
                  net <strong class="number">{show(newest.total_net_bp)}</strong>
                </span>{" "}
                <span class="quiet number">
                  gross {show(newest.total_gross_bp)}, {amountOf(trades.length, "trade")} of {asked}
                </span>
              </p>
              {fewTradesNote(trades.length) !== null && <p class="monitoring-unknown">{fewTradesNote(trades.length)}</p>}
              <SeriesChart
                label={`Cumulative profit and loss of ${pair}: ${show(newest.total_net_bp)} net after ${amountOf(trades.length, "trade")}.`}
                height={170}
                lines={[
                  { name: "net", points: net },
                  { name: "gross", points: gross, is_dashed: true },
                ]}
                show={show}
                window={{ from: Date.parse(from), to: Date.parse(to) }}
              />
              <TableBelow>
                <Table
                  caption={`Paper trades of ${pair}, the newest first`}
                  rows={trades.toReversed().slice(0, MAX_LISTED)}
                  keyOf={({ entered_at }) => entered_at}
                  columns={[
                    { name: "entered", show: ({ entered_at }) => <Time at={entered_at} />, is_head: true },
                    { name: "side", show: ({ side }) => side },
                    { name: "said", show: ({ prediction }) => showShare(prediction), is_number: true },
                    { name: "gross", show: ({ gross_bp }) => show(gross_bp), is_number: true },
                    { name: "net", show: ({ net_bp }) => show(net_bp), is_number: true },
                    { name: "sum, net", show: ({ total_net_bp }) => show(total_net_bp), is_number: true },
                  ]}
                />
                {trades.length > MAX_LISTED && <p class="about">{trades.length - MAX_LISTED} older ones are at GET /api/paper-trades.</p>}
              </TableBelow>
            </>
          );
        }}
      </Answered>
    </section>
  );
}
