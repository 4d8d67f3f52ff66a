import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toIso } from "../../../shared/domain/instant.ts";
import { createStackClient } from "../client/workerClient.ts";
import { freePorts } from "../processes/freePorts.ts";
import { bootstrap } from "../stack/bootstrap.ts";
import { HISTORY_OPTION, readHistory } from "../stack/history.ts";
import { readSettings, type Settings } from "../stack/settings.ts";
import { hostOfJob } from "../stack/stackPlan.ts";
import { startStack } from "../stack/startStack.ts";
import { openStore } from "../stack/store.ts";
import { formatDuration } from "../text/formatDuration.ts";
import { EXIT_FAILED } from "../text/localError.ts";
import { isPrediction, type PredictionRow, predictAll, renderPredictions } from "../text/showPredictions.ts";
import { type Command, type CommandContext, JSON_OPTION } from "./command.ts";

export const demoCommand: Command = {
  name: "demo",
  summary: "from nothing to predictions on a temporary store, then stop",
  positionals: [],
  options: { history: HISTORY_OPTION, json: JSON_OPTION },
  details: [
    "Runs the whole chain on the simulated market: collect candles (a year of them, or --history DAYS), build features, train, validate, promote, predict. The store is removed at the end. Ports that are taken are replaced by free ones.",
  ],
  async run(context, args) {
    const history_days = readHistory(args, "demo");
    const began = Date.now();
    const folder = await mkdtemp(join(tmpdir(), "fx-demo-"));
    try {
      const rows = await predictOnFreshStore(context, folder, history_days);
      const elapsed = Date.now() - began;
      const body = { predictions: rows, seconds: elapsed / 1_000, finished_at: toIso(Date.now()) };
      context.stdout.write(
        args.values["json"] === true
          ? `${JSON.stringify(body)}\n`
          : `\n${renderPredictions(rows)}\n\nDone in ${formatDuration(elapsed)}.\n`,
      );
      return rows.some(isPrediction) ? 0 : EXIT_FAILED;
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
};

async function predictOnFreshStore(context: CommandContext, folder: string, history_days: number): Promise<PredictionRow[]> {
  // The demo shows the simulated market, whatever the environment says about OANDA.
  const settings: Settings = { ...readSettings(context.env), oanda: null };
  const store = openStore(folder, "sandbox");
  const ports = await freePorts(settings.ports);
  context.screen.say(`Demo on the temporary store ${folder}`);
  const stack = await startStack({ ...context, store, settings, ports, crons: "all", host: hostOfJob(settings), with_pages: false });
  try {
    const client = createStackClient({ base_url: stack.worker_url, admin_token: stack.plan.tokens.admin }, context.cancelled);
    const work = bootstrap(client, context.screen, history_days).then(() => predictAll(client));
    return await Promise.race([work, stack.failure.then((error) => Promise.reject(error))]);
  } finally {
    await stack.stop();
  }
}
