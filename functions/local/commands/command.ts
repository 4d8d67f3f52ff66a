import type { ParseArgsOptionDescriptor } from "node:util";
import type { Environment } from "../stack/environment.ts";
import type { Screen, ScreenStream } from "../text/screen.ts";

export interface CommandOption {
  readonly type: "string" | "boolean";
  /** What stands for the value in the help: NAME, PORT, DATE. */
  readonly value?: string;
  readonly help: string;
  /** It may be given several times. */
  readonly multiple?: true;
}

/** What every command is given. */
export interface CommandContext {
  /** Folder of the repository. */
  readonly root: string;
  readonly cwd: string;
  readonly env: Environment;
  /** Results, and nothing else when they are JSON. */
  readonly stdout: ScreenStream;
  /** Progress: on stdout, or on stderr when stdout carries JSON. */
  readonly screen: Screen;
  /** Fires at the first Ctrl-C. */
  readonly cancelled: AbortSignal;
}

export interface CommandArguments {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly positionals: readonly string[];
}

export interface Command {
  /** One or two words, as typed: `start`, `import candles`. */
  readonly name: string;
  readonly summary: string;
  /** Positionals in the usage line: in brackets when they may be left out, the last with ... when there may be more. */
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Paragraphs under the usage. */
  readonly details: readonly string[];
  /** Returns the exit code. */
  run(context: CommandContext, args: CommandArguments): Promise<number>;
}

export const STORE_OPTION: CommandOption = {
  type: "string",
  value: "NAME|PATH",
  help: "the store: a name under data/lake, or a folder",
};

export const SIDECARS_OPTION: CommandOption = {
  type: "string",
  value: "N",
  help: "how many sidecars train and read (FX_SIDECARS; 1)",
};

export const JSON_OPTION: CommandOption = { type: "boolean", help: "only JSON on stdout; progress goes to stderr" };

export function descriptorsOf(command: Command): Record<string, ParseArgsOptionDescriptor> {
  const help: ParseArgsOptionDescriptor = { type: "boolean", short: "h" };
  return {
    ...Object.fromEntries(Object.entries(command.options).map(([name, { type, multiple = false }]) => [name, { type, multiple }])),
    help,
  };
}

/** Every value of an option that may be given several times. */
export function listOption(args: CommandArguments, name: string): readonly string[] {
  const value = args.values[name];
  return Array.isArray(value) ? value : [];
}

export function textOption(args: CommandArguments, name: string): string | null {
  const value = args.values[name];
  return typeof value === "string" ? value : null;
}
