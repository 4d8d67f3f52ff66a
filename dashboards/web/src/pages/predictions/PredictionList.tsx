import { useAnswer } from "../../api/useAnswer.ts";
import { numberOf } from "../../format/number.ts";
import { hrefOf, place, setQuery } from "../../state/address.ts";
import { chosen, chosenMoment, instrument, instruments } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { OutcomeState } from "../../ui/OutcomeState.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { AccuracyCard } from "./AccuracyCard.tsx";
import { ListFilter, SOURCES } from "./ListFilter.tsx";

const PAGE = 50;

const iso = (at: number | null) => (at === null ? undefined : new Date(at).toISOString());

/** What was served for a pair, the newest first, beside how good it has been. */
export function PredictionList() {
  const pair = instrument.value === "" ? (instruments.value[0] ?? "") : instrument.value;
  const source = chosen("source", SOURCES, "all");
  const cursor = place.value.query.get("cursor");
  const query = {
    ...{ instrument: pair, from: iso(chosenMoment("from")), to: iso(chosenMoment("to")), limit: PAGE },
    ...(source === "all" ? {} : { source }),
    ...(cursor === null ? {} : { cursor }),
  };
  const listed = useAnswer("GET /predictions", { query }, { is_wanted: pair !== "" });
  return (
    <>
      <PageHead title={`Predictions${pair === "" ? "" : `: ${pair.replace("_", "/")}`}`}>
        What was really answered, with what became of it. The probability is what the model said before; how often such answers are right is
        the record beside it.{instrument.value === "" && " Another pair is chosen above."}
      </PageHead>
      {pair !== "" && <AccuracyCard pair={pair} />}
      <div class="predictions-list">
        <Card title="What was served" actions={<a href={hrefOf("market", [], { instrument: pair })}>on the chart</a>} is_wide>
          <ListFilter />
          <Answered
            answer={listed}
            height={300}
            is_empty={({ predictions }) => predictions.length === 0}
            empty={
              cursor !== null || source !== "all" || query.from !== undefined || query.to !== undefined
                ? "Nothing was answered that fits: change what is asked for above."
                : "Nothing was answered for this pair yet: the pipeline does at the close of each hour, and POST /predict whenever somebody asks."
            }
          >
            {({ predictions, next_cursor }) => (
              <>
                <Table
                  caption="Predictions, the newest first"
                  rows={predictions}
                  keyOf={({ prediction_id }) => prediction_id}
                  columns={[
                    {
                      name: "answered at",
                      is_head: true,
                      show: ({ prediction_id, requested_at }) => (
                        <a href={hrefOf("predictions", [prediction_id])}>
                          <Time at={requested_at} with_seconds />
                        </a>
                      ),
                    },
                    { name: "about the time from", show: ({ target_start }) => <Time at={target_start} /> },
                    { name: "to", show: ({ target_end }) => <Time at={target_end} /> },
                    { name: "direction", show: ({ direction }) => <Direction of={direction} /> },
                    { name: "probability of a rise", is_number: true, show: ({ prediction }) => numberOf(prediction, { digits: 3 }) },
                    { name: "outcome", show: ({ outcome }) => <OutcomeState outcome={outcome} /> },
                    {
                      name: "return, bp",
                      is_number: true,
                      show: ({ outcome }) => numberOf(outcome?.return_bp, { digits: 1, is_signed: true }),
                    },
                    { name: "asked by", show: ({ source: by, as_of }) => (as_of === null ? by : `${by}, of the past`) },
                    {
                      name: "model",
                      show: ({ model_version }) => <a href={hrefOf("models", model_version.split("/"))}>{model_version}</a>,
                    },
                  ]}
                />
                <p class="predictions-paging">
                  {cursor !== null && (
                    <button type="button" class="button button-small" onClick={() => setQuery({ cursor: null })}>
                      The newest
                    </button>
                  )}
                  {next_cursor !== null && (
                    <button type="button" class="button button-small" onClick={() => setQuery({ cursor: next_cursor })}>
                      Older ones
                    </button>
                  )}
                  <span class="quiet" data-figure="shown">
                    {predictions.length} shown{next_cursor === null ? "; there are no older ones" : ""}
                  </span>
                </p>
              </>
            )}
          </Answered>
        </Card>
      </div>
    </>
  );
}

function Direction({ of }: { readonly of: "bullish" | "bearish" }) {
  return (
    <span class="predictions-whole">
      <span aria-hidden="true">{of === "bullish" ? "▲" : "▼"}</span> {of}
    </span>
  );
}
