import { digits } from "./figures.ts";
import type { Memory } from "./processMemory.ts";
import type { Measured } from "./section.ts";

export function memoryRow(label: string, { pss_mb, rss_mb, processes }: Memory): Measured {
  const text = `${digits(pss_mb)} MB as PSS, ${digits(rss_mb)} MB as RSS sums, ${processes} processes`;
  return { label, text, values: { pss_mb, rss_mb, processes } };
}
