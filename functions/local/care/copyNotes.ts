/** What was odd about a store while it was copied. */
export interface CopyOddities {
  /** At how many looks in a row its online values changed while its database was copied; null where they stood still at one of them. */
  readonly online_moved: number | null;
  /** Keys of online values that have no content. */
  readonly online_lost: readonly string[];
  /** Objects that its database names and its lake has not. */
  readonly lake_missing: readonly string[];
  /** Further keys of its lake that have no content. */
  readonly lake_lost: readonly string[];
}

/** A sentence of each, for whoever keeps the backup or brings it back. */
export function copyNotes({ online_moved, online_lost, lake_missing, lake_lost }: CopyOddities): readonly string[] {
  const notes: string[] = [];
  if (online_moved !== null) {
    notes.push(
      `Online values changed at each of ${online_moved} looks while the database was copied: those in this backup are of just before it. In a store that is made of it the next runs of the pipelines and the next pushes bring them forward, and POST /materialize-incremental does at once.`,
    );
  }
  if (online_lost.length > 0) notes.push(`The online store itself has no content for ${named(online_lost, "keys")}.`);
  if (lake_missing.length > 0)
    notes.push(`The lake of the store itself lacks ${named(lake_missing, "objects")}, which its database names.`);
  if (lake_lost.length > 0) notes.push(`The lake of the store itself has no content for ${named(lake_lost, "keys")}.`);
  return notes;
}

function named(keys: readonly string[], what: string): string {
  return keys.length === 1 ? keys[0]! : `${keys.length} ${what} (${keys[0]}, for example)`;
}
