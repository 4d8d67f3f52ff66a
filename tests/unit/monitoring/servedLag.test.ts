import { describe, expect, it } from "vitest";
import { HOUR, SECOND } from "../../../shared/domain/instant.ts";
import { servedLag } from "../../../shared/monitoring/servedLag.ts";
import type { ServedClose } from "../../../shared/ports/monitorStore.ts";

const AT = Date.UTC(2025, 5, 25, 12);
const sinceClose = ({ close }: ServedClose) => close;

/** A close an hour, the last of them `AT - HOUR`, served after so many seconds; null: not yet. */
const closesOf = (lags_s: readonly (number | null)[]): ServedClose[] =>
  lags_s.map((lag_s, i) => {
    const close = AT - (lags_s.length - i) * HOUR;
    return { instrument: "USD_SGD", close, queued_at: close + SECOND, served_at: lag_s === null ? null : close + lag_s * SECOND };
  });

describe("servedLag", () => {
  it.each<[string, readonly (number | null)[], { p95_s: number | null; n: number }]>([
    ["nothing has closed", [], { p95_s: null, n: 0 }],
    ["one close", [5], { p95_s: 5, n: 1 }],
    ["few, the slowest of which came first", [90, 6, 5], { p95_s: 90, n: 3 }],
    ["few: the slowest", [5, 6, 90], { p95_s: 90, n: 3 }],
    ["a day: one accident is passed over", [...Array<number>(23).fill(5), 90], { p95_s: 5, n: 24 }],
    ["a day: two are not", [...Array<number>(22).fill(5), 80, 90], { p95_s: 80, n: 24 }],
    ["what lies further back than 24 closes is forgotten", [900, 900, 900, ...Array<number>(24).fill(5)], { p95_s: 5, n: 24 }],
    ["a row that never came counts with its time so far", [5, null], { p95_s: 3_600, n: 2 }],
  ])("%s", (_name, lags_s, expected) => {
    expect(servedLag(closesOf(lags_s), AT, sinceClose)).toMatchObject(expected);
  });

  it("leaves out a row that is on its way, and shows the newest close that counts", () => {
    const { n, details } = servedLag([...closesOf([5]), { ...closesOf([null])[0]!, close: AT - 75 * SECOND }], AT, sinceClose);
    expect([n, details]).toEqual([
      1,
      { p50_s: 5, max_s: 5, newest_close: "2025-06-25T11:00:00Z", newest_served_at: "2025-06-25T11:00:05Z" },
    ]);
  });

  it("counts from the run where that is asked for", () => {
    expect(servedLag(closesOf([5]), AT, ({ queued_at }) => queued_at).p95_s).toBe(4);
  });
});
