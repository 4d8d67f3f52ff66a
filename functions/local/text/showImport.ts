import { basename } from "node:path";
import type { StoreFacts } from "../../../shared/contracts/store.ts";
import { BASE_GRANULARITY } from "../../../shared/domain/granularity.ts";
import type { FileSummary, ImportCounts, ImportProgress, ImportSummary } from "../import/importCandles.ts";
import type { FirstReject } from "../import/rejectSamples.ts";
import { renderTable } from "./table.ts";

const BAR_WIDTH = 24;
const MEGABYTE = 1_000_000;
/** Of a rejected row: enough to find it again. */
const ROW_CHARACTERS = 160;

/** `[############------------]  50 %  2/8 EUR_USD_H1.csv.gz` */
export function renderImportProgress({ path, file, files, bytes, total_bytes }: ImportProgress): string {
  const share = total_bytes === 0 ? 1 : bytes / total_bytes;
  const filled = Math.round(share * BAR_WIDTH);
  const bar = "#".repeat(filled) + "-".repeat(BAR_WIDTH - filled);
  return `[${bar}] ${String(Math.round(share * 100)).padStart(3)} %  ${file}/${files} ${basename(path)} (${(total_bytes / MEGABYTE).toFixed(1)} MB in all)`;
}

/** What was read, written and rejected, by file and in all, with the reasons and the first rows of each. */
export function renderImportSummary(summary: ImportSummary): string {
  const has_replaced = summary.total.replaced > 0;
  const columns = [
    { title: "file" },
    { title: "read", align: "right" },
    { title: "written", align: "right" },
    { title: "unchanged", align: "right" },
    ...(has_replaced ? [{ title: "replaced", align: "right" } as const] : []),
    { title: "rejected", align: "right" },
  ] as const;
  const cells = (title: string, counts: ImportCounts) => cellsOf(title, counts, has_replaced);
  const rows = summary.files.map((file) => cells(basename(file.path), file));
  const table = renderTable(columns, summary.files.length > 1 ? [...rows, cells("all", summary.total)] : rows);
  return [table, ...summary.files.flatMap(notesOf), ...reasonsOf(summary), ...summary.files.flatMap(problemOf), ...outcomeOf(summary)].join(
    "\n",
  );
}

/** What to do with the bars of a store: the command that builds features and models over the whole span of its hourly ones. */
export function renderNextStep(coverage: StoreFacts["coverage"], store: string | null): string {
  const bars = coverage.filter(({ granularity }) => granularity === BASE_GRANULARITY);
  if (bars.length === 0) return `Features are built on ${BASE_GRANULARITY} candles, and the store has none yet.`;
  const day = (instant: string) => instant.slice(0, "YYYY-MM-DD".length);
  const first = day(bars.map(({ first_start }) => first_start).sort()[0]!);
  const last = day(
    bars
      .map(({ last_start }) => last_start)
      .sort()
      .at(-1)!,
  );
  return `Next, features and models over all of it: npm run fx -- backfill --from ${first} --to ${last}${store === null ? "" : ` --store ${store}`}`;
}

/** Nothing of what was read is in the store, neither since now nor since before. */
export function storedNothing({ total }: Pick<ImportSummary, "total">): boolean {
  return total.written + total.unchanged + total.replaced === 0;
}

function notesOf({ path, notes }: FileSummary): string[] {
  return notes.map((note) => `\n${basename(path)}: ${note}`);
}

function reasonsOf({ total, first_rejects }: ImportSummary): string[] {
  const reasons = Object.entries(total.rejected);
  if (reasons.length === 0) return [];
  return [
    "",
    "Rejected because of:",
    ...reasons.flatMap(([reason, count]) => [`  ${reason}: ${format(count)}`, ...samplesOf(reason, first_rejects)]),
    "",
    "All that are kept: fx rejects",
  ];
}

function samplesOf(reason: string, rejects: readonly FirstReject[]): string[] {
  return rejects
    .filter((reject) => reject.reason === reason)
    .flatMap(({ path, line, text, detail }) => [`    ${basename(path)} line ${line}: ${detail}`, `      ${shorten(text)}`]);
}

function shorten(text: string): string {
  const row = text.replaceAll("\t", " ");
  return row.length > ROW_CHARACTERS ? `${row.slice(0, ROW_CHARACTERS)}…` : row;
}

function problemOf(file: FileSummary): string[] {
  return file.error === null ? [] : ["", `Not read to its end: ${file.error.message}`];
}

function outcomeOf(summary: ImportSummary): string[] {
  return storedNothing(summary) ? ["", "No bar was stored, and none of these was there already."] : [];
}

function cellsOf(title: string, counts: ImportCounts, has_replaced: boolean): string[] {
  const rejected = Object.values(counts.rejected).reduce((sum, count) => sum + count, 0);
  const replaced = has_replaced ? [format(counts.replaced)] : [];
  return [title, format(counts.read), format(counts.written), format(counts.unchanged), ...replaced, format(rejected)];
}

function format(count: number): string {
  return count.toLocaleString("en");
}
