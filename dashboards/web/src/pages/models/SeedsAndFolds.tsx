import type { Answer } from "../../api/useAnswer.ts";
import { countOf, numberOf, percentOf } from "../../format/number.ts";
import { Card } from "../../ui/Card.tsx";
import { Table } from "../../ui/Table.tsx";
import type { Evaluation } from "./Metrics.tsx";
import { NOT_EVALUATED } from "./notEvaluated.ts";
import { WhereKept } from "./WhereKept.tsx";

/** How much of a single training's result is luck, and on what each fold was trained and tested. */
export function SeedsAndFolds({ evaluation }: { readonly evaluation: Answer<Evaluation> }) {
  return (
    <Card
      title="Seeds and folds"
      about="The model is the mean of its seeds; how far single ones lie apart is luck. Each fold was trained on what came before the rows that it was tested on."
    >
      <WhereKept answer={evaluation} missing={NOT_EVALUATED} height={200}>
        {({ seeds, folds }) => (
          <>
            <Table
              caption="Each seed alone, all hours"
              rows={seeds}
              keyOf={({ seed }) => seed}
              empty="Its seeds were not kept apart."
              columns={[
                { name: "seed", is_head: true, show: ({ seed }) => seed },
                { name: "accuracy", is_number: true, show: ({ accuracy }) => percentOf(accuracy) },
                { name: "log loss, nats", is_number: true, show: ({ log_loss }) => numberOf(log_loss, { digits: 4 }) },
              ]}
            />
            <Table
              caption="Folds"
              rows={folds}
              keyOf={(_, index) => index}
              columns={[
                { name: "fold", is_head: true, show: (fold) => folds.indexOf(fold) + 1 },
                { name: "trained on rows", is_number: true, show: ({ train_rows }) => countOf(train_rows) },
                { name: "tested on rows", is_number: true, show: ({ test_rows }) => countOf(test_rows) },
                { name: "splits, by seed", is_number: true, show: ({ splits }) => splits.join(", ") },
                { name: "different answers", is_number: true, show: ({ unique_predictions }) => countOf(unique_predictions) },
              ]}
            />
          </>
        )}
      </WhereKept>
    </Card>
  );
}
