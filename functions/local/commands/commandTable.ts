import { alertsCommand } from "./alerts.ts";
import { backfillCommand } from "./backfill.ts";
import { clearCommand } from "./clear.ts";
import type { Command } from "./command.ts";
import { dagsCommand } from "./dags.ts";
import { demoCommand } from "./demo.ts";
import { importCandlesCommand } from "./importCandles.ts";
import { importNewsCommand } from "./importNews.ts";
import { logsCommand } from "./logs.ts";
import { modelsCommand } from "./models.ts";
import { newsCommand } from "./news.ts";
import { pauseCommand, unpauseCommand } from "./pause.ts";
import { predictCommand } from "./predict.ts";
import { rejectsCommand } from "./rejects.ts";
import { runsCommand } from "./runs.ts";
import { serveCommand } from "./serve.ts";
import { setupCommand } from "./setup.ts";
import { startCommand } from "./start.ts";
import { statusCommand } from "./status.ts";
import { triggerCommand } from "./trigger.ts";

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
