import type { Command } from "./command.ts";
import { alertsCommand } from "./commands/alerts.ts";
import { backfillCommand } from "./commands/backfill.ts";
import { clearCommand } from "./commands/clear.ts";
import { dagsCommand } from "./commands/dags.ts";
import { demoCommand } from "./commands/demo.ts";
import { importCandlesCommand } from "./commands/importCandles.ts";
import { importNewsCommand } from "./commands/importNews.ts";
import { logsCommand } from "./commands/logs.ts";
import { modelsCommand } from "./commands/models.ts";
import { newsCommand } from "./commands/news.ts";
import { pauseCommand, unpauseCommand } from "./commands/pause.ts";
import { predictCommand } from "./commands/predict.ts";
import { rejectsCommand } from "./commands/rejects.ts";
import { runsCommand } from "./commands/runs.ts";
import { serveCommand } from "./commands/serve.ts";
import { setupCommand } from "./commands/setup.ts";
import { startCommand } from "./commands/start.ts";
import { statusCommand } from "./commands/status.ts";
import { triggerCommand } from "./commands/trigger.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  startCommand,
  serveCommand,
  demoCommand,
  importCandlesCommand,
  importNewsCommand,
  rejectsCommand,
  backfillCommand,
  predictCommand,
  modelsCommand,
  dagsCommand,
  runsCommand,
  triggerCommand,
  logsCommand,
  clearCommand,
  pauseCommand,
  unpauseCommand,
  newsCommand,
  alertsCommand,
  statusCommand,
  setupCommand,
];
