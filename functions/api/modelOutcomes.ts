import { directionReturns } from "../../shared/backtest/directionReturns.ts";
import { pnlPoints } from "../../shared/backtest/pnlPoints.ts";
import { readModelOutcomes } from "../../shared/contracts/modelOutcomes.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { touchesRollover } from "../../shared/domain/rollover.ts";
import { AppError } from "../../shared/errors.ts";
import { confusionCounts } from "../../shared/metrics/confusionCounts.ts";
import type { Ports } from "../pipelines/ports.ts";
import { readEvaluation } from "../pipelines/training/readEvaluation.ts";
import { type OutOfFoldRows, outOfFoldRows } from "../pipelines/validation/outOfFoldRows.ts";
import { modelVersionOf } from "./modelVersionOf.ts";

export function modelOutcomesRoutes(ports: Ports): MountedRoute[] {
  return [
    handle(readModelOutcomes, async ({ params, query }) => {
      const version = await modelVersionOf(ports, params);
      const { dataset } = await readEvaluation(ports, version.run_id);
      const rows = await outOfFoldRows(ports, version).catch((error: unknown) => {
        throw unlessSwept(error, `${version.name}/${version.version}`);
      });
      const is_rollover = rows.y.map((_, row) => touchesRollover(rows.event_time[row]!, rows.label_end[row]!));
      const pnl = pnlPoints(rows.event_time, directionReturns(rows), query.max_points);
      return {
        ...{ name: version.name, version: version.version, run_id: version.run_id, dataset, horizon_bars: rows.horizon_bars },
        rows: rows.y.length,
        confusion: {
          all: confusionOf(rows, () => true),
          outside_rollover: confusionOf(rows, (row) => !is_rollover[row]),
          rollover: confusionOf(rows, (row) => is_rollover[row]!),
        },
        pnl: pnl.map(({ event_time, ...sums }) => ({ event_time: toIso(event_time), ...sums })),
      };
    }),
  ];
}

function confusionOf({ y, p }: OutOfFoldRows, is_counted: (row: number) => boolean) {
  const rows = y.map((_, row) => row).filter(is_counted);
  return confusionCounts(
    rows.map((row) => y[row]!),
    rows.map((row) => p[row]!),
  );
}

/** A training set that is no longer kept is nothing that broke: what was made of it is told by the evaluation alone. */
function unlessSwept(error: unknown, of: string): unknown {
  if (!(error instanceof AppError) || error.code !== "dataset_unknown") return error;
  return new AppError("not_found", `version: the outcomes of ${of} lie in its training set, which is not kept any more: ${error.message}`, {
    status: 404,
    details: { field: "version" },
    cause: error,
  });
}
