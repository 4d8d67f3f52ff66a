import { describe, expect, it, vi } from "vitest";
import { goldViewOf } from "../../../../functions/pipelines/common/goldViewOf.ts";
import { SLICE_MS } from "../../../../functions/pipelines/market_features/buildCursor.ts";
import { buildMarketGold } from "../../../../functions/pipelines/market_features/buildMarketGold.ts";
import { buildMarketSilver } from "../../../../functions/pipelines/market_features/buildMarketSilver.ts";
import { DAY, HOUR, type Instant } from "../../../../shared/domain/instant.ts";
import { toBarSeries } from "../../../../shared/features/barSeries.ts";
import { buildRows } from "../../../../shared/features/buildRows.ts";
import { SILVER_VIEWS } from "../../../../shared/features/registry.ts";
import { referenceOf } from "../../../../shared/features/viewSchema.ts";
import { runSlices, stepContext } from "../../../support/engine/stepContext.ts";
import { walkUntil } from "../../../support/market/candleLines.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const BARS = 2_400;
const OWN = walkUntil("USD_SGD", NOON, BARS, 1);
const LEG = walkUntil("EUR_USD", NOON, BARS, 2);
const GOLD = goldViewOf({ instruments: ["USD_SGD", "EUR_USD"] });
const reference = { view: GOLD.name, schema_hash: GOLD.schema_hash };

async function portsWith(...bars: (readonly (typeof OWN)[number][])[]): Promise<TestPorts> {
  const ports = await createTestPorts({ now: NOON });
  for (const part of bars) await storeBars(ports, part);
  return ports;
}

const rowsOf = (ports: TestPorts) => ports.features.read("USD_SGD", reference, { start: 0, end: NOON }, NOON);
const progressOf = async (ports: TestPorts) => (await ports.features.progress("USD_SGD", reference)).built_until;

/** What the rows must be, from all bars at once. */
function expectedRows(own: typeof OWN = OWN, leg: typeof LEG = LEG) {
  const series = new Map([
    ["USD_SGD", toBarSeries(own)],
    ["EUR_USD", toBarSeries(leg)],
  ]);
  return buildRows(GOLD, "USD_SGD", series.get("USD_SGD")!, series, { start: 0, end: NOON });
}

describe("a build over months", () => {
  it("gives the same rows in slices as all at once, and counts each row once", async () => {
    const bars = 4_000;
    const [own, leg] = [walkUntil("USD_SGD", NOON, bars, 1), walkUntil("EUR_USD", NOON, bars, 2)];
    const ports = await portsWith(own, leg);
    const { outcome, slices } = await runSlices(buildMarketGold, ports, { window: { start: own[0]!.start, end: NOON } });
    expect(slices).toBe(Math.ceil((NOON - own[0]!.start) / SLICE_MS));
    expect(slices).toBeGreaterThan(1);
    expect(outcome).toMatchObject({ kind: "success", report: { written: bars } });
    expect(await rowsOf(ports)).toEqual(expectedRows(own, leg));
    expect(await progressOf(ports)).toBe(NOON);
  });

  it("a repeat changes nothing", async () => {
    const ports = await portsWith(OWN, LEG);
    const window = { start: NOON - 100 * HOUR, end: NOON };
    await runSlices(buildMarketGold, ports, { window });
    const before = await rowsOf(ports);
    await runSlices(buildMarketGold, ports, { window });
    expect(await rowsOf(ports)).toEqual(before);
  });

  it("silver writes a row of each of its views and registers them", async () => {
    const ports = await portsWith(OWN);
    const outcome = await buildMarketSilver.run(ports, stepContext({ window: { start: NOON - 10 * HOUR, end: NOON } }));
    expect(outcome).toMatchObject({ kind: "success", report: { written: 10 * SILVER_VIEWS.length } });
    for (const { name, schema_hash, features } of SILVER_VIEWS) {
      expect((await ports.features.view(name, schema_hash))?.features.map((feature) => feature.name)).toEqual(
        features.map((feature) => feature.name),
      );
    }
  });
});

