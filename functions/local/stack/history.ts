import { TRAINING_PROFILES } from "../../../shared/models/trainingProfile.ts";
import { MIN_TEST_ROWS } from "../../../shared/validation/sizeCheck.ts";
import { type CommandArguments, type CommandOption, textOption } from "../commands/command.ts";
import { usageError } from "../text/localError.ts";

/** A year of hourly bars holds two changes of the clocks and every season of the market. */
const DEFAULT_DAYS = 365;
/** More is not read by any training. */
const MAX_DAYS = TRAINING_PROFILES.nightly.window_days;
/** Hours that lack a bar or a label: Christmas and New Year (48), and those in which a pair did not trade or move (about 1 %). */
const SPARE_ROWS = 100;
/** Market hours a week: 24 on five days. */
const HOURS_A_WEEK = 120;
const NEEDED_ROWS = TRAINING_PROFILES.bootstrap.min_train_rows + MIN_TEST_ROWS + SPARE_ROWS;
/** Whole weeks, so that no start of the week makes a difference. With fewer rows the first fold has too few, or nothing is promoted. */
const MIN_DAYS = 7 * Math.ceil(NEEDED_ROWS / HOURS_A_WEEK);

export const HISTORY_OPTION: CommandOption = {
  type: "string",
  value: "DAYS",
  help: `days of candles to collect for an empty store, ${MIN_DAYS} to ${MAX_DAYS}; default ${DEFAULT_DAYS}. Fewer are faster, and the models worse`,
};

/** `--history`: whole days, no fewer than a bootstrap can train and promote with. */
export function readHistory(args: CommandArguments, command: string): number {
  const text = textOption(args, "history");
  if (text === null) return DEFAULT_DAYS;
  const days = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (days >= MIN_DAYS && days <= MAX_DAYS) return days;
  throw usageError(`--history: "${text}" is not a whole number of days from ${MIN_DAYS} to ${MAX_DAYS}.`, command);
}
