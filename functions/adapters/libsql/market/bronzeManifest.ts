import type { BronzeObject } from "../../../../shared/ports/barStore.ts";
import { namedStatement, type Statement } from "../bulk.ts";

const ADD_OBJECT = `INSERT INTO bronze_objects
  (key, origin, instrument, granularity, sha256, bytes, lines, window_start, window_end, ingested_at, import_id, replaces, accepts_spikes)
  VALUES (:key, :origin, :instrument, :granularity, :sha, :bytes, :lines, :start, :end, :now, :import, :replaces, :spikes)
  ON CONFLICT (key) DO UPDATE SET
    import_id = excluded.import_id, replaces = excluded.replaces, accepts_spikes = excluded.accepts_spikes`;

/** Adds an object to the manifest. The same lines may be imported again with other wishes; those of the last time hold. */
export function bronzeStatement({
  key,
  origin,
  instrument,
  granularity,
  sha256,
  bytes,
  lines,
  window,
  ...object
}: BronzeObject): Statement {
  return namedStatement(ADD_OBJECT, {
    key,
    origin,
    instrument,
    granularity,
    sha: sha256,
    bytes,
    lines,
    start: window.start,
    end: window.end,
    now: object.ingested_at,
    import: object.wishes?.import_id ?? null,
    replaces: Number(object.wishes?.replaces ?? false),
    spikes: Number(object.wishes?.accepts_spikes ?? false),
  });
}