describe("rows that are not sound", () => {
  const window = { start: NOON - 40 * HOUR, end: NOON };
  /** A price that is a thousand times too high, as of a broken feed: three hours before the end. */
  const broken = OWN.map((bar) => (bar.start === NOON - 3 * HOUR ? { ...bar, mid: { o: 1, h: 1e4, l: 1, c: 1e4 } } : bar));

  it.each([
    ["at once", window],
    ["in slices", { start: NOON - SLICE_MS - 40 * HOUR, end: NOON }],
  ])("stop the build, which names them and leaves nothing: %s", async (_how, of) => {
    const ports = await portsWith(broken, LEG);
    const run = runSlices(buildMarketGold, ports, { window: of });
    await expect(run).rejects.toThrow(
      expect.objectContaining({
        code: "data_check_failed",
        retryable: false,
        message: expect.stringMatching(
          /^Rows of market_features of USD_SGD are not sound, and nothing of them is served\. range: ret_1 must be from -1 to 1: 2025-06-25T10:00:00Z \([\d.]+\), .* import candles FILE --replace/,
        ),
        details: expect.objectContaining({
          view: "market_features",
          instrument: "USD_SGD",
          violations: expect.arrayContaining([expect.objectContaining({ check: "range", feature: "vol_20" })]),
        }),
      }),
    );
    expect((await rowsOf(ports)).filter(({ event_time }) => event_time > NOON - 3 * HOUR)).toEqual([]);
    expect(await progressOf(ports)).toBeNull();
  });

  it("are built when the bar is put right, and the report says what was checked", async () => {
    const ports = await portsWith(broken, LEG);
    await expect(runSlices(buildMarketGold, ports, { window })).rejects.toThrow(/not sound/);
    await ports.bars.write({
      object_key: "corrected",
      bars: OWN,
      lines: OWN.map((_bar, index) => index + 1),
      rejects: [],
      ingested_at: NOON,
      replaces: true,
    });
    const { outcome } = await runSlices(buildMarketGold, ports, { window });
    const rows = expectedRows().slice(-40);
    const nulls = rows.reduce((sum, { values }) => sum + values.filter(Number.isNaN).length, 0);
    expect(outcome).toMatchObject({ report: { written: 40, checks: { rows: 40, values: 40 * GOLD.features.length, nulls } } });
    expect(await rowsOf(ports)).toEqual(rows);
  });

  it("of one interval are that interval's, when several are built at once", async () => {
    const ports = await portsWith(broken, LEG);
    const contexts = [10, 6, 2].map((hours) => stepContext({ window: { start: NOON - (hours + 4) * HOUR, end: NOON - hours * HOUR } }));
    await expect(buildMarketGold.block!.run(ports, contexts)).rejects.toThrow(/not sound/);
    const outcomes = await Promise.all(contexts.slice(0, 2).map(({ window: one }) => runSlices(buildMarketGold, ports, { window: one })));
    expect(outcomes.map(({ outcome }) => outcome.kind)).toEqual(["success", "success"]);
    await expect(runSlices(buildMarketGold, ports, { window: contexts[2]!.window })).rejects.toThrow(/not sound/);
  });
});

describe("the registry of views", () => {
  it("is told of each view once, and not in every slice", async () => {
    const ports = await portsWith(OWN, LEG);
    const asked = vi.spyOn(ports.database.$client, "execute");
    const isOfRegistry = ([statement]: unknown[]) => JSON.stringify(statement).includes('insert into \\"feature_views\\"');
    for (const hours of [30, 20, 10]) {
      await runSlices(buildMarketSilver, ports, { window: { start: NOON - (hours + 10) * HOUR, end: NOON - hours * HOUR } });
    }
    expect(asked.mock.calls.filter(isOfRegistry)).toHaveLength(SILVER_VIEWS.length);
  });
});

describe("where a build begins", () => {
  const hourly = (end: Instant) => ({ start: end - HOUR, end });

  it("one bar on, one row is built", async () => {
    const ports = await portsWith(OWN, LEG);
    await runSlices(buildMarketGold, ports, { window: { start: NOON - 90 * HOUR, end: NOON - HOUR } });
    const { outcome } = await runSlices(buildMarketGold, ports, { window: hourly(NOON) });
    expect(outcome).toMatchObject({ kind: "success", report: { written: 1 } });
    expect((await rowsOf(ports)).at(-1)).toEqual(expectedRows().at(-1));
  });

  it("after an outage it catches up from where it stopped", async () => {
    const ports = await portsWith(OWN, LEG);
    await runSlices(buildMarketGold, ports, { window: { start: NOON - 90 * HOUR, end: NOON - 30 * HOUR } });
    await runSlices(buildMarketGold, ports, { window: hourly(NOON) });
    expect(await rowsOf(ports)).toEqual(expectedRows().filter((row) => row.event_time > NOON - 90 * HOUR));
    expect(await progressOf(ports)).toBe(NOON);
  });

  it("a bar that came late has every row behind it built again, of whichever instrument it is", async () => {
    for (const late_instrument of ["USD_SGD", "EUR_USD"]) {
      const late = (bar: { start: Instant }) => bar.start === NOON - 20 * HOUR;
      const own = late_instrument === "USD_SGD" ? OWN.filter((bar) => !late(bar)) : OWN;
      const leg = late_instrument === "EUR_USD" ? LEG.filter((bar) => !late(bar)) : LEG;
      const ports = await portsWith(own, leg);
      await runSlices(buildMarketGold, ports, { window: { start: NOON - 50 * HOUR, end: NOON - HOUR } });
      await storeBars(
        ports,
        [...OWN, ...LEG].filter((bar) => bar.instrument === late_instrument && late(bar)),
      );
      expect(await progressOf(ports)).toBe(NOON - 20 * HOUR);
      await runSlices(buildMarketGold, ports, { window: hourly(NOON) });
      expect(await rowsOf(ports)).toEqual(expectedRows().filter((row) => row.event_time > NOON - 50 * HOUR));
    }
  });

  it("a bar that comes during a build, before where it began, stays in force", async () => {
    const ports = await portsWith(OWN, LEG.slice(0, -5));
    await runSlices(buildMarketGold, ports, { window: { start: NOON - 50 * HOUR, end: NOON - 2 * HOUR } });
    const window = { start: NOON - 2 * HOUR, end: NOON + SLICE_MS + DAY };
    const first = stepContext({ window });
    const begun = await buildMarketGold.run(ports, first);
    await first.settle();
    expect(begun.kind).toBe("continue");
    await storeBars(ports, LEG.slice(-5));
    const cursor = begun.kind === "continue" ? begun.cursor : null;
    const last = stepContext({ window, cursor });
    await buildMarketGold.run(ports, last);
    await last.settle();
    expect(await progressOf(ports)).toBe(LEG.at(-5)!.start);
  });

  it("a view of a new schema is built from where the old one began, and the old rows stay", async () => {
    const ports = await portsWith(OWN, LEG);
    const old = { ...ports, config: { ...ports.config, instruments: ["USD_SGD"] } };
    await runSlices(buildMarketGold, old, { window: { start: NOON - 70 * DAY, end: NOON - HOUR } });
    const of_old = referenceOf(goldViewOf(old.config));
    const before = await ports.features.read("USD_SGD", of_old, { start: 0, end: NOON }, NOON);
    await runSlices(buildMarketGold, ports, { window: hourly(NOON) });
    expect(await rowsOf(ports)).toEqual(expectedRows().filter((row) => row.event_time > NOON - 70 * DAY));
    expect(await ports.features.read("USD_SGD", of_old, { start: 0, end: NOON }, NOON)).toEqual(before);
    expect((await runSlices(buildMarketGold, ports, { window: hourly(NOON) })).outcome).toMatchObject({ report: { written: 1 } });
  });

  it("a replay of the past does not set the progress back", async () => {
    const ports = await portsWith(OWN, LEG);
    await runSlices(buildMarketGold, ports, { window: { start: NOON - 50 * HOUR, end: NOON } });
    await runSlices(buildMarketGold, ports, { window: { start: NOON - 50 * HOUR, end: NOON - 30 * HOUR } });
    expect(await progressOf(ports)).toBe(NOON);
  });
});

