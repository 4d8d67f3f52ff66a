import { parquetWriteBuffer } from "hyparquet-writer";
import { expect, it } from "vitest";
import { readEntityParquet } from "../../../shared/historical/readEntityParquet.ts";

const T = Date.UTC(2025, 5, 27, 12);

it("reads moments of microseconds to the microsecond, before 1970 too", async () => {
  const moments = [BigInt(T) * 1_000n + 123_456n, -1n, 1_999n];
  const file = parquetWriteBuffer({
    schema: [
      { name: "root", num_children: 2 },
      { name: "instrument", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
      {
        name: "event_timestamp",
        type: "INT64",
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
        repetition_type: "REQUIRED",
      },
    ],
    columnData: [
      { name: "instrument", data: moments.map(() => "USD_SGD") },
      { name: "event_timestamp", data: moments },
    ],
  });
  const rows = await readEntityParquet(new Uint8Array(file), 10);
  expect([...rows.event_time]).toEqual([T + 123.456, expect.closeTo(-0.001, 9), expect.closeTo(1.999, 9)]);
});
