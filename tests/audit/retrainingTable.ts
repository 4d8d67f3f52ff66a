import { renderTable } from "../../functions/local/text/table.ts";
import type { Interval } from "../../shared/metrics/interval.ts";
import { logLossRows } from "../../shared/metrics/logLoss.ts";
import { dayInterval } from "./dayInterval.ts";
import type { Schedule } from "./schedules.ts";

/** An hour outside the rollover, and what the models of one schedule said of it. */
export interface ReplayedRow {
  readonly instrument: string;
  /** Of its trading day in its market. */
  readonly day: number;
  readonly y: number;
  readonly p: number;
  readonly long_net: number;
  readonly short_net: number;
}

export interface ScheduleRows {
  readonly schedule: Schedule;
  readonly trainings: number;
  readonly cpu_ms: number;
  /** In the order of time, and the same hours for every schedule. */
  readonly rows: readonly ReplayedRow[];
}

const COLUMNS = [
  { title: "models" },
  { title: "trained" },
  { title: "trainings", align: "right" },
  { title: "CPU, s", align: "right" },
  { title: "hours", align: "right" },
  { title: "log loss minus a coin's, 1e-5 nats", align: "right" },
  { title: "accuracy, %", align: "right" },
  { title: "net bp a trade", align: "right" },
  { title: "log loss minus daily's", align: "right" },
  { title: "accuracy minus daily's, points", align: "right" },
  { title: "net bp minus daily's", align: "right" },
] as const;

/** A line a schedule, each held against daily training on the same hours. */
export function scheduleLines(name: string, schedules: readonly ScheduleRows[]): string[][] {
  const daily = valuesOf(schedules.find(({ schedule }) => schedule === "daily")!.rows);
  return schedules.map(({ schedule, trainings, cpu_ms, rows }) => {
    const own = valuesOf(rows);
    const own_columns = [coinGap(own.loss), own.right, own.net].map((values) => dayInterval(values, own.days));
    const against = schedule === "daily" ? [null, null, null] : differences(own, daily);
    const facts = [name, schedule, String(trainings), (cpu_ms / 1_000).toFixed(0), String(rows.length)];
    return [...facts, ...cells(own_columns), ...cells(against)];
  });
}

/** One kind of models held against another, schedule by schedule, on the same hours. */
export function pairedLines(one: readonly ScheduleRows[], other: readonly ScheduleRows[]): string[][] {
  return one.map(({ schedule, rows }, index) => [
    schedule,
    String(rows.length),
    ...cells(differences(valuesOf(rows), valuesOf(other[index]!.rows))),
  ]);
}

export function renderSchedules(lines: readonly (readonly string[])[]): string {
  return renderTable(COLUMNS, lines);
}

export function renderPaired(what: string, lines: readonly (readonly string[])[]): string {
  const titles = ["trained", "hours", `log loss, ${what}, 1e-5 nats`, "accuracy, points", "net bp a trade"];
  return renderTable(
    titles.map((title, index) => ({ title, align: index === 0 ? "left" : "right" })),
    lines,
  );
}

interface Values {
  readonly days: readonly number[];
  readonly loss: ArrayLike<number>;
  readonly right: readonly number[];
  readonly net: readonly number[];
}

/** Log loss in nats, 1 where the direction was right, and the result of a trade in it after the spread in bp, of each hour. */
function valuesOf(rows: readonly ReplayedRow[]): Values {
  const input = { y: rows.map(({ y }) => y), p: rows.map(({ p }) => p) };
  return {
    days: rows.map(({ day }) => day),
    loss: logLossRows(input),
    right: rows.map(({ y, p }) => (p >= 0.5 === (y === 1) ? 1 : 0)),
    net: rows.map(({ p, long_net, short_net }) => 10_000 * (p >= 0.5 ? long_net : short_net)),
  };
}

function coinGap(loss: ArrayLike<number>): number[] {
  return Array.from(loss, (nats) => nats - Math.LN2);
}

function differences(one: Values, other: Values): (Interval | null)[] {
  return (["loss", "right", "net"] as const).map((name) => {
    const theirs = other[name];
    return dayInterval(
      Array.from(one[name], (value, row) => value - theirs[row]!),
      one.days,
    );
  });
}

function cells([loss, right, net]: readonly (Interval | null)[]): string[] {
  return [interval(loss!, 1e5, 0), interval(right!, 100, 2), interval(net!, 1, 3)];
}

function interval(value: Interval | null, scale: number, digits: number): string {
  if (value === null) return "-";
  const [estimate, low, high] = [value.estimate, value.low, value.high].map((end) => (end * scale).toFixed(digits));
  return `${estimate} (${low} to ${high})`;
}
