import { bootstrap, needsBootstrap } from "../bootstrap.ts";
import { refuseOtherStack, storeToStart } from "../chooseStore.ts";
import { type Command, type CommandContext, STORE_OPTION, textOption } from "../command.ts";
import { readSettings } from "../settings.ts";
import { isPrediction, predictAll, renderPredictions } from "../showPredictions.ts";
import { type Stack, startStack } from "../startStack.ts";
import { describeMarket, displayPath } from "../store.ts";
import { createWorkerClient, type WorkerClient } from "../workerClient.ts";

export const startCommand: Command = {
  name: "start",
  summary: "start everything, and serve until Ctrl-C",
  positionals: [],
  options: { store: STORE_OPTION },
  details: [
    "On an empty store it collects a year of candles, builds features, trains and promotes models first; one that was cut off goes on. Then pipelines run by schedule.",
    "The default store is data/lake/sandbox (a simulated market), or data/lake/market when OANDA_API_URL is set. Logs of every process are in its folder logs.",
  ],
  async run(context, args) {
    const settings = readSettings(context.env);
    const store = storeToStart(context, settings, textOption(args, "store"));
    refuseOtherStack(context, store, settings.ports);
    context.screen.say(`fx-medallion on the store ${displayPath(store.folder)} (${describeMarket(store.market)})`);
    const stack = await startStack({ ...context, store, settings, ports: settings.ports, crons: "all" });
    try {
      const client = createWorkerClient({ base_url: stack.worker_url, admin_token: settings.admin_token }, context.cancelled);
      const died = stack.failure.then((error) => Promise.reject(error));
      await Promise.race([serve(context, stack, client), died]);
      return 0;
    } finally {
      await stack.stop();
    }
  },
};

async function serve(context: CommandContext, stack: Stack, client: WorkerClient): Promise<void> {
  await bringToPrediction(context, stack, client);
  context.screen.say(describeAddresses(stack));
  await untilCancelled(context.cancelled);
}

/** Bootstraps where it is needed and possible, and shows what the models say. */
async function bringToPrediction(context: CommandContext, stack: Stack, client: WorkerClient): Promise<void> {
  const { screen } = context;
  if (await needsBootstrap(client)) {
    if (stack.plan.origin === "import") {
      screen.say(
        "No model is in Production. This store takes imported candles only: fx import candles FILE, then fx backfill --from DATE --to DATE.",
      );
      return;
    }
    await bootstrap(client, screen);
  }
  const rows = await predictAll(client);
  if (!rows.some(isPrediction)) screen.say("No model answers yet:");
  screen.say(`\n${renderPredictions(rows)}\n`);
}

function describeAddresses(stack: Stack): string {
  const url = stack.worker_url;
  return [
    `Serving at ${url} (Ctrl-C stops everything)`,
    `  predict  curl -s ${url}/predict -d '{"instrument": "USD_SGD"}'`,
    `  health   ${url}/health`,
    `  runs     npm run fx -- runs`,
    `  logs     ${displayPath(stack.plan.store.folder)}/logs`,
  ].join("\n");
}

function untilCancelled(cancelled: AbortSignal): Promise<void> {
  if (cancelled.aborted) return Promise.resolve();
  // A pending promise keeps no process alive; the parts' channels do.
  return new Promise((resolve) => cancelled.addEventListener("abort", () => resolve(), { once: true }));
}
