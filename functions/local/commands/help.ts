import { wrapText } from "../text/table.ts";
import type { Command, CommandOption } from "./command.ts";

const COLUMNS = 79;

/** Help for all commands, or for one, readable in 80 columns. */
export function renderHelp(commands: readonly Command[], command: Command | null): string {
  return command === null ? renderOverview(commands) : renderCommand(command);
}

function renderOverview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => entry(command.name, width, command.summary));
  return [
    "fx: the whole fx-medallion stack on one machine",
    "",
    "Usage: npm run fx -- COMMAND [OPTIONS]",
    "",
    ...lines,
    "",
    wrapText(
      "Ports: FX_WORKER_PORT 8787, FX_SQLD_PORT 8790, FX_SIDECAR_PORT 8791, FX_SANDBOX_PORT 8792. Market: OANDA_API_URL and OANDA_API_TOKEN; without them a sandbox simulates one (SANDBOX_SEED, SANDBOX_SIGNAL, SANDBOX_CANDLES). FX_CLOCK sets the clock.",
      COLUMNS,
      "",
    ),
    "",
    "More on a command: npm run fx -- help COMMAND",
    "Which version this is: npm run fx -- --version",
  ].join("\n");
}

function renderCommand(command: Command): string {
  const usage = [`npm run fx -- ${command.name}`, ...command.positionals, ...Object.entries(command.options).map(usageOf)];
  const width = Math.max(0, ...Object.entries(command.options).map((option) => titleOf(option).length));
  const options = Object.entries(command.options).map((option) => entry(titleOf(option), width, option[1].help));
  return [
    `fx ${command.name}: ${command.summary}`,
    "",
    `Usage: ${wrapText(usage.join(" "), COLUMNS - 7, "       ")}`,
    ...command.details.flatMap((paragraph) => ["", wrapText(paragraph, COLUMNS, "")]),
    ...(options.length > 0 ? ["", "Options:", ...options] : []),
  ].join("\n");
}

function entry(title: string, width: number, text: string): string {
  const indent = " ".repeat(width + 4);
  return `  ${title.padEnd(width)}  ${wrapText(text, COLUMNS - indent.length, "").replaceAll("\n", `\n${indent}`)}`;
}

function titleOf([name, { value }]: readonly [string, CommandOption]): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function usageOf(option: readonly [string, CommandOption]): string {
  return `[${titleOf(option)}]`;
}
