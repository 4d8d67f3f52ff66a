import type { RecordRows } from "../../../shared/backtest/judgeRecord.ts";
import { DAY, type Instant, type TimeWindow } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import { modelNameOf, type NamedModel } from "../../../shared/models/modelName.ts";
import type { ModelVersion, StageTransition } from "../../../shared/ports/tracking.ts";
import { answersOf, readVersionModel, type VersionModel } from "../common/versionModel.ts";
import type { Ports } from "../ports.ts";
import { readTrainingSet } from "../training/readTrainingSet.ts";

/** Rows of two months and all their features are a few megabytes. */
const SLICE_MS = 61 * DAY;
/** The row of a slice's first moment is of the bar before it, and may be joined to features of an earlier one. */
const BEFORE_MS = DAY;
/** A row's label is decided within 24 bars, behind a weekend and a holiday at the latest. */
const LABEL_MS = 7 * DAY;

export interface ProductionRecord {
  readonly rows: RecordRows;
  /** Versions that answered, in their order. */
  readonly versions: readonly string[];
}

/** A version and the time for which it was in Production, `[from, until)`. */
interface Term {
  readonly version: string;
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * What an instrument's models of a horizon would have said to every bar end of the window, each while it was in Production, and what came of it:
 * features as they were known then, labels that were decided by the window's end. A version answers from the moment when it could be
 * there (modelAvailableAt), which is after everything that it was trained on: no row was seen in its training.
 */
export async function productionRecord(
  ports: Ports,
  { instrument, horizon_bars }: NamedModel,
  window: TimeWindow,
): Promise<ProductionRecord> {
  const name = modelNameOf(instrument, horizon_bars);
  const terms = termsOf(await ports.tracking.transitions(name));
  const versions = new Map((await ports.tracking.versions(name)).map((version) => [version.version, version]));
  const recorded_until = ports.clock.now();
  const columns = emptyColumns();
  for (let start = window.start; start < window.end; start += SLICE_MS) {
    const end = Math.min(window.end, start + SLICE_MS);
    const span = { start: start - BEFORE_MS, end: Math.min(window.end, end + LABEL_MS) };
    const set = await readTrainingSet(ports, instrument, span, recorded_until, horizon_bars);
    for (const term of terms) {
      const rows = rowsOf(set, Math.max(start, term.from), Math.min(end, term.until));
      if (rows.length > 0) await addAnswers(columns, set, rows, await loadVersion(ports, versions, term.version));
    }
  }
  return { rows: toRows(columns, horizon_bars), versions: [...new Set(columns.version)] };
}

/** In the order of time. Two of one moment cannot be: a version is archived when the next comes. */
function termsOf(moves: readonly StageTransition[]): Term[] {
  return moves
    .filter(({ to_stage }) => to_stage === "Production")
    .map(({ version, effective_at }) => {
      const ends = moves.filter(
        (move) => move.from_stage === "Production" && move.version === version && move.effective_at >= effective_at,
      );
      return { version, from: effective_at, until: Math.min(Number.POSITIVE_INFINITY, ...ends.map((move) => move.effective_at)) };
    })
    .sort((one, other) => one.from - other.from);
}

function rowsOf({ event_time }: TrainingSet, from: Instant, until: Instant): number[] {
  return Array.from(event_time.keys()).filter((row) => event_time[row]! >= from && event_time[row]! < until);
}

async function loadVersion(ports: Ports, versions: ReadonlyMap<string, ModelVersion>, version: string): Promise<VersionModel> {
  const found = versions.get(version);
  if (found) return readVersionModel(ports, found);
  throw new AppError("invalid_model", `Version ${version} was in Production and is gone: its answers cannot be made again.`, {
    status: 503,
  });
}

type Columns = ReturnType<typeof emptyColumns>;

function emptyColumns() {
  const numbers = (): number[] => [];
  return {
    event_time: numbers(),
    label_end: numbers(),
    y: numbers(),
    p: numbers(),
    ret_1: numbers(),
    long_net: numbers(),
    short_net: numbers(),
    version: [] as string[],
  };
}

async function addAnswers(columns: Columns, set: TrainingSet, rows: readonly number[], model: VersionModel): Promise<void> {
  const ret_1 = set.features[set.feature_names.indexOf("ret_1")];
  const answers = await answersOf(model, set, rows);
  for (const [index, row] of rows.entries()) {
    columns.p.push(answers[index]!);
    columns.ret_1.push(ret_1?.[row] ?? Number.NaN);
    columns.version.push(model.version);
    for (const name of ["event_time", "label_end", "y", "long_net", "short_net"] as const) columns[name].push(set[name][row]!);
  }
}

function toRows({ version: _, ...columns }: Columns, horizon_bars: number): RecordRows {
  return { ...columns, horizon_bars };
}
