/** The name that a reading's metric has for Prometheus, and what its value is multiplied by to be in that name's base unit. */
export interface ReadingMetric {
  readonly name: string;
  readonly factor: number;
}

interface BaseUnit {
  /** What the name ends with. */
  readonly word: string;
  readonly factor: number;
  /** What the monitoring's own name of it may end with, in the unit that it is measured in. */
  readonly ending: RegExp;
}

const SECONDS_OF_MINUTE = 60;
const SECONDS_OF_HOUR = 3_600;
const SECONDS_OF_DAY = 86_400;

const BASE_UNITS: Readonly<Record<string, BaseUnit>> = {
  "market hours": { word: "seconds", factor: SECONDS_OF_HOUR, ending: /_h$/ },
  hours: { word: "seconds", factor: SECONDS_OF_HOUR, ending: /_h$/ },
  days: { word: "seconds", factor: SECONDS_OF_DAY, ending: /_d$/ },
  minutes: { word: "seconds", factor: SECONDS_OF_MINUTE, ending: /_min$/ },
  s: { word: "seconds", factor: 1, ending: /_s$/ },
  ms: { word: "seconds", factor: 1e-3, ending: /_ms$/ },
  share: { word: "ratio", factor: 1, ending: /_share$/ },
  ratio: { word: "ratio", factor: 1, ending: /_ratio$/ },
  nats: { word: "nats", factor: 1, ending: /_nats$/ },
  bytes: { word: "bytes", factor: 1, ending: /_bytes$/ },
};
/** A ten-thousandth, which is how people in this market think of a return: kept, with its name written out. */
const BASIS_POINTS: BaseUnit = { word: "basis_points", factor: 1, ending: /_bp$/ };

/** fx_freshness_bar_age_seconds of freshness, bar_age_h, in market hours. `unit` as its rule has it (shared/monitoring/thresholds.ts). */
export function readingMetric(check: string, metric: string, unit: string): ReadingMetric {
  return named(check, metric, unit, []);
}

/** The ends of its interval: fx_performance_accuracy_bound_ratio of performance, accuracy, a share. */
export function readingBound(check: string, metric: string, unit: string): ReadingMetric {
  return named(check, metric, unit, ["bound"]);
}

function named(check: string, metric: string, unit: string, what: readonly string[]): ReadingMetric {
  const base = /^bp\b/.test(unit) ? BASIS_POINTS : BASE_UNITS[unit];
  const words = base === undefined ? [check, metric, ...what] : [check, metric.replace(base.ending, ""), ...what, base.word];
  const name = `fx_${words.join("_")}`.replaceAll(/\W/g, "_").toLowerCase();
  return { name, factor: base?.factor ?? 1 };
}
