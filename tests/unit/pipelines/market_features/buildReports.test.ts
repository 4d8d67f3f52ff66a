import { expect, it } from "vitest";
import { buildCursorSchema, buildReportSchema } from "../../../../functions/pipelines/market_features/buildCursor.ts";
import { buildNewsGold } from "../../../../functions/pipelines/news_features/buildNewsGold.ts";

it("reports and cursors of before there were checks are read", () => {
  expect(buildReportSchema.parse({ read: 3, written: 2 })).toEqual({ read: 3, written: 2 });
  expect(buildCursorSchema.parse({ read: 3, written: 2, from: 5, progress: {} })).toMatchObject({
    from: 5,
    checks: { rows: 0, values: 0, nulls: 0 },
  });
  expect(buildNewsGold.report.parse({ read: 3, written: 2 })).toEqual({ read: 3, written: 2 });
});
