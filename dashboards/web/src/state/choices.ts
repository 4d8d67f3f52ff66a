import { computed, signal } from "@preact/signals";
import { place, setQuery } from "./address.ts";
import { notices } from "./notices.ts";
import { readChoice } from "./readChoice.ts";

/** Time zones that people of this market think in, by the name that the address has for them. */
export const ZONES = { UTC: "UTC", SGT: "Asia/Singapore", NYT: "America/New_York" } as const;
export type ZoneName = keyof typeof ZONES;
export const ZONE_LABELS: Readonly<Record<ZoneName, string>> = { UTC: "UTC", SGT: "Singapore", NYT: "New York" };

/**
 * What a value of the address is, where it is one that there is; else the fallback, which the page says, as `shown` names it: a sentence
 * without its full stop.
 */
export function chosen<Value extends string>(
  name: string,
  allowed: readonly Value[] | null,
  fallback: NoInfer<Value>,
  shown?: string,
): Value {
  const { value, problem } = readChoice(place.value.query.get(name), { name, allowed, fallback, shown });
  if (problem !== null) notices.warn(`query-${name}`, problem);
  return value;
}

/** A moment of the address in epoch ms; null where there is none, or none that can be read, which the page says. */
export function chosenMoment(name: string): number | null {
  const said = place.value.query.get(name);
  if (said === null || said === "") return null;
  const at = Date.parse(said);
  if (Number.isFinite(at)) return at;
  notices.warn(`query-${name}`, `${name}=${said.slice(0, 60)} is no moment: write it as 2026-01-31T12:00Z. It is left out.`);
  return null;
}

export const zone = computed<ZoneName>(() => chosen<ZoneName>("tz", Object.keys(ZONES) as ZoneName[], "UTC"));

/** The instruments of this installation, when they are known. */
export const instruments = signal<readonly string[]>([]);

/** Whether GET /api/store has answered, or has been asked in vain. */
export const isStoreTold = signal(false);

/** Whether it is known which pair the address means: nothing is asked of one before, as there may be none of that name. */
export const isPairSettled = computed<boolean>(() => isStoreTold.value || (place.value.query.get("instrument") ?? "") === "");

/** The one that the reader looks at; "" for all, and until it is known whether there is such a one. */
export const instrument = computed<string>(() => {
  const [first] = instruments.value;
  return first === undefined
    ? ""
    : chosen("instrument", instruments.value, "", `all pairs are shown, and ${first} where a page is of one pair`);
});

export const chooseZone = (name: ZoneName) => setQuery({ tz: name === "UTC" ? null : name }, { replace: true });
export const chooseInstrument = (name: string) => setQuery({ instrument: name === "" ? null : name });
