import type { AnswerAt } from "../../api/ask.ts";
import type { Answer } from "../../api/useAnswer.ts";
import { amountOf } from "../../format/amountOf.ts";
import { numberOf, percentOf } from "../../format/number.ts";
import { baselineName } from "../../ui/baselineName.ts";
import { Card } from "../../ui/Card.tsx";
import { Estimate } from "../../ui/Figure.tsx";
import { Table } from "../../ui/Table.tsx";
import { Difference } from "./Difference.tsx";
import { NOT_EVALUATED } from "./notEvaluated.ts";
import { BASELINES, HOURS_TEXT, type Hours } from "./runFacts.ts";
import { WhereKept } from "./WhereKept.tsx";

export type Evaluation = AnswerAt<"GET /api/models/{name}/versions/{version}/evaluation">;

/** What the version was found to be worth on rows it had not seen, beside three ways to do without a model. */
export function Metrics({ evaluation, hours }: { readonly evaluation: Answer<Evaluation>; readonly hours: Hours }) {
  return (
    <Card
      title={`How good it was, ${HOURS_TEXT[hours]}`}
      about="Each row was answered by a model that had been trained on earlier rows alone (out of fold). The brackets hold the truth in 95 of 100 cases. Whether two differ is told by their difference row by row, and not by whether their brackets overlap."
      is_wide
    >
      <WhereKept answer={evaluation} missing={NOT_EVALUATED} height={220}>
        {(data) => <Shown evaluation={data} hours={hours} />}
      </WhereKept>
    </Card>
  );
}

function Shown({ evaluation, hours }: { readonly evaluation: Evaluation; readonly hours: Hours }) {
  const { compared, net, scores } = evaluation.hours[hours];
  const rows = ["model" as const, ...BASELINES].map((name) => ({
    name,
    of: compared[name],
    more: scores?.[name] ?? null,
    difference: name === "model" ? null : compared[`versus_${name}`],
  }));
  return (
    <>
      <p>
        {amountOf(compared.model.n, "row")}, of which {percentOf(compared.model.base_rate)} rose. Trading each in its direction left{" "}
        <Estimate of={net.net_bp} form={{ digits: 2, is_signed: true, unit: "bp" }} /> a trade after the spread.
        {scores === undefined && " F1, MCC and the calibration error are missing: this evaluation is from before they were measured."}
      </p>
      <Table
        caption={`The version beside its baselines, ${HOURS_TEXT[hours]}`}
        rows={rows}
        keyOf={({ name }) => name}
        rowClass={({ name }) => (name === "model" ? "models-own" : undefined)}
        columns={[
          { name: "who", is_head: true, show: ({ name }) => (name === "model" ? "this version" : <Baseline name={name} />) },
          { name: "accuracy", is_number: true, show: ({ of }) => <Estimate of={of.accuracy} is_share /> },
          { name: "log loss, nats", is_number: true, show: ({ of }) => <Estimate of={of.log_loss} form={{ digits: 4 }} /> },
          {
            name: "this version's log loss minus its",
            show: ({ name, difference }) => (name === "model" ? "" : <Difference of={difference} />),
          },
          { name: "Brier score", is_number: true, show: ({ of }) => <Estimate of={of.brier} form={{ digits: 4 }} /> },
          { name: "AUC", is_number: true, show: ({ of }) => <Estimate of={of.auc} form={{ digits: 3 }} /> },
          {
            name: "F1",
            is_number: true,
            show: ({ name, more }) =>
              name === "model" && scores ? <Estimate of={scores.intervals.f1} form={{ digits: 3 }} /> : numberOf(more?.f1, { digits: 3 }),
          },
          {
            name: "MCC",
            is_number: true,
            show: ({ name, more }) =>
              name === "model" && scores ? <Estimate of={scores.intervals.mcc} form={{ digits: 3 }} /> : numberOf(more?.mcc, { digits: 3 }),
          },
          {
            name: "calibration error (of chance alone)",
            is_number: true,
            show: ({ more }) => `${percentOf(more?.ece)} (${percentOf(more?.ece_of_chance)})`,
          },
        ]}
      />
      <p class="about models-note">
        Log loss, Brier score and the calibration error are better where they are lower; AUC is 0.5 and MCC 0 without skill. The F1 of a
        rise is two thirds for who always says so at even odds.
      </p>
    </>
  );
}

function Baseline({ name }: { readonly name: string }) {
  return (
    <>
      {name}
      <div class="models-explained quiet">{baselineName(name)}</div>
    </>
  );
}
