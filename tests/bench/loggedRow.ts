import type { Database } from "../../functions/adapters/libsql/database.ts";
import { digits } from "./figures.ts";
import type { Measured } from "./section.ts";

export async function countLogged(database: Database): Promise<number> {
  const { rows } = await database.$client.execute("SELECT count(*) FROM predictions");
  return Number(rows[0]?.[0]);
}

/**
 * How far the prediction log is behind the answers: nothing holds a host back when the log is slower than it, so a rate of
 * requests alone says nothing about what reaches the database. The warm-up's predictions are in the log too.
 */
export function loggedRow(label: string, logged: number, load: readonly Measured[]): Measured {
  const answered = load.reduce((sum, { values }) => sum + (values["requests"] ?? 0), 0);
  const text = `${digits(logged)} predictions in the log, of ${digits(answered)} answered and those of the warm-up`;
  return { label, text, values: { answered, logged }, peer: "-", budget: "-" };
}
