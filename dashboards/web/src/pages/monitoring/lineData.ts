import type { Status } from "./readings.ts";

/** A point of a curve: when (epoch ms), and how much; null breaks the line. */
export type Point = readonly [at: number, value: number | null];

interface Said {
  readonly at: string;
  readonly value: number | null;
  /** Unknown: too little was observed for the value to say anything. */
  readonly status: Status;
}

/**
 * Points in time as a line: where the monitoring has not measured for longer than two steps the line breaks, as it does where a value is
 * not known, or is of too few observations to tell. Nothing is drawn across a gap.
 */
export function lineOf(points: readonly Said[], step_s: number): Point[] {
  const line: Point[] = [];
  for (const { at, value, status } of points) {
    const ms = Date.parse(at);
    const former = line.at(-1);
    if (former !== undefined && ms - former[0] > 2 * step_s * 1_000) line.push([former[0] + step_s * 1_000, null]);
    line.push([ms, status === "unknown" ? null : value]);
  }
  return line;
}

/** True of a line that has anything to draw. */
export function hasValue(line: readonly Point[]): boolean {
  return line.some(([, value]) => value !== null);
}

/** The interval of a curve: its lower end, and what lies between that and the upper one, as a chart stacks them. */
export function bandOf(
  points: readonly (Said & { readonly low: number | null; readonly high: number | null })[],
  step_s: number,
): { readonly low: Point[]; readonly width: Point[] } {
  const known = points.map(({ at, low, high, status }) => ({ at, status, low, width: low === null || high === null ? null : high - low }));
  return {
    low: lineOf(
      known.map(({ at, status, low, width }) => ({ at, status, value: width === null ? null : low })),
      step_s,
    ),
    width: lineOf(
      known.map(({ at, status, width }) => ({ at, status, value: width })),
      step_s,
    ),
  };
}
