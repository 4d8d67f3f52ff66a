import { useAnswer } from "../../api/useAnswer.ts";
import { numberOf, percentOf } from "../../format/number.ts";
import { hrefOf } from "../../state/address.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Figure } from "../../ui/Figure.tsx";
import { Missing } from "../../ui/Missing.tsx";
import { OutcomeState } from "../../ui/OutcomeState.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Time } from "../../ui/Time.tsx";
import { Explanation } from "./Explanation.tsx";
import { FeatureTable } from "./FeatureTable.tsx";
import { Lineage } from "./Lineage.tsx";
import type { PredictionView } from "./lineageSteps.ts";
import { RecordOfModel } from "./RecordOfModel.tsx";

/** One answer: what it said, what became of it, why, and where it came from. */
export function OnePrediction({ prediction_id }: { readonly prediction_id: string }) {
  const answer = useAnswer("GET /predictions/{prediction_id}", { params: { prediction_id } });
  if (answer.data === undefined && answer.error?.status === 404)
    return (
      <Missing title="There is no such prediction" back={{ href: hrefOf("predictions"), text: "The predictions that there are" }}>
        {answer.error.problem.detail}
      </Missing>
    );
  return (
    <Answered answer={answer} height={500}>
      {(prediction) => <Shown prediction={prediction} />}
    </Answered>
  );
}

function Shown({ prediction }: { readonly prediction: PredictionView }) {
  const {
    instrument,
    direction,
    prediction: share,
    target_start,
    target_end,
    event_time,
    requested_at,
    as_of,
    source,
    outcome,
  } = prediction;
  return (
    <>
      <PageHead title={`${instrument.replace("_", "/")}: ${direction === "bullish" ? "▲" : "▼"} ${direction}`}>
        Answered at <Time at={requested_at} with_seconds /> about the time from <Time at={target_start} /> to <Time at={target_end} />.{" "}
        <a href={hrefOf("predictions")}>All predictions</a>
      </PageHead>
      <div class="cards">
        <Card title="What was said">
          <div class="figures">
            <Figure name="probability of a rise">{percentOf(share)}</Figure>
            <Figure name="confidence" note="|probability − ½| × 2">
              {numberOf(Math.abs(share - 0.5) * 2, { digits: 3 })}
            </Figure>
            <Figure name="made of the bar to">
              <Time at={event_time} />
            </Figure>
          </div>
          <p class="quiet predictions-note">
            {source === "pipeline" ? "By the pipeline, which answers once a bar: its record is measured." : "Asked by a user."}
            {as_of !== null && (
              <>
                {" "}
                It is about the past (as of <Time at={as_of} />
                ), and so no forecast: monitoring leaves it out.
              </>
            )}{" "}
            Confidence is how far the model is from not knowing. It says nothing of how often it is right: that is its record.
          </p>
        </Card>
        <Card title="What became of it">
          <Became outcome={outcome} target_end={target_end} />
        </Card>
        <Card title="How good such answers have been" about="Of all of the model's, not of this one.">
          <RecordOfModel prediction={prediction} />
        </Card>
        <Card
          title="Why"
          is_wide
          about="What each feature did to the answer (exact Shapley values of the trees). The record of an answer does not hold it: it is computed by asking the same again, as it would have been answered then."
        >
          <Explanation prediction={prediction} />
        </Card>
        <Card title="Where it came from" is_wide about="From the answer back to what was received from outside. Each step can be opened.">
          <Lineage prediction={prediction} />
        </Card>
        <Card title="The features it was made of" is_wide>
          <FeatureTable features={prediction.features} />
        </Card>
      </div>
    </>
  );
}

function Became({ outcome, target_end }: Pick<PredictionView, "outcome" | "target_end">) {
  if (outcome === null)
    return (
      <p>
        <OutcomeState outcome={outcome} /> It is decided when the bar that ends at <Time at={target_end} /> is stored.
      </p>
    );
  return (
    <>
      <div class="figures">
        <Figure name="it was">
          <OutcomeState outcome={outcome} />
        </Figure>
        <Figure name="the market was">{outcome.realized_direction}</Figure>
        <Figure name="return of mid">{numberOf(outcome.return_bp, { digits: 2, is_signed: true, unit: "bp" })}</Figure>
      </div>
      <p class="quiet predictions-note">
        Known since <Time at={outcome.known_at} />,{" "}
        {outcome.source === "bars" ? "by this store's own bars" : `as ${outcome.source} reported it`}.
        {outcome.source !== "bars" && outcome.by_bars !== null && ` This store's own bars say: ${outcome.by_bars}.`}
      </p>
    </>
  );
}
