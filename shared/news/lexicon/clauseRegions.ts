import type { Token } from "../text/token.ts";
import type { Finding, Item } from "./item.ts";

/** A stretch of a sentence that counts more or less than another. */
export interface Region {
  readonly start: number;
  readonly weight: number;
  /** Says why, or against whom: its currencies are not the subject. */
  readonly is_subordinate: boolean;
}

/**
 * What a clause counts. "But" turns a sentence towards what follows; what comes after "despite" is granted, not said; a reason ("as the yen
 * falls") matters less than what it explains, if that says anything. Our own weights, set on the development half of the labelled sentences.
 */
const BEFORE_CONTRAST = 0.5;
const AFTER_CONTRAST = 1.2;
const CONCESSION = 0.3;
const CAUSE = 0.55;
const EXPLAINED = 0.3;
/** What a main clause has to say to be explained. */
const ENOUGH = 0.5;

/** Cuts a sentence into regions, first to last. */
export function clauseRegions(
  items: readonly Item[],
  findings: readonly Finding[],
  tokens: readonly Token[],
  start: number,
  end: number,
): Region[] {
  const regions: { start: number; weight: number; is_subordinate: boolean }[] = [{ start, weight: 1, is_subordinate: false }];
  let base = 1;
  for (const { at, end: item_end, effect } of items) {
    if (effect.kind !== "clause" && effect.kind !== "compared") continue;
    const has_before = findings.some((finding) => finding.at < at);
    if (effect.kind === "compared") {
      if (has_before) regions.push({ start: at, weight: regions.at(-1)!.weight, is_subordinate: true });
    } else if (effect.role === "contrast") {
      if (!has_before) continue;
      for (const region of regions) region.weight *= BEFORE_CONTRAST;
      base = AFTER_CONTRAST;
      regions.push({ start: at, weight: base, is_subordinate: false });
    } else if (effect.role === "concession" || has_before || at <= start + 1) {
      const weight = base * (effect.role === "concession" ? CONCESSION : CAUSE);
      // "boosted by" itself still speaks of the main clause.
      regions.push({ start: effect.alone === 0 ? at : item_end, weight, is_subordinate: true });
      const resumed = at <= start + 1 ? commaAfter(tokens, at, end) : null;
      if (resumed !== null) regions.push({ start: resumed, weight: base, is_subordinate: false });
    }
  }
  regions.sort((one, other) => one.start - other.start);
  return saysEnough(regions, findings) ? regions.map((region) => explained(region)) : regions;
}

function saysEnough(regions: readonly Region[], findings: readonly Finding[]): boolean {
  const main = findings.filter(({ at }) => !regionAt(regions, at).is_subordinate);
  return Math.abs(main.reduce((sum, { value }) => sum + value, 0)) >= ENOUGH;
}

/** A reason counts less where what it explains is said. */
function explained(region: Region): Region {
  return region.is_subordinate && region.weight >= CAUSE ? { ...region, weight: (region.weight * EXPLAINED) / CAUSE } : region;
}

/** The main clause of a sentence that begins with "despite" or "after" comes behind the comma. */
function commaAfter(tokens: readonly Token[], at: number, end: number): number | null {
  for (let next = at; next < end; next++) if (tokens[next]!.kind === "comma") return next;
  return null;
}

export function regionAt(regions: readonly Region[], at: number): Region {
  let found = regions[0]!;
  for (const region of regions) if (region.start <= at) found = region;
  return found;
}
