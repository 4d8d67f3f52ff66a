import type { ComponentHealth } from "../../shared/contracts/health.ts";
import { counted } from "../../shared/domain/counted.ts";
import { AppError, toAppError } from "../../shared/errors.ts";
import type { KnownViews } from "../../shared/features/views.ts";
import { modelNameOf } from "../../shared/models/modelName.ts";
import type { ModelVersion } from "../../shared/ports/tracking.ts";
import { readModelFiles } from "../serving/readModelFiles.ts";
import { loadServedModel } from "../serving/servedModel.ts";
import type { HealthPorts } from "./healthPorts.ts";

/** Whether the models in Production can be served: all of them are there, whole, and of features that are built. */
export function createModelCheck(ports: HealthPorts, views: KnownViews): () => Promise<ComponentHealth> {
  /** Sources whose trees were read once: from then on, their hashes are looked at. */
  const loaded = new Set<string>();

  async function prove({ source, version }: ModelVersion): Promise<boolean> {
    if (!loaded.has(source)) await loadServedModel(ports.lake, source, version, views, ports.onnx);
    loaded.add(source);
    return (await readModelFiles(ports.lake, source, version)).is_verified;
  }

  return async () => {
    const names = ports.config.instruments.map((instrument) => modelNameOf(instrument));
    const now = ports.clock.now();
    const production = await Promise.all(names.map((name) => ports.tracking.productionAt(name, now)));
    const missing = names.filter((_name, index) => production[index] === null);
    const [problems, unverified] = [[] as string[], [] as string[]];
    // One after the other: each holds the CPU for as long as its file takes to hash.
    for (const version of production.filter((one) => one !== null)) {
      const found = await prove(version).catch(problemOf);
      if (typeof found === "string") problems.push(found);
      else if (!found) unverified.push(`${version.name}/${version.version}`);
    }
    return describe({ names, missing, problems, unverified });
  };
}

/** What is wrong with a model is told; a lake that is away is a fault of the probe itself. */
function problemOf(error: unknown): string {
  if (error instanceof AppError && error.code !== "store_unavailable") return error.message;
  throw toAppError(error);
}

interface Findings {
  readonly names: readonly string[];
  readonly missing: readonly string[];
  readonly problems: readonly string[];
  readonly unverified: readonly string[];
}

function describe({ names, missing, problems, unverified }: Findings): ComponentHealth {
  const absent = missing.length > 0 ? [`not in Production: ${missing.join(", ")}`] : [];
  const unsure = unverified.length > 0 ? [`unverified, since registered before hashes were recorded: ${unverified.join(", ")}`] : [];
  const parts = [...problems, ...absent, ...unsure];
  if (problems.length + missing.length === 0)
    return { status: "ok", detail: [`${counted(names.length, "model")} in Production`, ...unsure].join("; ") };
  // None left that could answer: everything in Production is broken.
  const isDown = problems.length > 0 && problems.length + missing.length === names.length;
  return { status: isDown ? "down" : "degraded", detail: parts.join("; ") };
}
