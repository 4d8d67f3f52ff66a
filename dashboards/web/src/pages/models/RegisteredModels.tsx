import type { AnswerAt } from "../../api/ask.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf, setQuery } from "../../state/address.ts";
import { chosen, instrument } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Switch } from "../../ui/Choice.tsx";
import { Estimate } from "../../ui/Figure.tsx";
import { skillSentence } from "../../ui/skillSentence.ts";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { BesideBaseline } from "./BesideBaseline.tsx";
import { horizonName } from "./horizonName.ts";
import { Skill } from "./Skill.tsx";
import { skillSummary } from "./skillSummary.ts";

type Model = AnswerAt<"GET /api/models">["models"][number];

/** A model a pair and horizon: what is in Production, and how good it was found to be. */
export function RegisteredModels() {
  const answer = useAnswer("GET /api/models", instrument.value === "" ? {} : { query: { instrument: instrument.value } });
  const horizons = [...new Set(answer.data?.models.map(({ horizon_bars }) => horizon_bars ?? 1))].toSorted((a, b) => a - b).map(String);
  const horizon = chosen("horizon", answer.data === undefined ? null : ["all", ...horizons], "all");
  return (
    <Card
      title="Registered models"
      is_wide
      actions={
        horizons.length > 1 && (
          <Switch
            label="How far ahead they predict"
            value={horizon}
            options={["all", ...horizons].map((value) => ({ value, text: value === "all" ? "all horizons" : horizonName(Number(value)) }))}
            onChoose={(value) => setQuery({ horizon: value === "all" ? null : value }, { replace: true })}
          />
        )
      }
    >
      <Answered
        answer={answer}
        height={320}
        is_empty={({ models }) => models.length === 0}
        empty="There is no model yet. fx start trains one for each pair on an empty store; with candles of your own, fx import candles and fx backfill do."
      >
        {({ models }) => (
          <Models models={models.filter(({ horizon_bars }) => horizon === "all" || String(horizon_bars ?? 1) === horizon)} />
        )}
      </Answered>
    </Card>
  );
}

function Models({ models }: { readonly models: readonly Model[] }) {
  return (
    <>
      <p>{skillSummary(models.map(({ production }) => production?.skill ?? null))}</p>
      <Table
        caption="Registered models, and what is in Production"
        rows={models}
        keyOf={({ name }) => name}
        empty="No model predicts so far ahead."
        columns={[
          {
            name: "model",
            is_head: true,
            show: ({ name, instrument: pair, horizon_bars }) => (
              <>
                <a href={hrefOf("models", [name])}>{pair.replace("_", "/")}</a>
                <div class="models-explained quiet">{horizonName(horizon_bars ?? 1)}</div>
              </>
            ),
          },
          { name: "in Production", show: (model) => <InProduction model={model} /> },
          {
            name: "what it may claim",
            show: ({ production }) =>
              production === null ? (
                <span class="missing">–</span>
              ) : (
                <div class="models-claim">
                  <Skill skill={production.skill} />
                  <div class="quiet">{skillSentence(production)}</div>
                </div>
              ),
          },
          {
            name: "accuracy, and the best baseline's",
            is_number: true,
            show: ({ production }) => (
              <>
                <Estimate of={production?.accuracy} is_share />
                <BesideBaseline of={production?.baseline ?? null} />
              </>
            ),
          },
          {
            name: "a trade, after the spread",
            is_number: true,
            show: ({ production }) => <Estimate of={production?.net_bp} form={{ digits: 2, is_signed: true, unit: "bp" }} />,
          },
          { name: "on the record since", show: ({ live_since }) => <Time at={live_since} /> },
        ]}
      />
    </>
  );
}

function InProduction({ model: { name, production, pinned } }: { readonly model: Model }) {
  return (
    <>
      {production === null ? (
        <span class="missing">no version</span>
      ) : (
        <a href={hrefOf("models", [name, production.version])}>version {production.version}</a>
      )}
      <div class="quiet">{pinned ? `pinned by ${pinned.by.name}: ${pinned.reason}` : "not pinned"}</div>
    </>
  );
}
