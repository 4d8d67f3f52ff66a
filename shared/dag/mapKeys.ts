/** What a task can have an instance each of. */
export const MAP_DIMENSIONS = ["instrument", "source"] as const;
export type MapDimension = (typeof MAP_DIMENSIONS)[number];

/** The keys of each dimension. No key is in two of them, so that a key alone says which it belongs to. */
export type MapKeys = Readonly<Record<MapDimension, readonly string[]>>;

/** What somebody asks for: a dimension that is left out means all that is configured of it. */
export type MapKeyChoice = Partial<MapKeys>;

/** The keys of a run: those asked for, and of the dimensions that nobody named the configured ones. */
export function chooseMapKeys(choice: MapKeyChoice | null | undefined, configured: MapKeys): MapKeys {
  return { ...configured, ...choice };
}

/** Null when nothing was named. */
export function mapKeyChoice(instruments: readonly string[] | null | undefined, sources: readonly string[] | null | undefined) {
  if (!instruments && !sources) return null;
  return { ...(instruments ? { instrument: instruments } : {}), ...(sources ? { source: sources } : {}) } satisfies MapKeyChoice;
}
