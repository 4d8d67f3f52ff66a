import { counted } from "../../../shared/domain/counted.ts";
import type { BackupManifest } from "../care/backupManifest.ts";
import { describeMarket } from "../stack/store.ts";

/** What a backup is, in half a sentence. */
export function describeBackup({ files, market, schema, created_at, code_version }: BackupManifest): string {
  const megabytes = (files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1);
  const code = code_version === null ? "" : `, code ${code_version.slice(0, 12)}${code_version.includes("+") ? "+changes" : ""}`;
  return `${describeMarket(market)} as of ${created_at}, ${counted(files.length, "file")}, ${megabytes} MB, schema ${schema.newest}${code}`;
}
