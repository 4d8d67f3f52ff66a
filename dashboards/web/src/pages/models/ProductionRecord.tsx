import { BREAK_EVEN_SAID, breakEvenPoint } from "../../../../../shared/backtest/breakEvenPoint.ts";
import type { AnswerAt } from "../../api/ask.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { amountOf } from "../../format/amountOf.ts";
import { countOf, MISSING, numberOf, percentOf } from "../../format/number.ts";
import { setQuery } from "../../state/address.ts";
import { chosen } from "../../state/choices.ts";
import { now } from "../../state/now.ts";
import { Answered } from "../../ui/Answered.tsx";
import { baselineName } from "../../ui/baselineName.ts";
import { Card } from "../../ui/Card.tsx";
import { Switch } from "../../ui/Choice.tsx";
import { Estimate, Figure } from "../../ui/Figure.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { Difference } from "./Difference.tsx";

type RecordView = AnswerAt<"GET /api/models/{name}/record">;

const HOUR = 3_600_000;
const SPANS = { "30d": 30, "90d": 90, "365d": 365 } as const;
type Span = keyof typeof SPANS;

/** What the model was worth while its versions were in Production, on moments that came after. */
export function ProductionRecord({ name }: { readonly name: string }) {
  const span = chosen<Span>("span", Object.keys(SPANS) as Span[], "365d");
  // To the hour, so that it is asked again when a bar has closed and not before.
  const until = Math.floor(now.value / HOUR) * HOUR;
  const from = new Date(until - SPANS[span] * 24 * HOUR).toISOString();
  const record = useAnswer("GET /api/models/{name}/record", { params: { name }, query: { from } }, { refresh_ms: null });
  return (
    <Card
      title="Its record in Production"
      about="What was said of moments that nobody knew then, each by the version that was in Production: the figures that count."
      is_wide
      actions={
        <Switch
          label="How far back"
          value={span}
          options={(Object.keys(SPANS) as Span[]).map((value) => ({ value, text: `${SPANS[value]} days` }))}
          onChoose={(value) => setQuery({ span: value === "365d" ? null : value }, { replace: true })}
        />
      }
    >
      <Answered
        answer={record}
        height={160}
        is_empty={({ rows }) => rows === 0}
        empty="No answer of a version in Production has come due in this span. The record grows by a row with every bar that closes outside the rollover."
      >
        {(data) => <Shown record={data} />}
      </Answered>
    </Card>
  );
}

function BreakEven({ of }: { readonly of: RecordView["every_direction"] }) {
  const point = breakEvenPoint(of);
  const name = "must be right to pay the spread";
  return typeof point === "number" ? (
    <Figure name={name}>{percentOf(point)}</Figure>
  ) : (
    <Figure name={name} note={BREAK_EVEN_SAID[point]}>
      {MISSING}
    </Figure>
  );
}

function Shown({ record }: { readonly record: RecordView }) {
  const { model, baselines, log_loss_minus, every_direction, by_rule } = record;
  const names = Object.keys(baselines) as (keyof typeof baselines)[];
  return (
    <>
      <p>{record.verdict}</p>
      <div class="figures">
        <Figure name="bars" note={`by version ${record.versions.join(", ")}`}>
          {countOf(record.rows)}
        </Figure>
        <Figure
          name="every direction traded, net"
          note={`${amountOf(every_direction.trades, "trade")}, in all ${numberOf(every_direction.total_net_bp, { digits: 0, is_signed: true })} bp`}
        >
          <Estimate of={every_direction.net_bp} form={{ digits: 2, is_signed: true, unit: "bp" }} />
        </Figure>
        <Figure
          name={`only above ${by_rule.rule.long_above} or below ${by_rule.rule.short_below}, net`}
          note={by_rule.trades === 0 ? "no trade" : amountOf(by_rule.trades, "trade")}
        >
          <Estimate of={by_rule.net_bp} form={{ digits: 2, is_signed: true, unit: "bp" }} />
        </Figure>
        <BreakEven of={every_direction} />
        <Figure name="from">
          <Time at={record.from} />
        </Figure>
      </div>
      <Table
        caption="The model beside what needs no model"
        rows={[
          { name: "the model", scores: model, difference: null },
          ...names.map((one) => ({ name: one, scores: baselines[one], difference: log_loss_minus[one] })),
        ]}
        keyOf={({ name }) => name}
        columns={[
          { name: "who", is_head: true, show: ({ name }) => (name === "the model" ? name : baselineName(name)) },
          { name: "accuracy", is_number: true, show: ({ scores }) => <Estimate of={scores.accuracy} is_share /> },
          { name: "log loss, nats", is_number: true, show: ({ scores }) => <Estimate of={scores.log_loss} form={{ digits: 4 }} /> },
          { name: "Brier score", is_number: true, show: ({ scores }) => <Estimate of={scores.brier} form={{ digits: 4 }} /> },
          { name: "AUC", is_number: true, show: ({ scores }) => <Estimate of={scores.auc} form={{ digits: 3 }} /> },
          {
            name: "the model's log loss minus its",
            show: ({ name, difference }) => (name === "the model" ? "" : <Difference of={difference} />),
          },
        ]}
      />
    </>
  );
}
