import type { AnswerAt } from "../../api/ask.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { instrument } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Firing } from "./Firing.tsx";
import { PairNow } from "./PairNow.tsx";
import { Verdict } from "./Verdict.tsx";
import "./now.css";

type Models = AnswerAt<"GET /api/models">["models"];

/** Whether anything is wrong, what is predicted now, and how much that may be trusted. */
export function Page() {
  const models = useAnswer("GET /api/models", { query: { horizon_bars: 1 } });
  return (
    <>
      <PageHead title="Now">
        What the models say of the coming hour, how good each of them has been on data that it had not seen, and whether anything needs you.
      </PageHead>
      <Verdict />
      <Answered
        answer={models}
        height={300}
        is_empty={({ models: all }) => all.length === 0}
        empty="There is no model yet. fx start trains one for each pair on an empty store; with candles of your own, fx import candles and fx backfill do."
      >
        {({ models: all }) => (
          <div class="pairs">
            {ofInstrument(all).map((model) => (
              <PairNow key={model.name} model={model} />
            ))}
          </div>
        )}
      </Answered>
      <div class="cards now-below">
        <Card title="What fires" is_wide>
          <Firing />
        </Card>
      </div>
    </>
  );
}

function ofInstrument(models: Models): Models {
  const served = models.filter(({ horizon_bars }) => (horizon_bars ?? 1) === 1);
  return instrument.value === "" ? served : served.filter((model) => model.instrument === instrument.value);
}
