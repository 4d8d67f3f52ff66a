import { type Instant, toIso } from "../../../shared/domain/instant.ts";
import { createStackClient, type WorkerClient } from "../client/workerClient.ts";
import { type CommandArguments, type CommandContext, textOption } from "../commands/command.ts";
import { untilCancelled } from "../processes/untilCancelled.ts";
import { isPrediction, predictAll, renderPredictions } from "../text/showPredictions.ts";
import { bootstrap, needsBootstrap, promotionAhead } from "./bootstrap.ts";
import { catchUp } from "./catchUp.ts";
import { refuseOtherStack, storeToStart } from "./chooseStore.ts";
import type { Environment } from "./environment.ts";
import { readHistory } from "./history.ts";
import { readSettings, readSidecars, SIDECARS_VARIABLE } from "./settings.ts";
import type { WorkerHost } from "./stackPlan.ts";
import { type Stack, startStack } from "./startStack.ts";
import { describeMarket, displayPath } from "./store.ts";

/** Starts everything on the store that the arguments name, bootstraps it where it is empty, and serves until Ctrl-C. */
export async function runStack(context: CommandContext, args: CommandArguments, host: WorkerHost): Promise<number> {
  const history_days = readHistory(args, host === "dev" ? "start" : "serve");
  const settings = readSettings(withSidecars(context.env, args));
  const store = storeToStart(context, settings, textOption(args, "store"));
  refuseOtherStack(context, store, settings.ports);
  context.screen.say(`fx-medallion on the store ${displayPath(store.folder)} (${describeMarket(store.market)})`);
  const stack = await startStack({ ...context, store, settings, ports: settings.ports, crons: "all", host, with_pages: true });
  try {
    const client = createStackClient({ base_url: stack.worker_url, admin_token: stack.plan.tokens.admin }, context.cancelled);
    const died = stack.failure.then((error) => Promise.reject(error));
    await Promise.race([serve(context, stack, client, history_days), died]);
    return 0;
  } finally {
    await stack.stop();
  }
}

/** What --sidecars asks for, over the environment. */
function withSidecars(env: Environment, args: CommandArguments): Environment {
  const asked = textOption(args, "sidecars");
  return asked === null ? env : { ...env, [SIDECARS_VARIABLE]: String(readSidecars(asked, "--sidecars")) };
}

async function serve(context: CommandContext, stack: Stack, client: WorkerClient, history_days: number): Promise<void> {
  await bringToPrediction(context, stack, client, history_days);
  context.screen.say(describeAddresses(stack));
  await untilCancelled(context.cancelled);
}

/** Bootstraps where it is needed and possible, does what fell due while the stack was off, and shows what the models say. */
async function bringToPrediction(context: CommandContext, stack: Stack, client: WorkerClient, history_days: number): Promise<void> {
  const { screen } = context;
  if (await needsBootstrap(client)) {
    if (stack.plan.origin === "import") {
      screen.say(
        "No model is in Production. This store takes imported candles only: fx import candles FILE, then fx backfill --from DATE --to DATE.",
      );
      return;
    }
    const ahead = await promotionAhead(client);
    if (ahead === null) await bootstrap(client, screen, history_days);
    else screen.say(describeAhead(ahead));
  } else if (stack.plan.origin !== "import") {
    await catchUp(client, screen);
  }
  const rows = await predictAll(client);
  if (!rows.some(isPrediction)) screen.say("No model answers yet:");
  screen.say(`\n${renderPredictions(rows)}\n`);
}

function describeAhead({ now, promoted_at }: { readonly now: Instant; readonly promoted_at: Instant }): string {
  return `The clock is at ${toIso(now)}, and the first model of this store was promoted at ${toIso(promoted_at)}: there was none yet, and no bootstrap is started over what is recorded. Unset FX_CLOCK or set it to a later moment, or name a new store with --store.`;
}

function describeAddresses(stack: Stack): string {
  const url = stack.worker_url;
  return [
    `Serving at ${url} (Ctrl-C stops everything)`,
    `  pages    ${url}/ui`,
    `  predict  curl -s ${url}/predict -d '{"instrument": "USD_SGD"}'`,
    `  health   ${url}/health`,
    `  runs     npm run fx -- runs`,
    `  logs     ${displayPath(stack.plan.store.folder)}/logs`,
  ].join("\n");
}
