import { resolve } from "node:path";
import { GRANULARITY_MS, type Granularity } from "../../../shared/domain/granularity.ts";
import { instrumentSchema } from "../../../shared/domain/instrument.ts";
import { type Command, type CommandArguments, type CommandContext, STORE_OPTION, textOption } from "../command.ts";
import type { CandleLabels } from "../import/chunkCandles.ts";
import { type CandleFile, findCandleFiles } from "../import/findCandleFiles.ts";
import { type ImportSummary, importCandles } from "../import/importCandles.ts";
import { EXIT_FAILED, usageError } from "../localError.ts";
import { renderImportProgress, renderImportSummary } from "../showImport.ts";
import { withStack } from "../withStack.ts";

export const importCandlesCommand: Command = {
  name: "import candles",
  summary: "bring recorded candles into the market store",
  positionals: ["FILE|DIR..."],
  options: {
    instrument: { type: "string", value: "PAIR", help: "for files that do not name one, in their rows or their names" },
    granularity: { type: "string", value: "NAME", help: `${Object.keys(GRANULARITY_MS).join(", ")}; default: what the file says` },
    store: STORE_OPTION,
  },
  details: [
    "Reads OANDA's JSON, NDJSON and CSV (columns by name; mid alone is enough), plain or .gz. What is there already is left as it is, and a candle that cannot be right is rejected with its reason.",
  ],
  async run(context, args) {
    const labels = readLabels(args);
    const files = await findCandleFiles(args.positionals.map((path) => resolve(context.cwd, path)));
    const summary = await importInto(context, textOption(args, "store"), files, labels);
    context.stdout.write(`\n${renderImportSummary(summary)}\n`);
    return summary.files.some((file) => file.error !== null) ? EXIT_FAILED : 0;
  },
};

function importInto(
  context: CommandContext,
  store: string | null,
  files: readonly CandleFile[],
  labels: CandleLabels,
): Promise<ImportSummary> {
  return withStack(context, { store, market: "real" }, (client) =>
    importCandles({
      files,
      labels,
      post: (chunk) => client.importCandles(chunk.instrument, chunk.granularity, chunk.ndjson),
      onProgress: (progress) => context.screen.progress(renderImportProgress(progress)),
    }),
  );
}

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
