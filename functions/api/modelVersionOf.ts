import { AppError } from "../../shared/errors.ts";
import { presentModelName } from "../../shared/models/modelName.ts";
import type { ModelVersion } from "../../shared/ports/tracking.ts";
import type { Ports } from "../pipelines/ports.ts";
import { unknownModel } from "./unknownModel.ts";

/** The version that an address names. Throws a 404 that says which of both is unknown. */
export async function modelVersionOf({ tracking }: Pick<Ports, "tracking">, params: Named): Promise<ModelVersion> {
  const name = presentModelName(params.name);
  const version = await tracking.version(name, params.version);
  if (version) return version;
  const versions = await tracking.versions(name);
  if (versions.length === 0) throw unknownModel(name);
  throw new AppError("not_found", `version: ${name} has no version "${params.version.slice(0, 20)}". Its versions: ${versions.length}.`, {
    status: 404,
    details: { field: "version" },
  });
}

interface Named {
  readonly name: string;
  readonly version: string;
}
