import type { ComponentChildren } from "preact";
import type { AnswerAt } from "../../api/ask.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { amountOf } from "../../format/amountOf.ts";
import { percentOf } from "../../format/number.ts";
import { hrefOf } from "../../state/address.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Estimate } from "../../ui/Figure.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { Download } from "./Download.tsx";
import { horizonName } from "./horizonName.ts";
import { type CardView, readCard } from "./readCard.ts";
import { pairsOf } from "./runFacts.ts";
import { useModelFile } from "./useModelFile.ts";
import { WhereKept } from "./WhereKept.tsx";

type Version = AnswerAt<"GET /api/models/{name}">["versions"][number];

const DATASETS_LOOKED_AT = 100;

/** Of what it was made: the training set, parameters, seeds, library and code, so that it can be made again. */
export function Origin({ version: { name, version, run_id } }: { readonly version: Version }) {
  const card = useModelFile(name, version, "model_card.json", readCard);
  return (
    <Card
      title="What it was made of"
      about="With the same training set, parameters, seeds and library the same model comes out, to the bit."
    >
      <WhereKept answer={card} missing="This version has no model card, so that nothing of its making is known." height={260}>
        {(data) => <Facts card={data} />}
      </WhereKept>
      <h3>Its run and parameters</h3>
      <Run run_id={run_id} />
    </Card>
  );
}

function Facts({ card }: { readonly card: CardView }) {
  const is_from_here = card.origin === "here" && card.dataset !== "";
  const interval = card.return_interval;
  const facts: readonly { readonly name: string; readonly shown: ComponentChildren }[] = [
    { name: "it predicts", shown: `whether ${card.instrument.replace("_", "/")} closes ${horizonName(card.horizon_bars)} higher` },
    { name: "training set", shown: is_from_here ? <TrainingSet card={card} /> : "trained elsewhere: nothing is known of it" },
    { name: "knew what was known by", shown: <Time at={card.trained_until} /> },
    {
      name: "features",
      shown: (
        <>
          {card.features} of {card.views.join(" and ") || "an unnamed view"}, set <code>{card.feature_set_hash}</code>
        </>
      ),
    },
    { name: "seeds", shown: card.seeds.length === 0 ? "not recorded" : card.seeds.join(", ") },
    { name: "library", shown: `${card.format === "onnx" ? "ONNX" : "XGBoost"} ${card.library_version}` },
    {
      name: "SHA-256 of the model",
      shown: card.model_sha256 === null ? "not recorded, as in older versions" : <code>{card.model_sha256}</code>,
    },
    {
      name: "interval for the return",
      shown:
        interval === null ? (
          "none is answered: none could be tested"
        ) : (
          <>
            of {percentOf(interval.level, 0)}; on {amountOf(interval.realised_rows, "later row")} it held{" "}
            <Estimate of={interval.realised_coverage} is_share />
          </>
        ),
    },
  ];
  const pooled = card.pool ? [{ name: "cut out of a model of", shown: card.pool.pairs.join(", ") }] : [];
  return (
    <dl class="models-facts">
      {[...facts, ...pooled].map(({ name, shown }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{shown}</dd>
        </div>
      ))}
    </dl>
  );
}

function TrainingSet({ card: { dataset, instrument } }: { readonly card: CardView }) {
  const sets = useAnswer("GET /api/datasets", { query: { instrument, limit: DATASETS_LOOKED_AT } }, { refresh_ms: null });
  const found = sets.data?.datasets.find(({ sha256 }) => sha256 === dataset);
  return (
    <>
      {found ? (
        <>
          {amountOf(found.rows, "row")}, <Time at={found.first_event_time} /> to <Time at={found.last_event_time} />, of what was known by{" "}
          <Time at={found.as_of} />.{" "}
        </>
      ) : (
        sets.data && `It is not among the ${DATASETS_LOOKED_AT} newest sets of this pair. `
      )}
      SHA-256 <code>{dataset}</code> <Download path={`/api/datasets/${dataset}.parquet`} name="Parquet" />
    </>
  );
}

function Run({ run_id }: { readonly run_id: string }) {
  const answer = useAnswer("GET /api/2.0/mlflow/runs/get", { query: { run_id } }, { refresh_ms: null });
  return (
    <Answered answer={answer} height={120}>
      {({ run }) => {
        const tags = pairsOf(run.data.tags);
        const commit = tags.get("mlflow.source.git.commit");
        const source = tags.get("mlflow.source.name");
        return (
          <>
            <p>
              <a href={hrefOf("models", [], { runs: run_id })}>{run.info.run_name}</a>
              {source !== undefined && `, by ${source}`}
              {tags.get("device") !== undefined && `, on ${tags.get("device")}`}
              {commit !== undefined && (
                <>
                  , code <code>{commit.slice(0, 12)}</code>
                </>
              )}
              .
            </p>
            <Table
              caption="Parameters of the run"
              rows={run.data.params}
              keyOf={({ key }) => key}
              empty="The run logged no parameters."
              columns={[
                { name: "parameter", is_head: true, show: ({ key }) => key },
                { name: "value", is_number: true, show: ({ value }) => value },
              ]}
            />
          </>
        );
      }}
    </Answered>
  );
}
