import type { DagDefinition } from "../../../shared/domain/dag.ts";
import { dataCollection } from "./dataCollection.ts";
import { marketFeaturePipeline } from "./marketFeaturePipeline.ts";
import { modelTraining } from "./modelTraining.ts";
import { modelValidation } from "./modelValidation.ts";
import { monitoring } from "./monitoring.ts";
import { newsFeaturePipeline } from "./newsFeaturePipeline.ts";

/** Every pipeline that the Worker runs. */
export const ALL_DAGS: readonly DagDefinition[] = [
  dataCollection,
  marketFeaturePipeline,
  newsFeaturePipeline,
  modelTraining,
  modelValidation,
  monitoring,
];
