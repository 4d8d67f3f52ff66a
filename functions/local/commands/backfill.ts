import { counted } from "../../../shared/domain/counted.ts";
import { withStack } from "../stack/withStack.ts";
import { renderBackfillReport, renderReasons } from "../text/backfillReport.ts";
import { EXIT_FAILED } from "../text/localError.ts";
import { backfillInstruments } from "./backfillInstruments.ts";
import { type Command, STORE_OPTION, textOption } from "./command.ts";
import { parseBackfill } from "./parseBackfill.ts";
import { requirePastDays } from "./requirePastDays.ts";
import { runBackfill } from "./runBackfill.ts";

export const backfillCommand: Command = {
  name: "backfill",
  summary: "replay history: features, training and promotion by data interval",
  positionals: [],
  options: {
    from: { type: "string", value: "DATE", help: "first day, e.g. 2025-01-01 (UTC)" },
    to: { type: "string", value: "DATE", help: "last day, included" },
    instruments: { type: "string", value: "A,B", help: "only these; default: all that have candles in the window" },
    train: { type: "string", value: "RHYTHM", help: "daily, weekly, monthly (the default) or never" },
    store: STORE_OPTION,
  },
  details: [
    "Builds the features of the market and of the news month by month, and trains and promotes at the dates that fall in it, each run knowing only what was known at its interval's end. A model of a past interval gets its place in the history, from half an hour after the interval on, and displaces no later one. Candles must be there: fx import candles, or a sandbox store. Runs that succeeded before are not repeated.",
    "It orders backfills, which GET /api/v2/backfills lists and PUT /api/v2/backfills/ID/pause, unpause and cancel govern. One pipeline alone is backfilled by POST /api/v2/backfills, with a dry run at /api/v2/backfills/dry_run.",
  ],
  async run(context, args) {
    const request = parseBackfill(args);
    return withStack(context, { store: textOption(args, "store"), market: "any" }, async (client) => {
      const store = await client.store();
      requirePastDays(store.clock, request.window);
      const instruments = backfillInstruments(store, request.window, request.instruments);
      context.screen.say(`Replaying ${counted(instruments.length, "instrument")}: ${instruments.join(", ")}`);
      const { tallies, failures, is_stopped, reasons } = await runBackfill(client, context.screen, { ...request, instruments });
      context.stdout.write(`\n${await renderBackfillReport(client, tallies)}\n`);
      const why = renderReasons(reasons);
      if (why !== null) context.stdout.write(`\n${why}\n`);
      if (failures.length > 0)
        context.stdout.write(`\n${counted(failures.length, "run")} failed:\n${failures.map((line) => `  ${line}`).join("\n")}\n`);
      return is_stopped || (tallies.length === 0 && request.train !== "never") ? EXIT_FAILED : 0;
    });
  },
};
