import type { Section } from "./section.ts";
import { cloudflareCosts } from "./sections/cloudflareCosts.ts";
import { cloudflareLimits } from "./sections/cloudflareLimits.ts";
import { explain } from "./sections/explain.ts";
import { feastMaterialization } from "./sections/feastMaterialization.ts";
import { featureQuestions } from "./sections/featureQuestions.ts";
import { firstPrediction } from "./sections/firstPrediction.ts";
import { importCandles } from "./sections/importCandles.ts";
import { ledger } from "./sections/ledger.ts";
import { lexicon } from "./sections/lexicon.ts";
import { marketBackfill } from "./sections/marketBackfill.ts";
import { marketFeatures } from "./sections/marketFeatures.ts";
import { marketPipeline } from "./sections/marketPipeline.ts";
import { materialization } from "./sections/materialization.ts";
import { minuteYear } from "./sections/minuteYear.ts";
import { mlflowDev, mlflowServe } from "./sections/mlflow.ts";
import { modelLoad } from "./sections/modelLoad.ts";
import { monitoring } from "./sections/monitoring.ts";
import { newsCollection } from "./sections/newsCollection.ts";
import { nodeApp } from "./sections/nodeApp.ts";
import { offlineStore } from "./sections/offlineStore.ts";
import { onlineRead } from "./sections/onlineRead.ts";
import { pages } from "./sections/pages.ts";
import { pointInTime } from "./sections/pointInTime.ts";
import { predictDev, predictServe } from "./sections/predict.ts";
import { predictAlone } from "./sections/predictAlone.ts";
import { predictBesidePeer } from "./sections/predictBesidePeer.ts";
import { predictBusy } from "./sections/predictBusy.ts";
import { sentiment } from "./sections/sentiment.ts";
import { memoryDev, memoryServe } from "./sections/stackMemory.ts";
import { tracking } from "./sections/tracking.ts";
import { training } from "./sections/training.ts";
import { workerHeap } from "./sections/workerHeap.ts";

/** In the order in which they run: what needs one host of the stack lies side by side. */
export const SECTIONS: readonly Section[] = [
  onlineRead,
  materialization,
  monitoring,
  feastMaterialization,
  pointInTime,
  offlineStore,
  featureQuestions,
  marketFeatures,
  marketPipeline,
  marketBackfill,
  importCandles,
  minuteYear,
  ledger,
  training,
  lexicon,
  sentiment,
  newsCollection,
  tracking,
  modelLoad,
  explain,
  mlflowDev,
  mlflowServe,
  nodeApp,
  predictAlone,
  predictBesidePeer,
  firstPrediction,
  memoryDev,
  predictDev,
  predictServe,
  predictBusy,
  memoryServe,
  pages,
  workerHeap,
  cloudflareLimits,
  cloudflareCosts,
];
