import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeOnlineRows } from "../../../functions/adapters/mergeOnlineRows.ts";
import { type PushPorts, recordPush } from "../../../functions/serving/recordPush.ts";
import { PUSHED_VIEWS, type PushedView } from "../../../shared/features/pushedViews.ts";
import type { FeatureRow } from "../../../shared/ports/featureStore.ts";
import type { OnlineRows } from "../../../shared/ports/onlineStore.ts";

const VIEWS: readonly PushedView[] = ["a", "b"].map((name) => ({ ...PUSHED_VIEWS[0]!, name }));

interface Push {
  readonly view: number;
  readonly events: readonly number[];
}

const pushArbitrary: fc.Arbitrary<Push> = fc.record({
  view: fc.integer({ min: 0, max: 1 }),
  events: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 }),
});

/** A record that keeps every row, and an online store without a conditional put, whose reads and puts happen when `turn` says. */
function createWorld(turn: () => Promise<void>) {
  const recorded = new Map<string, FeatureRow[]>(VIEWS.map(({ name }) => [name, []]));
  let time = 100;
  let stored: OnlineRows | null = null;
  const newestOf = (name: string) =>
    recorded.get(name)!.reduce<FeatureRow | null>((best, row) => (best === null || isAfter(row, best) ? row : best), null);
  const ports: PushPorts = {
    clock: { now: () => ++time },
    features: {
      register: async () => undefined,
      write: async (_instrument, { view }, rows) => void recorded.get(view)!.push(...rows),
      latestOf: async (_instrument, views) => views.map(({ view }) => newestOf(view)),
    },
    online: {
      writePushed: async (_instrument, rows, now = 0) => {
        await turn();
        const { rows: merged, written } = mergeOnlineRows(stored, rows, now);
        await turn();
        if (written > 0) stored = merged;
        return written;
      },
    },
  };
  return { ports, now: () => ++time, newestOf, served: () => stored };
}

/** Of two of the same times the one that was recorded last. */
function isAfter(row: FeatureRow, other: FeatureRow): boolean {
  return row.event_time !== other.event_time ? row.event_time > other.event_time : row.created_time >= other.created_time;
}

const rowsOf = ({ events }: Push, now: number): FeatureRow[] =>
  events
    .toSorted((a, b) => a - b)
    .map((event_time) => ({ event_time, created_time: now, available_at: now, values: Float64Array.of(now) }));

describe("pushes at the same time", () => {
  it("leave the newest row of every view online, however their reads and puts come between each other", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pushArbitrary, { minLength: 1, maxLength: 5 }), fc.scheduler(), async (pushes, scheduler) => {
        const { ports, now, newestOf, served } = createWorld(() => scheduler.schedule(Promise.resolve()));
        const work = pushes.map((push) => {
          const rows = new Map([["USD_SGD", rowsOf(push, now())]]);
          return recordPush(ports, { view: VIEWS[push.view]!, rows }, VIEWS, true);
        });
        await scheduler.waitFor(Promise.all(work));
        for (const { name } of VIEWS) {
          const newest = newestOf(name);
          expect(served()?.[name]?.event_time).toBe(newest?.event_time);
          expect(served()?.[name]?.values).toEqual(newest === null ? undefined : [...newest.values]);
        }
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it("one after the other never take what is served back in time", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pushArbitrary, { minLength: 1, maxLength: 8 }), async (pushes) => {
        const { ports, now, served } = createWorld(async () => undefined);
        for (const push of pushes) {
          const { name } = VIEWS[push.view]!;
          const before = served()?.[name]?.event_time ?? -1;
          await recordPush(ports, { view: VIEWS[push.view]!, rows: new Map([["USD_SGD", rowsOf(push, now())]]) }, VIEWS, true);
          expect(served()?.[name]?.event_time).toBe(Math.max(before, ...push.events));
        }
      }),
      { seed: 12 },
    );
  });
});
