import { join } from "node:path";
import { lockDataFolder, openDataFolder } from "./dataFolder.ts";
import { createApp } from "./http/createApp.ts";
import { listen } from "./listen.ts";
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
  /** Kills every training process and closes the port. */
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
  const { training_workers: workers, queue_limit, keep_jobs, token } = settings;
  const jobs = new JobService({ store, datasets, scheduler, library, workers, queue_limit, keep_jobs, now: Date.now, log });
  await Promise.all([datasets.open(), library.look()]);
  await jobs.load();
  ready.resolve(createApp({ jobs, datasets, library, token, log }));
  return {
    url: server.url,
    summary: `${describeLibrary(library)}, ${workers} training ${workers === 1 ? "process" : "processes"} at most, data in ${folder}`,
    stop: () => {
      scheduler.stop();
      server.close();
      lock.close();
    },
  };
}

function describeLibrary(state: LibraryState): string {
  const { library } = state.current();
  return library === null ? "no libxgboost, see GET /health" : `libxgboost ${library.version}${library.cuda ? " with CUDA" : ""}`;
}
