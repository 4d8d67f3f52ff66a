import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import { AppError } from "../../../shared/errors.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { horizonOf } from "../../../shared/models/trainingProfile.ts";
import type { Ports } from "../ports.ts";

/** Finds the version that this run was triggered for; its checks are for this version and no other. */
export const loadStaging = defineStep({
  name: "load_staging",
  report: z.strictObject({ read: z.int(), name: z.string(), version: z.string(), run_id: z.string(), source: z.string() }),
  run: async (ports: Ports, context) => {
    const name = modelNameOf(context.map_key, horizonOf(context.conf["horizon_bars"]));
    const wanted = (context.conf["versions"] as Record<string, unknown> | undefined)?.[context.map_key];
    const version = typeof wanted === "string" ? await ports.tracking.version(name, wanted) : null;
    if (!version) {
      throw new AppError("not_found", `conf.versions.${context.map_key}: ${name} has no version ${String(wanted)}.`, {
        status: 404,
        details: { field: "conf.versions" },
      });
    }
    return { kind: "success", report: { read: 1, name, version: version.version, run_id: version.run_id, source: version.source } };
  },
});
