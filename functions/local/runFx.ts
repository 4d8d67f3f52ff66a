import { fileURLToPath } from "node:url";
import { type AppError, toAppError } from "../../shared/errors.ts";
import type { CommandContext } from "./commands/command.ts";
import { allCommands, commandsFor } from "./commands/commandTable.ts";
import { renderHelp } from "./commands/help.ts";
import { parseCommandLine } from "./commands/parseCommandLine.ts";
import { listenForStop } from "./processes/listenForStop.ts";
import { diskError } from "./stack/diskError.ts";
import { inCommandWords } from "./text/commandWords.ts";
import { exitCodeOf } from "./text/localError.ts";
import { createScreen } from "./text/screen.ts";
import { versionLine } from "./text/versionLine.ts";

/** As a shell reports a program that Ctrl-C ended. */
const EXIT_CANCELLED = 130;
/** Commands that Ctrl-C ends as it should. */
const SERVING: ReadonlySet<string> = new Set(["start", "serve"]);

/** The fx command: reads the line, runs the command, and turns every error into one message and an exit code. */
export async function runFx(argv: readonly string[]): Promise<number> {
  const stop = listenForStop((line) => process.stderr.write(`${line}\n`));
  try {
    const parsed = parseCommandLine(argv, await commandsFor(argv));
    if (parsed.kind === "help") {
      process.stdout.write(`${renderHelp(await allCommands(), parsed.command)}\n`);
      return 0;
    }
    if (parsed.kind === "version") {
      process.stdout.write(`${versionLine()}\n`);
      return 0;
    }
    const { command, args } = parsed;
    return await command.run(contextOf(args.values["json"] === true, stop), args).catch((error: unknown) => {
      // What was cut off reports all kinds of errors; the reason is known.
      if (stop.aborted) return SERVING.has(command.name) ? 0 : EXIT_CANCELLED;
      throw error;
    });
  } catch (error) {
    return report(toAppError(diskError(error, null)));
  }
}

function contextOf(isJson: boolean, cancelled: AbortSignal): CommandContext {
  return {
    root: fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, ""),
    cwd: process.cwd(),
    env: process.env,
    stdout: process.stdout,
    screen: createScreen(isJson ? process.stderr : process.stdout, Date.now),
    cancelled,
  };
}

function report(error: AppError): number {
  process.stderr.write(`\nfx: ${inCommandWords(error)}\n`);
  // Only what nobody foresaw: its stack is what a bug report needs.
  if (error.code === "internal" && error.cause instanceof Error && process.env["FX_DEBUG"]) process.stderr.write(`${error.cause.stack}\n`);
  return exitCodeOf(error);
}
