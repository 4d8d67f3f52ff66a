import type { Answer } from "../../api/useAnswer.ts";
import { countOf, percentOf } from "../../format/number.ts";
import { Card } from "../../ui/Card.tsx";
import { Estimate } from "../../ui/Figure.tsx";
import { Table } from "../../ui/Table.tsx";
import { Difference } from "./Difference.tsx";
import type { Evaluation } from "./Metrics.tsx";
import { NOT_EVALUATED } from "./notEvaluated.ts";
import { WhereKept } from "./WhereKept.tsx";

type Part = NonNullable<Evaluation["breakdown"]>[number];

const GROUPS: readonly { readonly by: Part["by"]; readonly title: string }[] = [
  { by: "hours", title: "The rollover apart" },
  { by: "instrument", title: "By pair, outside the rollover" },
  { by: "session", title: "By session, outside the rollover" },
  { by: "month", title: "By month of UTC, outside the rollover" },
];

/** The same figures of parts of the rows. */
export function Breakdown({ evaluation }: { readonly evaluation: Answer<Evaluation> }) {
  return (
    <Card
      title="In parts"
      about="Of so many parts one stands out by luck: what does is a question, and no finding. Where rows are few the brackets are wide."
      is_wide
    >
      <WhereKept answer={evaluation} missing={NOT_EVALUATED} height={300}>
        {({ breakdown }) =>
          breakdown === null ? (
            <p>This evaluation is from before there were parts; a version that is trained now has them.</p>
          ) : (
            GROUPS.map(({ by, title }) => {
              const parts = breakdown.filter((part) => part.by === by);
              // A model of one pair has no parts by pair.
              return parts.length === 0 ? null : <Parts key={by} title={title} parts={parts} />;
            })
          )
        }
      </WhereKept>
    </Card>
  );
}

function Parts({ title, parts }: { readonly title: string; readonly parts: readonly Part[] }) {
  return (
    <>
      <h3>{title}</h3>
      <Table
        caption={title}
        rows={parts}
        keyOf={({ key }) => key}
        columns={[
          { name: "part", is_head: true, show: ({ key }) => <span class="models-whole">{key.replaceAll("_", " ")}</span> },
          { name: "rows", is_number: true, show: ({ n }) => countOf(n) },
          { name: "rose", is_number: true, show: ({ base_rate }) => percentOf(base_rate) },
          { name: "accuracy", is_number: true, show: ({ accuracy }) => <Estimate of={accuracy} is_share /> },
          { name: "log loss, nats", is_number: true, show: ({ log_loss }) => <Estimate of={log_loss} form={{ digits: 4 }} /> },
          { name: "log loss minus that of majority", show: ({ log_loss_minus }) => <Difference of={log_loss_minus.majority} /> },
          { name: "log loss minus that of momentum", show: ({ log_loss_minus }) => <Difference of={log_loss_minus.momentum} /> },
          {
            name: "a trade, net",
            is_number: true,
            show: ({ net_bp }) => <Estimate of={net_bp} form={{ digits: 2, is_signed: true, unit: "bp" }} />,
          },
        ]}
      />
    </>
  );
}
