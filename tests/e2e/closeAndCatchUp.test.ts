import { afterAll, describe, expect, it } from "vitest";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";
import { createFxWorkplace, SMALL, SMALL_HISTORY } from "../support/stack/fxWorkplace.ts";
import { clientOf, until } from "../support/stack/stackControl.ts";

const TIME_LIMIT_MS = 600_000;
const workplace = createFxWorkplace();
const library = await hasLibrary();

const CLOSE = "2026-07-15T14:00:00Z";

describe.skipIf(!library)("a stack that was off for hours and starts before a close", () => {
  const store = workplace.store("store");
  const start = (clock: string) =>
    workplace.start(["serve", "--store", store, ...SMALL_HISTORY], { ...SMALL, NEWS_FEEDS: "none", FX_CLOCK: clock });

  afterAll(() => workplace.remove());

  it(
    "does first what fell due, answers, and serves the next bar once it has closed",
    async () => {
      const first = await start("2026-07-15T11:05:00Z");
      await first.says(/Serving at/);
      first.signal("SIGINT");
      await first.result;

      const second = await start("2026-07-15T13:59:35Z");
      await second.says(/Serving at/);
      const output = second.output();
      expect(output).toMatch(/Work fell due while the stack was off, [23] h .* since the last of it: doing it now\./);
      expect(output).toMatch(/1\/3 collecting candles and news: .*\n(.*\n)*2\/3 building market features and serving them: /);
      // The catch-up of three hours brought the newest bar that had closed, to both.
      expect(output).toMatch(/USD_SGD .*2026-07-15T1[34]:00:00Z/);
      expect(output).toMatch(/EUR_USD .*2026-07-15T1[34]:00:00Z/);

      const client = clientOf(workplace.stackOf(store));
      for (const instrument of ["USD_SGD", "EUR_USD"]) {
        const answer = await until(`the row of ${CLOSE} of ${instrument}`, async () => {
          const found = await client.predict(instrument, null);
          return found.event_time === CLOSE ? found : null;
        });
        expect(answer).toMatchObject({ target_start: CLOSE, target_end: "2026-07-15T15:00:00Z", target_ended: false });
        // Before data_collection looks again, ten minutes after the close.
        expect(Date.parse(answer.timestamp)).toBeLessThan(Date.parse(CLOSE) + 600_000);
      }
      second.signal("SIGINT");
      await second.result;
      await workplace.untilNothingRuns();
    },
    TIME_LIMIT_MS,
  );
});
