import type { Instant } from "../../../../shared/domain/instant.ts";
import type { FeatureHistory, HistoryPage } from "../../../../shared/ports/featureStore.ts";
import { unpackVectors } from "../bulk.ts";

/** Where the next page begins: behind this row, the last of one. */
interface LastRow {
  readonly rows: number;
  readonly event_time: Instant;
  readonly created_time: Instant;
  readonly recorded_at: Instant;
}

/** Collects the pages that READ_HISTORY answers with: arrays of times in JSON, two of them as distances from the first, and one blob. */
export function createHistory() {
  const times: { readonly event: number[]; readonly created: number[]; readonly available: number[] }[] = [];
  const pages: HistoryPage[] = [];
  let length = 0;

  return {
    /** Null where the page is empty. */
    add(answer: readonly unknown[]): LastRow | null {
      const [event, created, available, bytes] = [0, 1, 2, 3].map((column) => JSON.parse(String(answer[column])) as number[]);
      const rows = event!.length;
      if (rows === 0) return null;
      times.push({ event: event!, created: created!, available: available! });
      pages.push(pageOf(answer[4], bytes!, length));
      length += rows;
      const event_time = event!.at(-1)!;
      const recorded_at = (JSON.parse(String(answer[5])) as readonly number[]).at(-1)!;
      return { rows, event_time, created_time: event_time + created!.at(-1)!, recorded_at };
    },
    whole(): FeatureHistory {
      const [event_time, created_time, available_at] = [0, 1, 2].map(() => new Float64Array(length)) as [
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      let at = 0;
      for (const { event, created, available } of times) {
        for (let i = 0; i < event.length; i++, at++) {
          event_time[at] = event[i]!;
          created_time[at] = event[i]! + created[i]!;
          available_at[at] = event[i]! + available[i]!;
        }
      }
      return { length, event_time, created_time, available_at, pages };
    },
  };
}

/** Rows of one schema have one width. Should one of another stand among them, what it lacks is null. */
function pageOf(blob: unknown, bytes: readonly number[], first: number): HistoryPage {
  const rows = bytes.length;
  const width = Math.max(...bytes) / 8;
  if (bytes.every((length) => length === 8 * width)) {
    const [values = new Float64Array()] = unpackVectors(blob, [8 * width * rows]);
    return { first, rows, width, values };
  }
  const values = new Float64Array(rows * width).fill(Number.NaN);
  for (const [row, vector] of unpackVectors(blob, bytes).entries()) values.set(vector, row * width);
  return { first, rows, width, values };
}
