import { isClosedFor } from "../../../../../shared/domain/marketCalendar.ts";
import type { AnswerAt } from "../../api/ask.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { numberOf, percentOf } from "../../format/number.ts";
import { hrefOf } from "../../state/address.ts";
import { now } from "../../state/now.ts";
import { Answered } from "../../ui/Answered.tsx";
import { State } from "../../ui/State.tsx";
import { skillSentence } from "../../ui/skillSentence.ts";
import { Age, Time } from "../../ui/Time.tsx";

type Model = AnswerAt<"GET /api/models">["models"][number];
type Prediction = AnswerAt<"GET /predictions">["predictions"][number];

/** One pair: the newest answer that the pipeline recorded for it, its age, and what its model may say of itself. */
export function PairNow({ model: { name, instrument, production, pinned } }: { readonly model: Model }) {
  const answered = useAnswer("GET /predictions", { query: { instrument, source: "pipeline", limit: 1 } });
  const is_closed = isClosedFor(instrument as never, now.value);
  return (
    <section class="card pair" aria-label={instrument}>
      <header class="card-head">
        <h2>
          <a class="plain" href={hrefOf("market", [], { instrument })}>
            {instrument.replace("_", "/")}
          </a>
        </h2>
        <State tone={is_closed ? "none" : "good"}>{is_closed ? "closed" : "open"}</State>
      </header>
      <Answered
        answer={answered}
        height={84}
        is_empty={({ predictions }) => predictions.length === 0}
        empty={
          production === null
            ? "No version is in Production, so that nothing is predicted."
            : "The pipeline has predicted no bar yet: it does at the close of each hour."
        }
      >
        {({ predictions }) => <Newest prediction={predictions[0]!} />}
      </Answered>
      <p class="pair-skill" data-figure="skill">
        {production === null ? (
          "No model in Production."
        ) : (
          <>
            <a href={hrefOf("models", [name, production.version])}>
              {name}/{production.version}
            </a>
            {pinned ? " (pinned)" : ""}: {skillSentence(production)}
          </>
        )}
      </p>
    </section>
  );
}

function Newest({
  prediction: { prediction, direction, event_time, target_end, prediction_id, outcome },
}: {
  readonly prediction: Prediction;
}) {
  const is_over = Date.parse(target_end) <= now.value;
  return (
    <div>
      <div class={`pair-direction pair-${direction}`}>
        <span aria-hidden="true">{direction === "bullish" ? "▲" : "▼"}</span> {direction}
        <span class="pair-probability number" data-figure="probability">
          {percentOf(prediction)} up
        </span>
      </div>
      <Gauge share={prediction} />
      <dl class="pair-facts">
        <dt>confidence</dt>
        <dd class="number" data-figure="confidence">
          {numberOf(Math.abs(prediction - 0.5) * 2, { digits: 3 })}
        </dd>
        <dt>made of the bar to</dt>
        <dd>
          <Time at={event_time} is_short /> <Age since={event_time} />
        </dd>
        <dt>holds until</dt>
        <dd>
          <Time at={target_end} is_short /> {is_over && outcome === null ? "(over, not settled yet)" : ""}
          {outcome !== null && (
            <State tone={outcome.was_right === null ? "none" : outcome.was_right ? "good" : "bad"}>
              {outcome.was_right === null ? "flat" : outcome.was_right ? "was right" : "was wrong"}
            </State>
          )}
        </dd>
      </dl>
      <a href={hrefOf("predictions", [prediction_id])}>how it came about</a>
    </div>
  );
}

/** Where a probability lies between certain fall and certain rise; the number beside it says the same. */
function Gauge({ share }: { readonly share: number }) {
  const from = Math.min(share, 0.5) * 100;
  return (
    <div class="pair-gauge" aria-hidden="true">
      <div class="pair-gauge-fill" style={{ left: `${from}%`, width: `${Math.abs(share - 0.5) * 100}%` }} />
      <div class="pair-gauge-middle" />
    </div>
  );
}
