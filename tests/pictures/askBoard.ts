import { expandVariables } from "../support/monitoring/grafanaVariables.ts";

export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
  readonly instant?: boolean;
}
export interface Step {
  readonly value: number | null;
  readonly color: string;
}
export interface Panel {
  readonly type: string;
  readonly title: string;
  readonly repeat?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly Target[];
  readonly fieldConfig?: {
    readonly defaults: {
      readonly unit?: string;
      readonly decimals?: number;
      readonly min?: number;
      readonly max?: number;
      readonly color?: { readonly mode: string };
      readonly thresholds?: { readonly steps: readonly Step[] };
      readonly custom?: { readonly thresholdsStyle?: { readonly mode: string } };
    };
    readonly overrides?: readonly { readonly properties: readonly { readonly id: string }[] }[];
  };
}
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A series of an answer, named as the panel names it. */
export interface Series {
  readonly refId: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds and values, ascending. */
  readonly points: readonly (readonly [number, number])[];
}

export interface Asked {
  readonly prometheus: string;
  readonly from_s: number;
  readonly to_s: number;
  /** Since when the stack has been scraped: what has no history of readings is asked from here. */
  readonly live_from_s: number;
  readonly instruments: string;
}

/** What Prometheus answers to a panel's targets: over the time, or now. */
export async function askPanel({ targets = [] }: Panel, asked: Asked): Promise<Series[]> {
  const answers = await Promise.all(targets.map((target) => askTarget(target, asked)));
  return answers.flat();
}

async function askTarget(target: Target, asked: Asked): Promise<Series[]> {
  const series = await askFrom(target, asked, asked.from_s);
  const is_young = series.every(({ points }) => points.length < FEW);
  return target.instant || !is_young ? series : askFrom(target, asked, asked.live_from_s);
}

/** Points that make no line. */
const FEW = 3;

async function askFrom(
  { expr, refId, legendFormat, instant }: Target,
  { prometheus, to_s, instruments }: Asked,
  from_s: number,
): Promise<Series[]> {
  const query = expandVariables(expr, instruments);
  const step = String(Math.max(5, Math.round((to_s - from_s) / 240)));
  const times: Record<string, string> = instant ? { time: String(to_s) } : { start: String(from_s), end: String(to_s), step };
  const response = await fetch(`${prometheus}/api/v1/${instant ? "query" : "query_range"}?${new URLSearchParams({ query, ...times })}`);
  const body = (await response.json()) as { status: string; error?: string; data: { result: Result[] } };
  if (body.status !== "success") throw new Error(`${query}: ${body.error}`);
  return body.data.result.map(({ metric, value, values }) => ({
    refId,
    name: legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => metric[label] ?? ""),
    labels: metric,
    points: (values ?? [value!]).map(([time, text]) => [time, Number(text)] as const).filter(([, one]) => Number.isFinite(one)),
  }));
}

interface Result {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [number, string];
  readonly values?: readonly (readonly [number, string])[];
}
