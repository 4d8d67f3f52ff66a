import type { Answer } from "../../api/useAnswer.ts";
import { countOf, percentOf } from "../../format/number.ts";
import { Card } from "../../ui/Card.tsx";
import { Table } from "../../ui/Table.tsx";
import { confusionRows } from "./confusionRows.ts";
import type { Outcomes } from "./Pnl.tsx";
import { HOURS_TEXT, type Hours } from "./runFacts.ts";
import { WhereKept } from "./WhereKept.tsx";

/** How often each direction was said, and how often it came. */
export function Confusion({ outcomes, hours }: { readonly outcomes: Answer<Outcomes>; readonly hours: Hours }) {
  return (
    <Card
      title={`Said and come, ${HOURS_TEXT[hours]}`}
      about="A rise is said from a probability of one half on. Rows where it was right have a ✓."
    >
      <WhereKept answer={outcomes} missing="The counts are not known for this version." height={140}>
        {({ confusion }) => {
          const rows = confusionRows(confusion[hours]);
          const all = rows.reduce((sum, row) => sum + row.rows, 0);
          const cell = (count: number, is_right: boolean) => (
            <span class={is_right ? "models-right" : undefined}>
              {is_right && <span aria-hidden="true">✓ </span>}
              {countOf(count)} <span class="quiet">{percentOf(all === 0 ? null : count / all)}</span>
            </span>
          );
          return (
            <Table
              caption={`Confusion matrix, ${HOURS_TEXT[hours]}`}
              rows={rows}
              keyOf={({ said }) => said}
              columns={[
                { name: "said", is_head: true, show: ({ said }) => said },
                { name: "a rise came", is_number: true, show: ({ said, came_rise }) => cell(came_rise, said === "rise") },
                { name: "no rise came", is_number: true, show: ({ said, came_no_rise }) => cell(came_no_rise, said !== "rise") },
                { name: "said in all", is_number: true, show: ({ rows: said_in_all }) => countOf(said_in_all) },
                { name: "right", is_number: true, show: ({ right_share }) => percentOf(right_share) },
              ]}
            />
          );
        }}
      </WhereKept>
    </Card>
  );
}
