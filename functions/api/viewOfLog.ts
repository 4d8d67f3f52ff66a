import type { LedgerTry } from "../../shared/ports/ledgerRecords.ts";

/** What a try logged, line by line, and the error that it ended with, as Airflow has structured logs. When each line came is not kept. */
export function viewOfLog({ log, error }: LedgerTry) {
  const lines = log.split("\n").filter((line) => line !== "");
  const logged = lines.map((event) => ({ event, timestamp: null, level: "info" as const }));
  const failed = error ? [{ event: `${error.code}: ${error.message}`, timestamp: null, level: "error" as const }] : [];
  return { content: [...logged, ...failed], continuation_token: null };
}
