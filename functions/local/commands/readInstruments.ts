import { instrumentSchema } from "../../../shared/domain/instrument.ts";
import { usageError } from "../text/localError.ts";
import { type CommandArguments, textOption } from "./command.ts";

/** `--instruments A,B`, each once and sorted; null when it was not given. */
export function readInstruments(args: CommandArguments, command: string): readonly string[] | null {
  const text = textOption(args, "instruments");
  if (text === null) return null;
  const instruments = [...new Set(text.split(",").map((part) => part.trim()))].sort();
  const bad = instruments.find((instrument) => !instrumentSchema.safeParse(instrument).success);
  if (bad !== undefined) throw usageError(`--instruments: "${bad}" is not a pair such as USD_SGD.`, command);
  return instruments;
}
