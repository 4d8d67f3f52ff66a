import { expect, it } from "vitest";
import type { BackupManifest } from "../../../../functions/local/care/backupManifest.ts";
import { describeBackup } from "../../../../functions/local/text/showBackup.ts";
import { renderPruned } from "../../../../functions/local/text/showPruned.ts";
import type { PruneAnswer } from "../../../../shared/contracts/prune.ts";

it("a backup is told by its market, moment, size, schema and code", () => {
  const manifest: BackupManifest = {
    format: "fx-medallion-backup",
    format_version: 1,
    created_at: "2026-11-30T12:00:00Z",
    code_version: `${"0123456789abcdef".repeat(2)}01234567+changes`,
    market: "real",
    schema: { newest: "0017_prediction_sources", migrations: 18 },
    notes: [],
    files: [
      { path: "a", bytes: 1_500_000, sha256: "0".repeat(64) },
      { path: "b", bytes: 40_000, sha256: "0".repeat(64) },
    ],
  };
  expect(describeBackup(manifest)).toBe(
    "the real market as of 2026-11-30T12:00:00Z, 2 files, 1.5 MB, schema 0017_prediction_sources, code 0123456789ab+changes",
  );
  expect(describeBackup({ ...manifest, code_version: null })).toMatch(/schema 0017_prediction_sources$/);
});

it("what may go is a line a kind, with what to do next; what has gone says so", () => {
  const kind = { before: "2026-09-01T00:00:00Z", days: 90 };
  const answer: PruneAnswer = {
    applied: false,
    more: false,
    kinds: [
      { ...kind, kind: "readings", what: "old readings", found: 3, bytes: 0 },
      { ...kind, kind: "logs", what: "old logs", found: 2_001, bytes: 250_000 },
    ],
  };
  expect(renderPruned(answer).split("\n")).toEqual([
    "kind      kept     older than  may go    size",
    "--------  -------  ----------  ------  ------",
    "readings  90 days  2026-09-01       3",
    "logs      90 days  2026-09-01    2001  0.3 MB",
    "",
    "readings: old readings.",
    "logs: old logs.",
    "Nothing was changed. To remove it: fx prune --apply",
  ]);
  expect(renderPruned({ ...answer, applied: true })).toMatch(/removed.*The database's file keeps its size/s);
});
