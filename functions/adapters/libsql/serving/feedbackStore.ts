import type { Row } from "@libsql/client/web";
import { readDirection } from "../../../../shared/monitoring/settle.ts";
import type { Feedback, FeedbackStore } from "../../../../shared/ports/feedbackStore.ts";
import { type Database, withStore } from "../database.ts";
import { readRow } from "../readRow.ts";

const COLUMNS = "instrument, event_time, horizon_bars, realized_direction, realized_price, source, reported_at";

const INSERT = `INSERT INTO feedback (${COLUMNS})
  VALUES (:instrument, :event_time, :horizon_bars, :realized_direction, :realized_price, :source, :reported_at) ON CONFLICT DO NOTHING`;

const STANDING = `SELECT ${COLUMNS} FROM feedback
  WHERE instrument = :instrument AND event_time = :event_time AND horizon_bars = :horizon_bars`;

const OF = `SELECT ${COLUMNS} FROM feedback WHERE instrument = :instrument AND event_time IN (SELECT value FROM json_each(:event_times))
  ORDER BY event_time, horizon_bars`;

/** What was reported of outcomes, in libSQL. Nothing is ever rewritten: of two that come at once, one is first. */
export function createFeedbackStore(database: Database): FeedbackStore {
  return {
    report: ({ instrument, event_time, horizon_bars, ...said }) =>
      withStore(async () => {
        const key = { instrument, event_time, horizon_bars };
        const statements = [
          { sql: INSERT, args: { ...key, ...said } },
          { sql: STANDING, args: key },
        ];
        const [, standing] = await database.$client.batch(statements, "write");
        return toFeedback(standing?.rows[0]);
      }),
    of: (instrument, event_times) =>
      withStore(async () => {
        const args = { instrument, event_times: JSON.stringify([...new Set(event_times)]) };
        return (await database.$client.execute({ sql: OF, args })).rows.map(toFeedback);
      }),
  };
}

function toFeedback(row: Row | undefined): Feedback {
  const reader = readRow(row);
  return {
    instrument: reader.text("instrument"),
    event_time: reader.integer("event_time"),
    horizon_bars: reader.integer("horizon_bars"),
    realized_direction: readDirection(reader.text("realized_direction")),
    realized_price: reader.integerOrNull("realized_price"),
    source: reader.text("source"),
    reported_at: reader.integer("reported_at"),
  };
}
