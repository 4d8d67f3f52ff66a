import { parseArgs } from "node:util";
import { usageError } from "../text/localError.ts";
import { type Command, type CommandArguments, descriptorsOf } from "./command.ts";

export type ParsedCommandLine =
  | { readonly kind: "help"; readonly command: Command | null }
  | { readonly kind: "version" }
  | { readonly kind: "run"; readonly command: Command; readonly args: CommandArguments };

const VERSION: ReadonlySet<string> = new Set(["--version", "-V", "-v", "version"]);

/** Reads what follows `fx`. Anything that it does not know is a usage error that names it. */
export function parseCommandLine(argv: readonly string[], commands: readonly Command[]): ParsedCommandLine {
  const [first] = argv;
  if (first === undefined || first === "--help" || first === "-h") return { kind: "help", command: null };
  if (first !== undefined && VERSION.has(first)) return { kind: "version" };
  if (first === "help") return parseHelp(argv.slice(1), commands);
  const command = findCommand(argv, commands);
  if (!command) throw unknownCommand(argv, commands);
  const args = parseOptions(command, argv.slice(command.name.split(" ").length));
  return args.values["help"] === true ? { kind: "help", command } : { kind: "run", command, args };
}

function parseHelp(words: readonly string[], commands: readonly Command[]): ParsedCommandLine {
  if (words.length === 0) return { kind: "help", command: null };
  const command = findCommand(words, commands);
  if (!command) throw unknownCommand(words, commands);
  return { kind: "help", command };
}

function findCommand(words: readonly string[], commands: readonly Command[]): Command | undefined {
  const found = commands.filter((command) => command.name.split(" ").every((word, index) => words[index] === word));
  // Of "models" and "models history" the one that says more.
  return found.toSorted((one, other) => other.name.length - one.name.length)[0];
}

function unknownCommand(words: readonly string[], commands: readonly Command[]): Error {
  const [first = "", second] = words;
  if (first.startsWith("-")) return usageError(`"${first}" stands where the command should be.`);
  const family = commands.filter((command) => command.name.startsWith(`${first} `)).map((command) => `"${command.name}"`);
  if (family.length > 0)
    return usageError(
      `"${second === undefined ? first : `${first} ${second}`}" is not a command; ${family.join(" and ")} ${family.length > 1 ? "are" : "is"}.`,
    );
  return usageError(`"${first}" is not a command.`);
}

function parseOptions(command: Command, argv: readonly string[]): CommandArguments {
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...argv], options: descriptorsOf(command), allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(explain(error as Error, command), command.name);
  }
  const { values, positionals } = parsed;
  if (values["help"] !== true) checkPositionals(command, positionals);
  return { values: values as CommandArguments["values"], positionals };
}

/** parseArgs' messages advise on quoting; the name and what is known is what a reader needs. */
function explain(error: Error & { code?: string }, command: Command): string {
  const name = /'(--?[^' ]+)/.exec(error.message)?.[1] ?? "an option";
  const known = Object.keys(command.options).map((option) => `--${option}`);
  if (error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const list = known.length === 0 ? "It takes none." : `It knows ${known.join(", ")}.`;
    return `fx ${command.name} does not know ${name}. ${list}`;
  }
  const needsValue = /argument missing|ambiguous/.test(error.message);
  return needsValue ? `${name} needs a value.` : `${name} takes no value.`;
}

function checkPositionals(command: Command, positionals: readonly string[]): void {
  const missing = command.positionals.find((name, index) => !name.startsWith("[") && positionals[index] === undefined);
  if (missing) throw usageError(`fx ${command.name} needs ${missing.replace(/\.\.\.$/, "")}.`, command.name);
  if (command.positionals.at(-1)?.endsWith("...")) return;
  const extra = positionals[command.positionals.length];
  if (extra !== undefined) throw usageError(`fx ${command.name} does not know what to do with "${extra}".`, command.name);
}
