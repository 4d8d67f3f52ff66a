import type { FeatureTable } from "./featureBlock.ts";
import { isoOfMoment } from "./isoOfMoment.ts";
import { rowsOf } from "./rowsOf.ts";
import type { TableEncoder } from "./tableEncoder.ts";

/** An object a line, null where nothing was known. */
export function encodeNdjson({ entities, selection }: FeatureTable): TableEncoder {
  const keys = selection.features.map(({ column }) => `,${JSON.stringify(column)}:`);
  const { instruments, instrument, event_time } = entities;
  return {
    block: ({ from, to, columns }) =>
      rowsOf(from, to, (row) => {
        let line = `{"instrument":"${instruments[instrument[row]!]!}","event_timestamp":"${isoOfMoment(event_time[row]!)}"`;
        for (let i = 0; i < keys.length; i++) {
          const value = columns[i]![row - from]!;
          line += keys[i]! + (Number.isFinite(value) ? String(value) : "null");
        }
        return `${line}}\n`;
      }),
    end: () => new Uint8Array(),
  };
}
