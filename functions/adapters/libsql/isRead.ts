const READS = /^(SELECT|VALUES|EXPLAIN)\b/i;
const READS_OR_WRITES = /^WITH\b/i;
const WRITES = /\b(INSERT|UPDATE|DELETE|REPLACE)\b/i;

/** Whether a statement only reads. What is not surely a read counts as a write: it then waits for its turn, and no harm is done. */
export function isRead(sql: string): boolean {
  const text = sql.replace(/^(\s|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)+/, "");
  return READS.test(text) || (READS_OR_WRITES.test(text) && !WRITES.test(text));
}
