import { useState } from "preact/hooks";
import { HOUR } from "../../../../../shared/domain/instant.ts";
import { openMarketMs } from "../../../../../shared/domain/marketCalendar.ts";
import { type AnswerAt, ask } from "../../api/ask.ts";
import { numberOf } from "../../format/number.ts";
import { Failed } from "../../ui/Answered.tsx";
import { Contributions } from "./Contributions.tsx";
import type { PredictionView } from "./lineageSteps.ts";

type Replay = AnswerAt<"POST /predict">;

/** Asks for the same answer once more, with what each feature did to it. */
export function Explanation({ prediction }: { readonly prediction: PredictionView }) {
  const [replay, setReplay] = useState<Replay | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [is_asking, setAsking] = useState(false);
  const explain = async () => {
    setAsking(true);
    setError(null);
    try {
      setReplay(await ask("POST /predict", { query: { explain: "true" }, body: questionOf(prediction) }));
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
    } finally {
      setAsking(false);
    }
  };
  return (
    <>
      {replay === null && (
        <p>
          <button type="button" class="button" disabled={is_asking} onClick={() => void explain()}>
            {is_asking ? "Asking the server …" : "Ask again as of then, and explain (records one more answer, marked as of the past)"}
          </button>
        </p>
      )}
      {error && <Failed error={error} again={() => void explain()} />}
      {replay !== null && <Explained prediction={prediction} replay={replay} />}
    </>
  );
}

function questionOf({ instrument, as_of, requested_at, target_start, target_end }: PredictionView) {
  const hours = openMarketMs(Date.parse(target_start), Date.parse(target_end)) / HOUR;
  const further = ([5, 12, 24] as const).find((horizon) => horizon === hours);
  return { instrument, timestamp: as_of ?? requested_at, ...(further === undefined ? {} : { horizon_bars: further }) };
}

function Explained({ prediction, replay }: { readonly prediction: PredictionView; readonly replay: Replay }) {
  const is_same = replay.prediction === prediction.prediction && replay.model_version === prediction.model_version;
  const { contributions, note, bias, margin } = replay.explanation ?? { contributions: null, note: "", bias: null, margin: null };
  return (
    <>
      <p>
        {is_same
          ? "Asked again, the answer is the same to the last digit, so that this explains it. "
          : `Asked again, the answer is another: ${numberOf(replay.prediction, { digits: 4 })} by ${replay.model_version}, where ${numberOf(prediction.prediction, { digits: 4 })} was said by ${prediction.model_version}. This explains the new one. `}
        {replay.basis === "replayed" &&
          "It stands on what the store has recorded since, as it could have been known then, and not on what it had recorded by then. "}
        {note}
      </p>
      {contributions !== null && contributions.length > 0 && <Contributions contributions={contributions} bias={bias} margin={margin} />}
    </>
  );
}
