import { DAY, type Instant, parseInstant } from "../../../shared/domain/instant.ts";
import { usageError } from "../text/localError.ts";
import type { BackfillRequest, TrainingRhythm } from "./backfillPlan.ts";
import { TRAINING_RHYTHMS } from "./backfillPlan.ts";
import { type CommandArguments, textOption } from "./command.ts";
import { readInstruments } from "./readInstruments.ts";

const COMMAND = "backfill";

/** What a backfill was asked for. `--to` is a day that still belongs to it. */
export function parseBackfill(args: CommandArguments): BackfillRequest {
  const start = readDate(args, "from");
  const end = readDate(args, "to") + DAY;
  if (end <= start) throw usageError(`--to ${textOption(args, "to")} lies before --from ${textOption(args, "from")}.`, COMMAND);
  return {
    window: { start, end },
    train: readRhythm(textOption(args, "train") ?? "monthly"),
    instruments: readInstruments(args, COMMAND),
  };
}

function readDate(args: CommandArguments, name: string): Instant {
  const text = textOption(args, name);
  if (text === null) throw usageError(`fx backfill needs --${name}, for example --${name} 2025-01-01.`, COMMAND);
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseInstant(`${text}T00:00:00Z`) : null;
  if (instant === null) throw usageError(`--${name}: "${text}" is not a date. Use YYYY-MM-DD, for example 2025-01-01.`, COMMAND);
  return instant;
}

function readRhythm(text: string): TrainingRhythm {
  const rhythm = TRAINING_RHYTHMS.find((name) => name === text);
  if (rhythm === undefined) throw usageError(`--train: "${text}" is not one of ${TRAINING_RHYTHMS.join(", ")}.`, COMMAND);
  return rhythm;
}
