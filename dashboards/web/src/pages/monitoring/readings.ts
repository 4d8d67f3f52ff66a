import type { ReadingView, SeriesCollection } from "../../../../../shared/contracts/monitoring.ts";
import { modelNameOf } from "../../../../../shared/models/modelName.ts";

export type Reading = ReadingView;
export type Status = Reading["status"];
export type Series = SeriesCollection["series"][number];

/** The pair that a subject is of: itself, its model or one of its features. Null: it is no pair's. */
export function pairOf(subject: string, pairs: readonly string[]): string | null {
  return pairs.find((pair) => subject === pair || subject.startsWith(`${pair}/`) || subject === modelNameOf(pair)) ?? null;
}

/** What a reader of one pair sees: its own, and what is no pair's. `pair` is "" for all. */
export function ofPair<One extends { readonly subject: string }>(all: readonly One[], pair: string, pairs: readonly string[]): One[] {
  if (pair === "") return [...all];
  return all.filter(({ subject }) => {
    const own = pairOf(subject, pairs);
    return own === null || own === pair;
  });
}

const ORDER: readonly Status[] = ["ok", "unknown", "warning", "breach"];

/** The worst of some; null of none. */
export function worstOf(statuses: readonly Status[]): Status | null {
  const worst = Math.max(-1, ...statuses.map((status) => ORDER.indexOf(status)));
  return ORDER[worst] ?? null;
}

/** Why readings are not known: each reason once, with what it is said of. */
export function unknownReasons(readings: readonly Reading[]): { readonly reason: string; readonly subjects: readonly string[] }[] {
  const unknown = readings.filter(({ status }) => status === "unknown");
  const by_reason = Map.groupBy(unknown, ({ details }) => (typeof details["reason"] === "string" ? details["reason"] : "no reason given"));
  return [...by_reason].map(([reason, of]) => ({ reason, subjects: of.map(({ subject }) => subject) }));
}

/** What a reading says beside its number: why there is none, what it is a count of, where it is worst. */
export function noteOf({ details, status }: Pick<Reading, "details" | "status">): string {
  const parts: string[] = [];
  const { reason, named, by_reason, by_dag, worst, missing, newest, baseline, level } = details;
  if (typeof reason === "string") parts.push(reason);
  if (Array.isArray(named) && named.length > 0) parts.push(listed(named.filter((one) => typeof one === "string")));
  parts.push(...[by_reason, by_dag].flatMap((counts) => countsOf(counts)));
  if (Array.isArray(worst)) parts.push(...worstFeatures(worst));
  if (typeof missing === "number" && missing > 0) parts.unshift(`${missing} missing`);
  if (typeof newest === "string" && status !== "ok") parts.push(`newest: ${newest}`);
  if (typeof baseline === "string") parts.push(`baseline: ${baseline}`);
  if (typeof level === "number") parts.push(`made for ${Math.round(level * 100)} %`);
  return parts.filter((part) => part !== "").join("; ");
}

const MAX_NAMED = 5;

function listed(names: readonly string[]): string {
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : "";
  return `${names.slice(0, MAX_NAMED).join(", ")}${more}`;
}

function countsOf(counts: unknown): string[] {
  if (typeof counts !== "object" || counts === null) return [];
  const entries = Object.entries(counts).filter(([, count]) => typeof count === "number" && count > 0);
  return entries.length === 0 ? [] : [entries.map(([name, count]) => `${name}: ${count}`).join(", ")];
}

function worstFeatures(worst: readonly unknown[]): string[] {
  const names = worst.flatMap((one) => {
    const feature = (one as { readonly feature?: unknown } | null)?.feature;
    return typeof feature === "string" ? [feature] : [];
  });
  return names.length === 0 ? [] : [`most in ${names.slice(0, 3).join(", ")}`];
}
