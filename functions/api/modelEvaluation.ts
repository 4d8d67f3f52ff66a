import { readModelEvaluation } from "../../shared/contracts/modelEvaluation.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { AppError } from "../../shared/errors.ts";
import { presentModelName } from "../../shared/models/modelName.ts";
import type { Ports } from "../pipelines/ports.ts";
import { readEvaluation } from "../pipelines/training/readEvaluation.ts";
import { unknownModel } from "./unknownModel.ts";

export function modelEvaluationRoutes(ports: Ports): MountedRoute[] {
  return [
    handle(readModelEvaluation, async ({ params }) => {
      const name = presentModelName(params.name);
      const version = await ports.tracking.version(name, params.version);
      if (!version) throw await whatIsUnknown(ports, name, params.version);
      const { instrument, horizon_bars, dataset, profile, claim, hours, breakdown, seeds, folds, importance } = await readEvaluation(
        ports,
        version.run_id,
      );
      const of = { name, version: version.version, run_id: version.run_id, instrument, horizon_bars, dataset, profile };
      return { ...of, claim, hours, breakdown: breakdown ?? null, seeds, folds, importance };
    }),
  ];
}

async function whatIsUnknown({ tracking }: Pick<Ports, "tracking">, name: string, version: string): Promise<AppError> {
  const versions = await tracking.versions(name);
  if (versions.length === 0) return unknownModel(name);
  return new AppError("not_found", `version: ${name} has no version "${version.slice(0, 20)}". Its versions: ${versions.length}.`, {
    status: 404,
    details: { field: "version" },
  });
}
