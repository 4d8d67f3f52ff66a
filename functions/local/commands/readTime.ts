import { requireInstant, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { usageError } from "../text/localError.ts";
import { type CommandArguments, textOption } from "./command.ts";

/** A moment that an option says, as ISO text; null where it is not given. */
export function readTime(args: CommandArguments, option: string, command: string): string | null {
  const text = textOption(args, option);
  if (text === null) return null;
  try {
    return toIso(requireInstant(text, `--${option}`));
  } catch (error) {
    if (error instanceof AppError) throw usageError(error.message, command);
    throw error;
  }
}
