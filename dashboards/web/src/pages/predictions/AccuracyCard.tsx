import { useMemo } from "preact/hooks";
import { DAY } from "../../../../../shared/domain/instant.ts";
import type { AnswerAt } from "../../api/ask.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { amountOf } from "../../format/amountOf.ts";
import { hrefOf, setQuery } from "../../state/address.ts";
import { chosen } from "../../state/choices.ts";
import { now } from "../../state/now.ts";
import { Answered, Empty, Failed } from "../../ui/Answered.tsx";
import { baselineName } from "../../ui/baselineName.ts";
import { Card } from "../../ui/Card.tsx";
import { Switch } from "../../ui/Choice.tsx";
import { Estimate, Figure } from "../../ui/Figure.tsx";
import { useRule } from "../monitoring/useReadings.ts";
import { AccuracyChart } from "./AccuracyChart.tsx";
import { accuracyDays } from "./accuracyDays.ts";
import { accuracyVerdict, whyUntold } from "./accuracyVerdict.ts";
import { estimateOf } from "./estimateOf.ts";

const WINDOWS = ["7d", "30d"] as const;
type WindowName = (typeof WINDOWS)[number];
const SHOWN_DAYS = 120;
/** Of a point, s: within a day the share of so many days hardly changes. */
const STEP_S = 86_400;

type Readings = AnswerAt<"GET /api/monitoring/readings">["readings"];
type Series = AnswerAt<"GET /api/monitoring/series">;

/** The share of directions that were right, beside what the best rule without a model would have been, and both in time. */
export function AccuracyCard({ pair }: { readonly pair: string }) {
  const days = chosen<WindowName>("window", WINDOWS, "30d");
  const readings = useAnswer("GET /api/monitoring/readings", { query: { check: "performance", subject: pair } });
  return (
    <Card
      title="How good it has been"
      about="Of the pipeline's own answers whose hour is over, outside the hours of the daily rollover. A baseline needs no model: always the commoner direction, or that of the last hour."
      actions={
        <>
          <a href={hrefOf("performance", [], { instrument: pair })}>more of it</a>
          <Switch<WindowName>
            label="Over"
            value={days}
            options={WINDOWS.map((value) => ({ value, text: `over ${value.replace("d", " days")}` }))}
            onChoose={(value) => setQuery({ window: value === "30d" ? null : value }, { replace: true })}
          />
        </>
      }
    >
      <Answered answer={readings} height={60}>
        {({ readings: all }) => <Newest readings={all} days={days} />}
      </Answered>
      <InTime pair={pair} days={days} />
    </Card>
  );
}

function Newest({ readings, days }: { readonly readings: Readings; readonly days: WindowName }) {
  const of = (metric: string) => readings.find((one) => one.metric === `${metric}_${days}`);
  const [accuracy, baseline] = [of("accuracy"), of("baseline_accuracy")];
  const untold = whyUntold(accuracy);
  if (accuracy === undefined || untold !== null)
    return (
      <p class="quiet">
        {untold} The pipeline answers once an hour while the market is open, and each answer is settled when its hour is over.
      </p>
    );
  const name = baseline?.details["baseline"];
  return (
    <>
      <div class="figures">
        <Figure name="right" note={`of ${amountOf(accuracy.n ?? 0, "decided answer")}`}>
          <Estimate of={estimateOf(accuracy)} is_share />
        </Figure>
        <Figure name="the best baseline" note={typeof name === "string" ? baselineName(name) : undefined}>
          {baseline === undefined || whyUntold(baseline) !== null ? "not known" : <Estimate of={estimateOf(baseline)} is_share />}
        </Figure>
      </div>
      <p>{accuracyVerdict(accuracy, baseline)}</p>
    </>
  );
}

function InTime({ pair, days }: { readonly pair: string; readonly days: WindowName }) {
  const to = useMemo(() => Math.ceil(now.peek() / DAY) * DAY, []);
  const query = (metric: string) => ({
    query: {
      ...{ check: "performance" as const, metric: `${metric}_${days}`, subject: pair, step: STEP_S },
      ...{ from: new Date(to - SHOWN_DAYS * DAY).toISOString(), to: new Date(to).toISOString() },
    },
  });
  const accuracy = useAnswer("GET /api/monitoring/series", query("accuracy"), { refresh_ms: null });
  const baseline = useAnswer("GET /api/monitoring/series", query("baseline_accuracy"), { refresh_ms: null });
  const rule = useRule("performance", `accuracy_${days}`);
  const points = ({ series }: Series) => series.flatMap((one) => one.points);
  return (
    <Answered answer={accuracy} height={60}>
      {(answer) => {
        const { days: told, untold } = accuracyDays(points(answer), baseline.data === undefined ? [] : points(baseline.data));
        return (
          <>
            {baseline.error && <Failed error={baseline.error} again={baseline.ask} />}
            {told.length === 0 ? (
              <Empty>
                A curve is drawn when there are days of which it can be told: {rule?.min_n ?? "enough"} answers in the{" "}
                {days.replace("d", " days")} before.
              </Empty>
            ) : (
              <AccuracyChart pair={pair} days={told} />
            )}
            {untold > 0 && (
              <p class="quiet">
                {amountOf(untold, "day is", "days are")} not drawn: of too few answers it is not known yet how good they were.
              </p>
            )}
          </>
        );
      }}
    </Answered>
  );
}
