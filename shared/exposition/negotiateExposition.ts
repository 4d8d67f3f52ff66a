import type { ExpositionFormat } from "./exposeFamilies.ts";

interface Range {
  readonly type: string;
  readonly q: number;
  readonly version: string | null;
}

/**
 * The format that a scraper's Accept asks for by its weights; text 0.0.4 where it leaves the choice or asks for what there is not. OpenMetrics is
 * given to those alone who name it and would take version 1.0.0 (Prometheus names several).
 */
export function negotiateExposition(accept: string | null | undefined): ExpositionFormat {
  const ranges = (accept ?? "").split(",").map(readRange);
  const weightOf = (fits: (range: Range) => boolean) => Math.max(0, ...ranges.filter(fits).map(({ q }) => q));
  const openmetrics = weightOf(({ type, version }) => type === "application/openmetrics-text" && (version === null || version === "1.0.0"));
  const text = weightOf(({ type, version }) => type === "text/plain" && (version === null || version === "0.0.4"));
  return openmetrics > 0 && openmetrics >= text ? "openmetrics" : "text";
}

function readRange(part: string): Range {
  const [type = "", ...params] = part.split(";").map((one) => one.trim().toLowerCase());
  const of = (name: string) => params.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
  const q = Number(of("q") ?? "1");
  return { type, q: Number.isFinite(q) ? q : 0, version: of("version") };
}
