import { AppError } from "../errors.ts";

interface Kept {
  readonly days: number;
  /** Fewer would take what is still looked at. */
  readonly least: number;
  readonly what: string;
}

/**
 * How long is kept what grows without end and nothing rests on for ever. All else stays: bronze, bars, articles, features, predictions with their
 * outcomes, the registry's history, and the files of every registered version with what it is trained again from.
 */
export const RETENTION = {
  readings: { days: 90, least: 35, what: "readings of the monitoring, alerts that have ended and what was told of them" },
  logs: { days: 90, least: 7, what: "what tasks logged; that they ran, when and how they ended stays" },
  models: { days: 180, least: 30, what: "files of runs that were never registered, and training sets that no other run names" },
} as const satisfies Readonly<Record<string, Kept>>;

/** About 60,000 readings come a day with seven instruments: after so many days one an hour is kept, and then one in six hours. */
export const READINGS_EACH_DAYS = 2;
export const READINGS_HOURLY_DAYS = 14;

/** On a run: when its files were taken, in ISO. */
export const FILES_PRUNED_TAG = "fx.files_pruned_at";

export type RetentionKind = keyof typeof RETENTION;

/** Days by kind. */
export type Retention = Readonly<Record<RetentionKind, number>>;

export const RETENTION_VARIABLE = "RETENTION_DAYS";
/** Ten years: what is to be kept for ever needs no number. */
const MOST_DAYS = 3_650;

/** "logs=30,models=365": days of some kinds; the others have theirs. Throws invalid_request, which says what is wrong. */
export function parseRetention(text: string | undefined): Retention {
  const days: Record<RetentionKind, number> = {
    readings: RETENTION.readings.days,
    logs: RETENTION.logs.days,
    models: RETENTION.models.days,
  };
  const seen = new Set<string>();
  for (const part of (text ?? "").split(",").map((one) => one.trim())) {
    if (part === "") continue;
    const [, kind = "", number = ""] = /^(\w+)\s*=\s*(\d+)$/.exec(part) ?? [];
    if (!isKind(kind)) throw wrong(`"${part}" is not KIND=DAYS with one of ${Object.keys(RETENTION).join(", ")}`);
    if (seen.has(kind)) throw wrong(`${kind} stands there twice`);
    seen.add(kind);
    days[kind] = Number(number);
    const { least } = RETENTION[kind];
    if (days[kind] < least || days[kind] > MOST_DAYS) throw wrong(`${kind} is ${number}, and may be ${least} to ${MOST_DAYS} days`);
  }
  return days;
}

function isKind(text: string): text is RetentionKind {
  return Object.hasOwn(RETENTION, text);
}

function wrong(why: string): AppError {
  return new AppError("invalid_request", `${RETENTION_VARIABLE}: ${why}. An example: logs=30,models=365.`, {
    details: { field: RETENTION_VARIABLE },
  });
}
