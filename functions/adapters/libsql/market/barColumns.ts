import type { InValue } from "@libsql/client/web";
import { endToEnd } from "../../../../shared/domain/endToEnd.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { BarColumnName, BarColumns, BarSpan } from "../../../../shared/ports/barStore.ts";
import type { Statement } from "../bulk.ts";
import type { Database } from "../database.ts";

/**
 * Bars of an answer: about 2 MB of numbers in the ordinary case, and a value of 0.5 MB at most, where sqld takes 5. Longer spans are asked
 * for in several rounds.
 */
const PAGE_BARS = 20_000;

/**
 * One JSON array a column, and not one a row: of 3,000 bars the client then decodes ten values instead of 30,000, and the answer is a
 * sixth of the size. SQLite would print a number of such an array with 15 digits, which is another number for one price of two that are
 * means. So a price is given in whole millionths where that says exactly which number it is (the test is the very division by which it is
 * made again here), and where it does not, as a text of 17 digits, which always does.
 */
const UNIT = 1e6;
const inUnits = (column: string) => `CAST(${column} * ${UNIT} + 0.5 AS INTEGER)`;
const exactly = (column: string) =>
  `json_group_array(CASE WHEN ${column} = ${inUnits(column)} / ${UNIT}.0 THEN ${inUnits(column)} WHEN ${column} IS NOT NULL THEN format('%!.17g', ${column}) END)`;

/** The bars of each span, as columns of the names asked for beside `start`: one round trip for all of them, as a rule. */
export async function readBarColumns<Name extends BarColumnName>(
  database: Database,
  spans: readonly BarSpan[],
  names: readonly Name[],
): Promise<readonly BarColumns<Name>[]> {
  const statement = statementOf(names);
  const read = spans.map((): BarColumns<Name>[] => []);
  let pending = spans.map((span, place) => ({ place, args: argsOf(span) }));
  while (pending.length > 0) {
    const results = await database.$client.batch(
      pending.map(({ args }) => statement(args)),
      "read",
    );
    pending = pending.flatMap(({ place, args }, i) => {
      const columns = parseColumns(results[i]!.rows[0] as unknown as readonly unknown[], names);
      read[place]!.push(columns);
      const { start } = columns;
      return start.length < PAGE_BARS ? [] : [{ place, args: { ...args, start: start.at(-1)! + 1, bars_before: 0 } }];
    });
  }
  return read.map((parts) => joined(parts, names));
}

interface SpanArgs {
  readonly instrument: string;
  readonly granularity: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly bars_before: number;
}

function argsOf({ instrument, granularity, window, bars_before = 0 }: BarSpan): SpanArgs {
  return { instrument, granularity, ...window, bars_before };
}

function statementOf(names: readonly string[]): (args: SpanArgs) => Statement {
  const sql = `SELECT json_group_array(start), ${names.map(exactly).join(", ")} FROM (SELECT start, ${names.join(", ")} FROM bars
    WHERE instrument = ?1 AND granularity = ?2 AND start < ?4 AND start >= coalesce((SELECT min(start) FROM (SELECT start FROM bars
      WHERE instrument = ?1 AND granularity = ?2 AND start < ?3 ORDER BY start DESC LIMIT ?5)), ?3)
    ORDER BY start LIMIT ${PAGE_BARS})`;
  return ({ instrument, granularity, start, end, bars_before }) => {
    const args: InValue[] = [instrument, granularity, start, end, bars_before];
    return { sql, args };
  };
}

function parseColumns<Name extends BarColumnName>(row: readonly unknown[], names: readonly Name[]): BarColumns<Name> {
  const columns = names.map((name, i) => [name, numbersOf(JSON.parse(String(row[i + 1])))] as const);
  return { start: Float64Array.from(JSON.parse(String(row[0])) as number[]), ...Object.fromEntries(columns) } as BarColumns<Name>;
}

function numbersOf(values: readonly (number | string | null)[]): Float64Array {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) {
    const value = values[i]!;
    numbers[i] = typeof value === "number" ? value / UNIT : value === null ? Number.NaN : Number(value);
  }
  return numbers;
}

function joined<Name extends BarColumnName>(parts: readonly BarColumns<Name>[], names: readonly Name[]): BarColumns<Name> {
  if (parts.length === 1) return parts[0]!;
  const columns = (["start", ...names] as const).map((name) => [name, endToEnd(parts.map((part) => part[name]))] as const);
  return Object.fromEntries(columns) as BarColumns<Name>;
}
