import { ENTITY_COLUMNS } from "./entityRows.ts";
import type { FeatureTable } from "./featureBlock.ts";
import { isoOfMoment } from "./isoOfMoment.ts";
import { rowsOf } from "./rowsOf.ts";
import type { TableEncoder } from "./tableEncoder.ts";

/** A header and a row a line, empty where nothing was known. No name and no value holds a comma. */
export function encodeCsv({ entities, selection }: FeatureTable): TableEncoder {
  const header = new TextEncoder().encode(`${[...ENTITY_COLUMNS, ...selection.features.map(({ column }) => column)].join(",")}\n`);
  const { instruments, instrument, event_time } = entities;
  return {
    block: function* ({ from, to, columns }) {
      if (from === 0) yield header;
      yield* rowsOf(from, to, (row) => {
        let line = `${instruments[instrument[row]!]!},${isoOfMoment(event_time[row]!)}`;
        for (const column of columns) {
          const value = column[row - from]!;
          line += Number.isFinite(value) ? `,${value}` : ",";
        }
        return `${line}\n`;
      });
    },
    end: () => (entities.length === 0 ? header : new Uint8Array()),
  };
}
