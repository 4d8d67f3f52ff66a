import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { exportFeatures, HISTORY_HEADERS } from "../../../shared/contracts/historicalFeatures.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { AppError } from "../../../shared/errors.ts";
import { TABLE_FORMAT_NAMES, type TableFormat } from "../../../shared/historical/tableFormats.ts";
import { diskError } from "../stack/diskError.ts";
import { withStack } from "../stack/withStack.ts";
import { usageError } from "../text/localError.ts";
import { type Command, type CommandArguments, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";
import { readInstruments } from "./readInstruments.ts";
import { readTime } from "./readTime.ts";

const COMMAND = "features export";

/** What lies in the file, and how to have the same again. */
interface Exported {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly as_of: string;
  readonly feature_set_hash: string;
}

export const featuresExportCommand: Command = {
  name: COMMAND,
  summary: "a span's features, as they could be known then, as a file",
  positionals: ["FILE"],
  options: {
    service: { type: "string", value: "NAME", help: "the exact list of a model: fx features shows them" },
    features: { type: "string", value: "VIEW:FEATURE,...", help: "in place of a service: features one by one" },
    from: { type: "string", value: "TIME", help: "rows from then on, e.g. 2025-01-01T00:00:00Z" },
    to: { type: "string", value: "TIME", help: "until then, inclusive" },
    instruments: { type: "string", value: "A,B", help: "pairs; absent: that of the service" },
    "as-of": { type: "string", value: "TIME", help: "as this store had recorded it by then; gives an earlier export again" },
    "full-names": { type: "boolean", help: "columns are named VIEW__FEATURE" },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: [
    "FILE ends in .parquet, .csv or .ndjson. A row an instrument and bar, by instrument and time. Asked again with the time that is printed, the file is the same to the byte, whatever the store has learnt since.",
  ],
  async run(context, args) {
    const file = resolve(context.cwd, args.positionals[0] ?? "");
    const query = queryOf(args, file);
    const exported = await withStack(context, { store: textOption(args, "store"), market: "any" }, async (client) => {
      return saveExport(await client.download(exportFeatures, { query }), file);
    });
    context.stdout.write(`${args.values["json"] === true ? JSON.stringify(exported) : renderExport(exported)}\n`);
    return 0;
  },
};

function queryOf(args: CommandArguments, file: string) {
  const [from, to, as_of] = [readTime(args, "from", COMMAND), readTime(args, "to", COMMAND), readTime(args, "as-of", COMMAND)];
  if (from === null || to === null) throw usageError("Which span? Give --from and --to.", COMMAND);
  const [feature_service, features] = [textOption(args, "service"), textOption(args, "features")];
  if ((feature_service === null) === (features === null)) throw usageError("Which features? Give either --service or --features.", COMMAND);
  const instruments = readInstruments(args, COMMAND);
  return {
    ...{ from, to, format: formatOf(file) },
    ...(feature_service === null ? {} : { feature_service }),
    ...(features === null ? {} : { features }),
    ...(instruments === null ? {} : { instruments: instruments.join(",") }),
    ...(as_of === null ? {} : { as_of }),
    ...(args.values["full-names"] === true ? { full_feature_names: "true" as const } : {}),
  };
}

function formatOf(file: string): TableFormat {
  const format = TABLE_FORMAT_NAMES.find((name) => file.endsWith(`.${name}`));
  if (format) return format;
  throw usageError(`"${file}" ends in none of .${TABLE_FORMAT_NAMES.join(", .")}.`, COMMAND);
}

/** Under another name until it is whole: what bears the name is an export. */
export async function saveExport({ body, headers }: Response, file: string): Promise<Exported> {
  const partial = `${file}.partial`;
  const hash = createHash("sha256");
  let bytes = 0;
  async function* measured(pieces: AsyncIterable<Uint8Array>) {
    for await (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
  }
  try {
    await pipeline(Readable.from(body ?? []), measured, createWriteStream(partial));
    await rename(partial, file);
  } catch (cause) {
    const told = diskError(cause, dirname(file));
    if (told instanceof AppError) throw told;
    throw new AppError("source_unavailable", `${file} could not be written: ${(cause as Error).message}.`, { cause, retryable: true });
  } finally {
    await rm(partial, { force: true });
  }
  const header = (name: keyof typeof HISTORY_HEADERS) => headers.get(HISTORY_HEADERS[name]) ?? "";
  return {
    file,
    rows: Number(header("rows")),
    bytes,
    sha256: hash.digest("hex"),
    as_of: header("as_of"),
    feature_set_hash: header("feature_set_hash"),
  };
}

export function renderExport({ file, rows, bytes, sha256, as_of }: Exported): string {
  return [`${counted(rows, "row")}, ${counted(bytes, "byte")}: ${file}`, `  SHA-256 ${sha256}`, `  the same again: --as-of ${as_of}`].join(
    "\n",
  );
}
