import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { instrumentSchema } from "../../../shared/domain/instrument.ts";
import { AppError } from "../../../shared/errors.ts";
import { requireSweepConf } from "../../../shared/models/sweepConf.ts";
import { requireTrainingConf } from "../../../shared/models/trainingProfile.ts";
import { usageError } from "../text/localError.ts";
import { type CommandArguments, listOption, textOption } from "./command.ts";

const COMMAND = "train";

export interface TrainLine {
  /** Null: the configured ones, or those that the conf makes one model of. */
  readonly instruments: readonly string[] | null;
  readonly conf: Readonly<Record<string, unknown>>;
  /** It is a conf of model_sweep. */
  readonly is_sweep: boolean;
}

/** What `fx train` was asked for, checked by the rules that the Worker has. A file of a sweep is looked for from `cwd`. */
export function parseTrain(args: CommandArguments, cwd: string): TrainLine {
  const file = textOption(args, "sweep");
  const instruments = instrumentsOf(args.positionals);
  const is_pooled = args.values["pooled"] === true;
  if (is_pooled && (instruments?.length ?? 0) < 2)
    throw usageError("--pooled: name the pairs that one model is to be made of, two at the least.", COMMAND);
  const conf = {
    ...given("pooled", is_pooled ? instruments : null),
    ...given("profile", textOption(args, "profile")),
    ...given("horizon_bars", horizonOf(textOption(args, "horizon"))),
    ...given("params", paramsOf(listOption(args, "param"))),
    ...given("sweep", file === null ? null : readSweep(resolve(cwd, file))),
  };
  try {
    if (file === null) requireTrainingConf(conf);
    else requireSweepConf(conf);
  } catch (error) {
    throw error instanceof AppError ? usageError(error.message, COMMAND) : error;
  }
  return { instruments: is_pooled ? null : instruments, conf, is_sweep: file !== null };
}

function readSweep(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw usageError(`--sweep: ${path} is not a JSON file that can be read (${(error as Error).message}).`, COMMAND);
  }
}

function given(name: string, value: unknown): Record<string, unknown> {
  return value === null ? {} : { [name]: value };
}

function horizonOf(text: string | null): number | string | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : text;
}

/** `--param max_depth=6 --param seeds=1,2`: numbers, and lists of them. */
function paramsOf(texts: readonly string[]): Record<string, unknown> | null {
  if (texts.length === 0) return null;
  const params: Record<string, unknown> = {};
  for (const text of texts) {
    const [name, value] = partsOf(text);
    if (Object.hasOwn(params, name)) throw usageError(`--param: ${name} is given twice.`, COMMAND);
    params[name] = value;
  }
  return params;
}

function partsOf(text: string): [string, unknown] {
  const at = text.indexOf("=");
  if (at <= 0) throw usageError(`--param: "${text}" is not NAME=VALUE such as max_depth=6.`, COMMAND);
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  const numbers = value.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (numbers.some((number) => !Number.isFinite(number))) throw usageError(`--param: ${name}: "${value}" is no number.`, COMMAND);
  return [name, name === "seeds" ? numbers : numbers.length === 1 ? numbers[0] : numbers];
}

function instrumentsOf(positionals: readonly string[]): readonly string[] | null {
  if (positionals.length === 0) return null;
  const bad = positionals.find((instrument) => !instrumentSchema.safeParse(instrument).success);
  if (bad !== undefined) throw usageError(`"${bad}" is not a pair such as USD_SGD.`, COMMAND);
  return [...new Set(positionals)].sort();
}
