import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { GRANULARITY_MS, type Granularity } from "../../../shared/domain/granularity.ts";
import { instrumentSchema } from "../../../shared/domain/instrument.ts";
import { parseWallClock, type WallClock } from "../../../shared/domain/wallClock.ts";
import { findCandleFiles } from "../import/findCandleFiles.ts";
import { importCandles } from "../import/importCandles.ts";
import type { CandleLabels } from "../import/placeLine.ts";
import { withStack } from "../stack/withStack.ts";
import { EXIT_FAILED, usageError } from "../text/localError.ts";
import { renderImportProgress, renderImportSummary, renderNextStep, storedNothing } from "../text/showImport.ts";
import { type Command, type CommandArguments, STORE_OPTION, textOption } from "./command.ts";

export const importCandlesCommand: Command = {
  name: "import candles",
  summary: "bring recorded candles into the market store",
  positionals: ["FILE|DIR..."],
  options: {
    instrument: { type: "string", value: "PAIR", help: "for files that do not name one, in their rows or their names" },
    granularity: { type: "string", value: "NAME", help: `${Object.keys(GRANULARITY_MS).join(", ")}; default: what the file says` },
    "time-zone": { type: "string", value: "ZONE", help: "whose clock the times are: UTC, +03:00, Europe/Athens, America/New_York+07:00" },
    replace: { type: "boolean", help: "put what differs in the place of stored bars; these are kept as superseded" },
    "accept-spikes": { type: "boolean", help: "believe bars that stand alone, far from their neighbours" },
    store: STORE_OPTION,
  },
  details: [
    "Reads OANDA's JSON, NDJSON and CSV (columns by name; mid alone is enough), plain or .gz, and the exports of TradingView, MetaTrader 5 and FXCM. What is there already is left as it is, and a candle that cannot be right is rejected with its reason; fx rejects shows them. Ends with 1 when no bar was stored or there already, or a file could not be read to its end.",
    "Formats, flags and reasons: docs/candles.md.",
  ],
  async run(context, args) {
    const labels = readLabels(args);
    const clock = readClock(args);
    const files = await findCandleFiles(args.positionals.map((path) => resolve(context.cwd, path)));
    const wishes = {
      import_id: randomUUID(),
      replace: args.values["replace"] === true,
      accept_spikes: args.values["accept-spikes"] === true,
    };
    const store = textOption(args, "store");
    const { summary, coverage } = await withStack(context, { store, market: "real", brings: "candles" }, async (client) => ({
      summary: await importCandles({
        files,
        labels,
        clock,
        post: (chunk) => client.importCandles({ ...wishes, ...chunk }),
        onProgress: (progress) => context.screen.progress(renderImportProgress(progress)),
      }),
      coverage: (await client.store()).coverage,
    }));
    context.stdout.write(`\n${renderImportSummary(summary)}\n`);
    if (!storedNothing(summary)) context.stdout.write(`\n${renderNextStep(coverage, store)}\n`);
    return storedNothing(summary) || summary.files.some((file) => file.error !== null) ? EXIT_FAILED : 0;
  },
};

function readLabels(args: CommandArguments): CandleLabels {
  const [instrument, granularity] = [textOption(args, "instrument"), textOption(args, "granularity")];
  if (instrument !== null && !instrumentSchema.safeParse(instrument).success) {
    throw usageError(`--instrument: "${instrument}" is not a pair such as USD_SGD.`, "import candles");
  }
  if (granularity !== null && !Object.hasOwn(GRANULARITY_MS, granularity)) {
    throw usageError(`--granularity: "${granularity}" is not one of ${Object.keys(GRANULARITY_MS).join(", ")}.`, "import candles");
  }
  return { instrument, granularity: granularity as Granularity | null };
}

function readClock(args: CommandArguments): WallClock | null {
  const text = textOption(args, "time-zone");
  if (text === null) return null;
  const clock = parseWallClock(text);
  if (clock !== null) return clock;
  throw usageError(`--time-zone: "${text}" is no offset such as +03:00 and no zone such as Europe/Athens.`, "import candles");
}
