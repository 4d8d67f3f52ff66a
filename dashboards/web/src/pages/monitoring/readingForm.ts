import { byCount } from "../../../../../shared/domain/byCount.ts";
import { bytesOf, MISSING, numberOf, percentOf } from "../../format/number.ts";
import { durationOf } from "../../format/time.ts";

/** Writes a value down: 1.25 h, 54.3 %. */
export type Show = (value: number | null | undefined) => string;

const of =
  (digits: number, unit?: string): Show =>
  (value) =>
    numberOf(value, { digits, ...(unit === undefined ? {} : { unit }) });

const counted =
  (unit: string): Show =>
  (value) =>
    numberOf(value, { digits: 0, unit: byCount(value ?? 0, unit.replace(/s$/, ""), unit) });
const yesOrNo: Show = (value) => (value === null || value === undefined ? MISSING : value >= 0.5 ? "yes" : "no");

/** By the unit of a reading's rule. The unit's own word stands behind the number where it says more than that it is one. */
const SHOWN: Readonly<Record<string, Show>> = {
  share: (value) => percentOf(value, 1),
  "market hours": of(2, "h"),
  hours: of(2, "h"),
  days: of(1, "d"),
  minutes: of(1, "min"),
  s: of(1, "s"),
  bp: of(1, "bp"),
  "bp a trade": of(2, "bp"),
  nats: of(4),
  PSI: of(3),
  ratio: of(2),
  probability: of(3),
  "squared probability": of(4),
  score: of(3),
  area: of(3),
  "rank correlation": of(2),
  "a year": of(2),
  "round trips a market day": of(1),
  "signals an hour": of(3),
  "0 or 1": yesOrNo,
};

/** Of a unit that only counts: 3 rows. */
export function showOf(unit: string | null | undefined): Show {
  if (unit === null || unit === undefined) return of(3);
  return SHOWN[unit] ?? counted(unit);
}

/** True of a unit that only counts. */
export function isCount(unit: string | undefined): boolean {
  return unit !== undefined && SHOWN[unit] === undefined;
}

/** Of what GET /metrics has in seconds. */
export const showSeconds: Show = (value) => (value === null || value === undefined ? MISSING : durationOf(value * 1_000));
export const showBytes: Show = (value) => bytesOf(value);
export const showShare: Show = (value) => percentOf(value, 1);
