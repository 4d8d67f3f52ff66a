import type { ComponentChildren } from "preact";
import { setQuery } from "../../state/address.ts";
import { chosen } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { Grid } from "./Grid.tsx";
import { useGrid } from "./useGrid.ts";

const LIMITS = ["50", "100", "250", "500"] as const;

/** The grid of a pipeline, of as many runs as the reader chose. */
export function GridCard({
  dag_id,
  title,
  actions,
}: {
  readonly dag_id: string;
  readonly title: string;
  readonly actions?: ComponentChildren;
}) {
  const limit = chosen("runs", LIMITS, "100");
  const grid = useGrid(dag_id, Number(limit));
  return (
    <Card
      title={title}
      is_wide
      actions={
        <>
          {actions}
          <Choice
            label="Runs"
            value={limit}
            options={LIMITS.map((value) => ({ value, text: `newest ${value}` }))}
            onChoose={(value) => setQuery({ runs: value === "100" ? null : value }, { replace: true })}
          />
        </>
      }
    >
      <Answered
        answer={grid}
        height={300}
        is_empty={({ runs }) => runs.length === 0}
        empty="It has not run yet. Its schedule starts it while the store is served (fx start, fx serve); Run it now does at once."
      >
        {(shown) => <Grid grid={shown} />}
      </Answered>
    </Card>
  );
}
