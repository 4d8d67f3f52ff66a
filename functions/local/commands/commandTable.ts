import type { Command } from "./command.ts";

/** Every command by its name, in the order of the help. What one needs is loaded when it is asked for: to load all takes half of a start. */
const LOADERS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import("./start.ts")).startCommand,
  serve: async () => (await import("./serve.ts")).serveCommand,
  demo: async () => (await import("./demo.ts")).demoCommand,
  "import candles": async () => (await import("./importCandles.ts")).importCandlesCommand,
  "import news": async () => (await import("./importNews.ts")).importNewsCommand,
  rejects: async () => (await import("./rejects.ts")).rejectsCommand,
  backfill: async () => (await import("./backfill.ts")).backfillCommand,
  predict: async () => (await import("./predict.ts")).predictCommand,
  train: async () => (await import("./train.ts")).trainCommand,
  reproduce: async () => (await import("./reproduce.ts")).reproduceCommand,
  models: async () => (await import("./models.ts")).modelsCommand,
  "models history": async () => (await import("./modelsHistory.ts")).modelsHistoryCommand,
  "models promote": async () => (await import("./modelsPromote.ts")).modelsPromoteCommand,
  "models rollback": async () => (await import("./modelsPromote.ts")).modelsRollbackCommand,
  "models unpin": async () => (await import("./modelsPromote.ts")).modelsUnpinCommand,
  features: async () => (await import("./features.ts")).featuresCommand,
  "features show": async () => (await import("./featuresShow.ts")).featuresShowCommand,
  "features freshness": async () => (await import("./featuresFreshness.ts")).featuresFreshnessCommand,
  "features feast-registry": async () => (await import("./featuresFeastRegistry.ts")).featuresFeastRegistryCommand,
  "features export": async () => (await import("./featuresExport.ts")).featuresExportCommand,
  report: async () => (await import("./report.ts")).reportCommand,
  "mlflow-ui": async () => (await import("./mlflowUi.ts")).mlflowUiCommand,
  dags: async () => (await import("./dags.ts")).dagsCommand,
  runs: async () => (await import("./runs.ts")).runsCommand,
  trigger: async () => (await import("./trigger.ts")).triggerCommand,
  logs: async () => (await import("./logs.ts")).logsCommand,
  clear: async () => (await import("./clear.ts")).clearCommand,
  pause: async () => (await import("./pause.ts")).pauseCommand,
  unpause: async () => (await import("./pause.ts")).unpauseCommand,
  news: async () => (await import("./news.ts")).newsCommand,
  alerts: async () => (await import("./alerts.ts")).alertsCommand,
  "keys list": async () => (await import("./keys.ts")).keysListCommand,
  "keys create": async () => (await import("./keys.ts")).keysCreateCommand,
  "keys revoke": async () => (await import("./keys.ts")).keysRevokeCommand,
  backup: async () => (await import("./backup.ts")).backupCommand,
  "backup verify": async () => (await import("./backup.ts")).backupVerifyCommand,
  restore: async () => (await import("./restore.ts")).restoreCommand,
  prune: async () => (await import("./prune.ts")).pruneCommand,
  status: async () => (await import("./status.ts")).statusCommand,
  deploy: async () => (await import("./deploy.ts")).deployCommand,
  build: async () => (await import("./build.ts")).buildCommand,
  setup: async () => (await import("./setup.ts")).setupCommand,
};

/** Every command, in the order of the help. */
export function allCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(LOADERS).map((load) => load()));
}

/** The command that the words begin with; all of them where they begin with none, and none of them before an option. */
export async function commandsFor(words: readonly string[]): Promise<readonly Command[]> {
  if (words[0]?.startsWith("-")) return [];
  const found = Object.keys(LOADERS).filter((one) => one.split(" ").every((word, index) => words[index] === word));
  // Of "models" and "models history" the one that says more.
  const name = found.toSorted((one, other) => other.length - one.length)[0];
  return name === undefined ? allCommands() : [await LOADERS[name]!()];
}
