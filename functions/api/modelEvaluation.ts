import { readModelEvaluation } from "../../shared/contracts/modelEvaluation.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import type { Ports } from "../pipelines/ports.ts";
import { readEvaluation } from "../pipelines/training/readEvaluation.ts";
import { modelVersionOf } from "./modelVersionOf.ts";

export function modelEvaluationRoutes(ports: Ports): MountedRoute[] {
  return [
    handle(readModelEvaluation, async ({ params }) => {
      const { name, version, run_id } = await modelVersionOf(ports, params);
      const { instrument, horizon_bars, dataset, profile, claim, hours, breakdown, seeds, folds, importance } = await readEvaluation(
        ports,
        run_id,
      );
      const of = { name, version, run_id, instrument, horizon_bars, dataset, profile };
      return { ...of, claim, hours, breakdown: breakdown ?? null, seeds, folds, importance };
    }),
  ];
}
