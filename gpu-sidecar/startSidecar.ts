import { basename, join } from "node:path";
import { counted } from "../shared/domain/counted.ts";
import { readWithLexicon } from "../shared/news/lexicon/readWithLexicon.ts";
import { lockDataFolder, openDataFolder } from "./dataFolder.ts";
import { createGpuWatch } from "./gpu/gpuWatch.ts";
import { readGpus } from "./gpu/readGpus.ts";
import { createApp } from "./http/createApp.ts";
import { listen } from "./listen.ts";
import { checkModelFiles } from "./sentiment/checkModelFiles.ts";
import { ModelKeeper } from "./sentiment/modelKeeper.ts";
import { startModelProcess } from "./sentiment/modelProcess.ts";
import type { ModelSettings } from "./sentiment/modelSettings.ts";
import { SentimentService } from "./sentiment/sentimentService.ts";
import type { Settings } from "./settings.ts";
import { DatasetStore } from "./training/datasetStore.ts";
import { JobService } from "./training/jobService.ts";
import { JobStore } from "./training/jobStore.ts";
import { Scheduler } from "./training/scheduler.ts";
import { startTrainingChild } from "./training/trainingChild.ts";
import { LibraryState } from "./xgboost/libraryState.ts";
import { locateLibrary } from "./xgboost/locateLibrary.ts";
import { locatorInput } from "./xgboost/locatorInput.ts";

export interface Sidecar {
  readonly url: string;
  /** What the listening line says behind the address. */
  readonly summary: string;
  /** Kills every training process and the model's, and closes the port. */
  readonly stop: () => void;
}

/**
 * Puts the parts together. The port comes first and the folder's lock second, so that a second sidecar fails before it
 * touches any job; requests that arrive in between wait for the jobs to be read.
 */
export async function startSidecar(settings: Settings, env: NodeJS.ProcessEnv, log: (line: string) => void): Promise<Sidecar> {
  const folder = openDataFolder(settings.data_dir);
  const ready = Promise.withResolvers<ReturnType<typeof createApp>>();
  const server = await listen(async (request) => (await ready.promise).fetch(request), settings.port, settings.host);
  const lock = await lockDataFolder(folder);
  const scheduler = new Scheduler(settings.training_workers, startTrainingChild);
  const library = new LibraryState(() => locateLibrary(locatorInput(env)), Date.now);
  const datasets = new DatasetStore(join(folder, "datasets"));
  const store = new JobStore(join(folder, "jobs"));
  const { training_workers: workers, queue_limit, keep_jobs, token, allowed_hosts } = settings;
  const jobs = new JobService({ store, datasets, scheduler, library, workers, queue_limit, keep_jobs, now: Date.now, log });
  const sentiment = createSentiment(settings.model, log);
  await Promise.all([datasets.open(), library.look(), sentiment.start()]);
  await jobs.load();
  ready.resolve(
    createApp({ jobs, datasets, library, sentiment, gpus: createGpuWatch(() => readGpus(env), Date.now), token, allowed_hosts, log }),
  );
  return {
    url: server.url,
    summary: `${describeLibrary(library)}, ${counted(workers, "training process", "training processes")} at most, news read with ${describeReader(settings.model)}, data in ${folder}`,
    stop: () => {
      scheduler.stop();
      sentiment.stop();
      server.close();
      lock.close();
    },
  };
}

function createSentiment(settings: ModelSettings, log: (line: string) => void): SentimentService {
  const after = (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  };
  const keeper = new ModelKeeper({ settings, startModel: startModelProcess, checkFiles: checkModelFiles, now: Date.now, after, log });
  const { lanes, max_queue } = settings;
  return new SentimentService({ keeper, lanes, max_queue, readWithLexicon, now: () => performance.now(), log });
}

/** At this moment a configured model is only being loaded: GET /health tells what became of it. */
function describeReader({ base }: ModelSettings): string {
  return base === null ? "the lexicon" : basename(base);
}

function describeLibrary(state: LibraryState): string {
  const { library } = state.current();
  return library === null ? "no libxgboost, see GET /health" : `libxgboost ${library.version}${library.cuda ? " with CUDA" : ""}`;
}
