import { basename } from "node:path";
import type { FileSummary, ImportCounts, ImportProgress, ImportSummary } from "./import/importCandles.ts";
import { renderTable } from "./table.ts";

const BAR_WIDTH = 24;
const MEGABYTE = 1_000_000;

/** `[############------------]  50 %  2/8 EUR_USD_H1.csv.gz` */
export function renderImportProgress({ path, file, files, bytes, total_bytes }: ImportProgress): string {
  const share = total_bytes === 0 ? 1 : bytes / total_bytes;
  const filled = Math.round(share * BAR_WIDTH);
  const bar = "#".repeat(filled) + "-".repeat(BAR_WIDTH - filled);
  return `[${bar}] ${String(Math.round(share * 100)).padStart(3)} %  ${file}/${files} ${basename(path)} (${(total_bytes / MEGABYTE).toFixed(1)} MB in all)`;
}

/** What was read, written and rejected, by file and in all, with the reasons. */
export function renderImportSummary(summary: ImportSummary): string {
  const columns = [
    { title: "file" },
    { title: "read", align: "right" },
    { title: "written", align: "right" },
    { title: "unchanged", align: "right" },
    { title: "rejected", align: "right" },
  ] as const;
  const rows = summary.files.map((file) => cellsOf(basename(file.path), file));
  const table = renderTable(columns, summary.files.length > 1 ? [...rows, cellsOf("all", summary.total)] : rows);
  const reasons = Object.entries(summary.total.rejected).map(([reason, count]) => `  ${reason}: ${format(count)}`);
  return [table, ...(reasons.length > 0 ? ["", "Rejected because of:", ...reasons] : []), ...summary.files.flatMap(problemOf)].join("\n");
}

function problemOf(file: FileSummary): string[] {
  return file.error === null ? [] : ["", `Not read to its end: ${file.error.message}`];
}

function cellsOf(title: string, counts: ImportCounts): string[] {
  const rejected = Object.values(counts.rejected).reduce((sum, count) => sum + count, 0);
  return [title, format(counts.read), format(counts.written), format(counts.unchanged), format(rejected)];
}

function format(count: number): string {
  return count.toLocaleString("en");
}
