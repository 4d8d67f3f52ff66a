import type { BacktestRows } from "../../../shared/backtest/backtest.ts";
import { readModelCard } from "../common/productionModel.ts";
import type { Ports } from "../ports.ts";
import { withDataset } from "../training/readDataset.ts";
import { readEvaluation } from "../training/readEvaluation.ts";
import type { Staged } from "./checkReport.ts";

/** Out-of-fold rows, ascending in time, with what came of them. */
export interface OutOfFoldRows extends BacktestRows {
  /** 1 = rise. */
  readonly y: readonly number[];
}

/** What was said of each tested row of a version by a model that had not seen it. */
export async function outOfFoldRows(ports: Ports, staged: Pick<Staged, "name" | "version" | "run_id" | "source">): Promise<OutOfFoldRows> {
  const card = await readModelCard(ports, staged);
  const { out_of_fold } = await readEvaluation(ports, staged.run_id);
  const outcomes = ({ set }: { set: OutcomeColumns }) => {
    const pick = (values: ArrayLike<number>) => out_of_fold.rows.map((row) => values[row]!);
    return {
      event_time: pick(set.event_time),
      label_end: pick(set.label_end),
      y: pick(set.y),
      p: out_of_fold.predictions,
      long_net: pick(set.long_net),
      short_net: pick(set.short_net),
      horizon_bars: card.horizon_bars,
    };
  };
  return withDataset(ports, card.dataset, outcomes, () => false);
}

type OutcomeColumns = Readonly<Record<"event_time" | "label_end" | "y" | "long_net" | "short_net", Float64Array>>;