describe("without a bar", () => {
  it("it is skipped, and the last interval stays open for a bar that is late", async () => {
    const ports = await portsWith(OWN.slice(0, -1), LEG);
    await runSlices(buildMarketGold, ports, { window: { start: NOON - 50 * HOUR, end: NOON - HOUR } });
    const skipped = await runSlices(buildMarketGold, ports, { window: { start: NOON - HOUR, end: NOON } });
    expect(skipped.outcome).toEqual({ kind: "skipped", reason: "USD_SGD has no bar that ends in the window." });
    await storeBars(ports, OWN.slice(-1));
    const { outcome } = await runSlices(buildMarketGold, ports, { window: { start: NOON, end: NOON + HOUR } });
    expect(outcome).toMatchObject({ kind: "success", report: { written: 1 } });
    expect((await rowsOf(ports)).at(-1)).toEqual(expectedRows().at(-1));
  });

  it("a bar that is stored in the very moment in which its interval is found empty is built by the next run", async () => {
    const ports = await portsWith(OWN.slice(0, -1), LEG);
    await runSlices(buildMarketGold, ports, { window: { start: NOON - 50 * HOUR, end: NOON - HOUR } });
    const prepareAdvance: typeof ports.features.prepareAdvance = (...given) => {
      const effect = ports.features.prepareAdvance(...given);
      return { ...effect, commit: () => storeBars(ports, OWN.slice(-1)).then(effect.commit) };
    };
    const racing = { ...ports, features: { ...ports.features, prepareAdvance } };
    await runSlices(buildMarketGold, racing, { window: { start: NOON - HOUR, end: NOON } });
    await runSlices(buildMarketGold, ports, { window: { start: NOON, end: NOON + HOUR } });
    expect((await rowsOf(ports)).at(-1)).toEqual(expectedRows().at(-1));
  });

  it("a history that ended long ago is not looked through at every run", async () => {
    const ports = await portsWith(OWN, LEG);
    await runSlices(buildMarketGold, ports, { window: { start: NOON - 50 * HOUR, end: NOON } });
    const later = NOON + 300 * DAY;
    const first = await runSlices(buildMarketGold, ports, { window: { start: later - HOUR, end: later } });
    const second = await runSlices(buildMarketGold, ports, { window: { start: later, end: later + HOUR } });
    expect([first.slices, second.slices]).toEqual([2, 1]);
    expect([first.outcome.kind, second.outcome.kind]).toEqual(["skipped", "skipped"]);
  });

  it("an instrument without any bar is skipped", async () => {
    const ports = await portsWith(LEG);
    const { outcome } = await runSlices(buildMarketGold, ports, { window: { start: NOON - HOUR, end: NOON } });
    expect(outcome.kind).toBe("skipped");
    expect(await rowsOf(ports)).toEqual([]);
  });
});
