import { instrumentSchema } from "../../../shared/domain/instrument.ts";
import { HORIZONS } from "../../../shared/labels/horizon.ts";
import { withStack } from "../stack/withStack.ts";
import { usageError } from "../text/localError.ts";
import { renderPrediction } from "../text/showPredictions.ts";
import { type Command, type CommandArguments, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";
import { readHorizon } from "./readHorizon.ts";
import { readTime } from "./readTime.ts";

export const predictCommand: Command = {
  name: "predict",
  summary: "the direction of an instrument over the next hour, or more",
  positionals: ["INSTRUMENT"],
  options: {
    at: { type: "string", value: "TIME", help: "answer as it would have been given then, e.g. 2025-06-27T12:00:00Z" },
    "recorded-until": {
      type: "string",
      value: "TIME",
      help: "with --at: use what the store had recorded by then; gives a replay of that time again",
    },
    horizon: {
      type: "string",
      value: "BARS",
      help: `hours of open market ahead: ${HORIZONS.join(", ")} (1); of more where such a model was trained`,
    },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: [
    "Asks the stack that runs, or starts one for this one answer on the store that is there. Of several stores --store says which.",
  ],
  async run(context, args) {
    const at = readTime(args, "at", "predict");
    const recorded_until = readTime(args, "recorded-until", "predict");
    if (recorded_until !== null && at === null) throw usageError("--recorded-until belongs to a moment: give it with --at.", "predict");
    const instrument = readInstrument(args);
    const horizon_bars = readHorizon(textOption(args, "horizon"), "predict");
    const answer = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
      client.predict(instrument, at, recorded_until, horizon_bars),
    );
    context.stdout.write(`${args.values["json"] === true ? JSON.stringify(answer) : renderPrediction(answer)}\n`);
    return 0;
  },
};

function readInstrument(args: CommandArguments): string {
  const text = args.positionals[0] ?? "";
  if (instrumentSchema.safeParse(text).success) return text;
  throw usageError(`"${text}" is not a pair such as USD_SGD.`, "predict");
}
