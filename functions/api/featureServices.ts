import { allInputServices, type CatalogueService, modelService } from "../../shared/catalogue/catalogueService.ts";
import { unknownName } from "../../shared/catalogue/findInCatalogue.ts";
import { AppError, toAppError } from "../../shared/errors.ts";
import type { ViewConfig } from "../../shared/features/views.ts";
import { modelNameOf, readModelName } from "../../shared/models/modelName.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { ObjectStore } from "../../shared/ports/objectStore.ts";
import type { ModelVersion, Tracking } from "../../shared/ports/tracking.ts";
import { readModelCard } from "../pipelines/common/productionModel.ts";

/** What tells of services. */
export interface FeatureServicePorts {
  readonly config: ViewConfig;
  readonly clock: Clock;
  readonly tracking: Pick<Tracking, "productionAt" | "version">;
  readonly lake: Pick<ObjectStore, "get">;
}

/** A model in Production whose service cannot be told, and why. */
interface UnreadableService {
  readonly name: string;
  readonly reason: string;
}

/** fx-usdsgd-predictor@3: what version 3 reads, in Production or not. */
const OF_VERSION = /^(.+)@([1-9]\d*)$/;

/**
 * The feature services of an installation: what each model may be trained on, and what each in Production reads, under the name of the
 * model. With @VERSION behind it, what that version reads.
 */
export function createFeatureServices(ports: FeatureServicePorts) {
  const names = ports.config.instruments.map((instrument) => modelNameOf(instrument));

  async function ofVersion(version: ModelVersion, name: string): Promise<CatalogueService> {
    return modelService(ports.config, version, await readModelCard(ports, version), name);
  }

  async function ofProduction(name: string): Promise<CatalogueService | UnreadableService | null> {
    const version = await ports.tracking.productionAt(name, ports.clock.now());
    if (version === null) return null;
    return ofVersion(version, name).catch((error: unknown) => {
      const { code, message } = toAppError(error);
      if (code === "schema_mismatch" || code === "invalid_model") return { name, reason: message };
      throw error;
    });
  }

  async function list() {
    const read = (await Promise.all(names.map(ofProduction))).filter((one) => one !== null);
    const services = read.filter((one) => "features" in one);
    return { services: [...allInputServices(ports.config), ...services], unreadable: read.filter((one) => "reason" in one) };
  }

  /** 404 with those that may have been meant; 409 where its rows are no longer built. */
  async function find(name: string): Promise<CatalogueService> {
    const inputs = allInputServices(ports.config);
    const found = inputs.find((service) => service.name === name);
    if (found) return found;
    const version = await versionNamed(name);
    if (version !== null) return ofVersion(version, name).catch(refuse);
    const known = [...inputs.map((service) => service.name), ...names];
    throw unknownName("unknown_feature_service", "feature_service", "feature service", name, known);
  }

  async function versionNamed(name: string): Promise<ModelVersion | null> {
    const [, model = name, version] = OF_VERSION.exec(name) ?? [];
    if (readModelName(model) === null) return null;
    return version === undefined ? ports.tracking.productionAt(model, ports.clock.now()) : ports.tracking.version(model, version);
  }

  return { list, find };
}

export type FeatureServices = ReturnType<typeof createFeatureServices>;

/** What is wrong with the files of a version is no fault of this answer: 409 with what it is. */
function refuse(error: unknown): never {
  if (error instanceof AppError && error.code === "invalid_model") {
    throw new AppError("invalid_model", `feature_service: ${error.message}`, {
      status: 409,
      cause: error,
      details: { field: "feature_service" },
    });
  }
  throw error;
}
