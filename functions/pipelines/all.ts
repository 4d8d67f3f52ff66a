import type { Dag } from "../../shared/dag/dag.ts";
import { dataCollection } from "./data_collection/dag.ts";
import { marketFeaturePipeline } from "./market_features/dag.ts";
import { monitoring } from "./monitoring/dag.ts";
import { newsFeaturePipeline } from "./news_features/dag.ts";
import type { Ports } from "./ports.ts";
import { modelReproduction } from "./reproduction/dag.ts";
import { modelSweep } from "./sweep/dag.ts";
import { modelTraining } from "./training/dag.ts";
import { modelValidation } from "./validation/dag.ts";

/** Every pipeline that the Worker runs. */
export const ALL_DAGS: readonly Dag<Ports>[] = [
  dataCollection,
  marketFeaturePipeline,
  newsFeaturePipeline,
  modelTraining,
  modelValidation,
  modelReproduction,
  modelSweep,
  monitoring,
];
