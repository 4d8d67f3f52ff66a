import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../functions/adapters/libsql/database.ts";
import type { RejectCollection } from "../../shared/contracts/rejects.ts";
import { HOUR, toIso } from "../../shared/domain/instant.ts";
import { databaseOf } from "../support/databases/databaseOf.ts";
import type { FxProcess, FxResult } from "../support/stack/fxProcess.ts";
import { createFxWorkplace } from "../support/stack/fxWorkplace.ts";

const START_LIMIT_MS = 300_000;
const workplace = createFxWorkplace();
const store = workplace.store("market");
const folder = join(workplace.folder, "files");
mkdirSync(folder);
const CSV = "time,open,high,low,close,volume";

let database: Database;
let stack: FxProcess;

/** Writes the file and imports it into the store, as a user would. */
async function importFile(name: string, content: string | Uint8Array, ...flags: string[]): Promise<FxResult> {
  const path = join(folder, name);
  writeFileSync(path, content);
  return workplace.run(["import", "candles", path, "--store", store, ...flags]);
}

async function select(columns: string, instrument: string, table = "bars"): Promise<unknown[][]> {
  const sql = `SELECT ${columns} FROM ${table} WHERE instrument = ? ORDER BY start`;
  return (await database.$client.execute({ sql, args: [instrument] })).rows.map((row) => Object.values({ ...row }));
}

const startsOf = async (instrument: string) => (await select("start", instrument)).map(([start]) => toIso(Number(start)));
const row = (time: string, close = 1.1) => `${time},1.1,${Math.max(1.11, close)},1.09,${close},7`;
const hours = (from: string, count: number) => Array.from({ length: count }, (_, i) => toIso(Date.parse(from) + i * HOUR));

/** All cases on one stack, each with a pair of its own. */
describe("fx import candles, of files that are not what they seem", () => {
  beforeAll(async () => {
    mkdirSync(store, { recursive: true });
    writeFileSync(join(store, "store.json"), '{"market": "real"}\n');
    stack = await workplace.start(["serve", "--store", store]);
    await stack.says(/^Serving at/m);
    database = databaseOf(store);
  }, START_LIMIT_MS);
  afterAll(() => workplace.remove());

  it("stores nothing of a file that contradicts its name, and ends with 1", async () => {
    const candle = { complete: true, volume: 9, time: "2025-06-29T21:00:00Z", mid: { o: "1.1", h: "1.2", l: "1.0", c: "1.1" } };
    const answer = { instrument: "AUD_CAD", granularity: "D", candles: [candle, { ...candle, time: "2025-06-30T21:00:00Z" }] };
    const other = await importFile("AUD_CHF_H1.json", JSON.stringify(answer));
    expect(other.stdout).toMatch(
      /wrong_instrument: 2\n +AUD_CHF_H1\.json line 1: instrument: the name of the file says AUD_CHF, its content AUD_CAD/,
    );
    const longer = await importFile("AUD_CAD.json", JSON.stringify(answer), "--granularity", "H1");
    expect(longer.stdout).toContain("wrong_granularity: 2");
    expect(longer.stdout).toContain("No bar was stored, and none of these was there already.");
    const daily = [0, 1, 2].map((day) => row(`2025-07-0${1 + day}T21:00:00Z`)).join("\n");
    const spaced = await importFile("daily.csv", `${CSV}\n${daily}\n`, "--instrument", "AUD_CAD", "--granularity", "H1");
    expect(spaced.stdout).toContain("the rows of AUD_CAD are 24 h of market hours apart, and bars of H1 are 1 h: they are not H1");
    expect([other.code, longer.code, spaced.code]).toEqual([1, 1, 1]);
    expect([await select("start", "AUD_CAD"), await select("start", "AUD_CHF")]).toEqual([[], []]);
  });

  it("reads decimal commas, and never shifts a row with a field too many or too few", async () => {
    const lines = [
      CSV.replaceAll(",", ";"),
      "2025-07-01T00:00:00Z;1,3011;1,302;1,3;1,3012;1200",
      "2025-07-01T01:00:00Z;1;3011;1,302;1,3;1,3012;1200",
      "2025-07-01T02:00:00Z;1,3011;1,302;1,3;1.3012;1200",
      "2025-07-01T03:00:00Z;1,3011;1,302;1,3;1,3012",
      "2025-07-01T04:00:00Z;1,3011;1,302;1,3;1,3015;0,0504",
    ];
    const { code, stdout } = await importFile("CAD_CHF_H1.csv", `${lines.join("\r\n")}\r\n`);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "CAD_CHF_H1.csv line 3: fields: 7, where the header has 6\n      2025-07-01T01:00:00Z;1;3011;1,302;1,3;1,3012;1200",
    );
    expect(stdout).toContain('close: "1.3012" has a point, where the decimal mark of the file is the comma');
    expect(stdout).toContain("wrong_field_count: 2");
    expect(await select("mid_o, mid_h, mid_l, mid_c, volume", "CAD_CHF")).toEqual([
      [1.3011, 1.302, 1.3, 1.3012, 1200],
      [1.3011, 1.302, 1.3, 1.3015, 0.0504],
    ]);
  });

  it("refuses a last row that was cut off, and bars of holidays", async () => {
    const cut = await importFile("CAD_JPY_H1.csv", `${CSV}\n${row("2025-07-01T00:00:00Z")}\n2025-07-01T01:00:00Z,1.1,1.2,1.0,1.1`);
    expect(cut.stdout).toMatch(/cut_off: 1\n.* line 3: fields: 5, where the header has 6, and the file ends in the middle of the row/);
    expect(await startsOf("CAD_JPY")).toEqual(["2025-07-01T00:00:00Z"]);
    const fillers = ["2024-12-25T08:00:00Z", "2024-12-25T09:00:00Z", "2024-12-28T09:00:00Z", "2025-01-01T12:00:00Z"];
    const flat = fillers.map((time) => `${time},1.1,1.1,1.1,1.1,0`).join("\n");
    const closed = await importFile("CHF_JPY_H1.csv", `${CSV}\n${flat}\n`);
    expect(closed.stdout).toContain("market_closed: 4");
    expect([cut.code, closed.code]).toEqual([0, 1]);
  });

  it("reads exports of TradingView, MetaTrader and FXCM, and says what it understood", async () => {
    const epoch = await importFile(
      "EUR_AUD_H1.csv",
      "time,open,high,low,close,Volume\n1751328000,1.1,1.2,1.0,1.15,3021\n1751331600,1.1,1.2,1.0,1.16,2877\n",
    );
    expect(epoch.stdout).toContain("EUR_AUD_H1.csv: The times are epoch seconds.");
    expect(await startsOf("EUR_AUD")).toEqual(["2025-07-01T00:00:00Z", "2025-07-01T01:00:00Z"]);

    const mt5 =
      "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n2025.07.01\t00:00:00\t1.1\t1.2\t1.0\t1.15\t1211\t0\t21\n";
    const asked = await importFile("EUR_CAD_H1.csv", mt5);
    expect(asked.code).toBe(1);
    expect(asked.stdout).toContain('line 2: the time "2025.07.01 00:00:00" has no zone. Say whose clock it is with --time-zone');
    const told = await importFile("EUR_CAD_H1.csv", mt5, "--time-zone", "Europe/Athens");
    expect(told.stdout).toContain("MetaTrader's prices are bid prices");
    expect(await select("mid_c, bid_c, volume", "EUR_CAD")).toEqual([[1.15, null, 1211]]);
    expect(await startsOf("EUR_CAD")).toEqual(["2025-06-30T21:00:00Z"]);

    const fxcm =
      "DateTime,BidOpen,BidHigh,BidLow,BidClose,AskOpen,AskHigh,AskLow,AskClose,TickQty\n2025-07-01T00:00:00Z,1.1,1.2,1.0,1.15,1.12,1.22,1.02,1.17,1500\n";
    expect((await importFile("EUR_CHF_H1.csv", fxcm)).code).toBe(0);
    expect(await select("round(mid_c, 9), bid_c, ask_c, volume", "EUR_CHF")).toEqual([[1.16, 1.15, 1.17, 1500]]);

    const single = await importFile("EUR_GBP_H1.csv", `${CSV},bid,ask\n${row("2025-07-01T00:00:00Z")},1.0999,1.1001\n`);
    expect(single.stdout).toContain("The columns bid and ask hold one number a bar, where a side has four prices: not stored.");
    expect(await select("mid_c, bid_c", "EUR_GBP")).toEqual([[1.1, null]]);

    const unknown = await importFile("EUR_JPY_H1.csv", "when,first,last\n1,2,3\n");
    expect(unknown.code).toBe(1);
    expect(unknown.stdout).toContain(
      "the header has no column time, and none of open, mid_o or bid_o; it has when, first, last. Wanted: time, and open",
    );
  });

  it("warns of a broker's clock that claims to be UTC, and corrects it", async () => {
    // Monday 00:00 to Friday 23:00 of a clock three hours ahead: Sunday 21:00 to Friday 20:00.
    const week = `${CSV}\n${hours("2025-06-30T00:00:00Z", 120)
      .map((time) => row(time))
      .join("\n")}\n`;
    const warned = await importFile("GBP_AUD_H1.csv", week);
    expect(warned.stdout).toContain("WARNING: these times do not seem to be UTC: 3 of 120 bars lie in the weekend");
    expect(warned.stdout).toContain("--time-zone +03:00 --replace");
    const corrected = await importFile("GBP_CAD_H1.csv", week, "--time-zone", "+03:00");
    expect(corrected.stdout).not.toContain("WARNING");
    const starts = await startsOf("GBP_CAD");
    expect([starts.length, starts[0], starts.at(-1)]).toEqual([120, "2025-06-29T21:00:00Z", "2025-07-04T20:00:00Z"]);
  });

  it("refuses a close ten times its neighbours, unless it is told to believe it", async () => {
    const lines = hours("2025-07-01T00:00:00Z", 7).map((time, i) => row(time, i === 3 ? 11 : 1.1));
    const content = `${CSV}\n${lines.join("\n")}\n`;
    const refused = await importFile("GBP_CHF_H1.csv", content);
    expect(refused.stdout).toMatch(
      /spike: 1\n +GBP_CHF_H1\.csv line 5: mid: .* close 11 stand alone among closes of 1\.1 to 1\.1 \(SPIKE_GUARD 0\.25\)/,
    );
    expect(await startsOf("GBP_CHF")).toHaveLength(6);
    const believed = await importFile("GBP_CHF_H1.csv", content, "--accept-spikes");
    expect(believed.stdout).toMatch(/^GBP_CHF_H1\.csv +7 +1 +6 +0$/m);
  });

  it("corrects bars with --replace, keeps what they were, and says so without it", async () => {
    const [first, second] = hours("2025-07-01T00:00:00Z", 2) as [string, string];
    await importFile("GBP_JPY_H1.csv", `${CSV}\n${row(first)}\n${row(second)}\n`);
    const right = `${CSV}\n${row(first)}\n${row(second, 1.105)}\n`;
    const kept = await importFile("GBP_JPY_H1.csv", right);
    expect(kept.stdout).toMatch(
      /duplicate_differs: 1\n.* line 3: time: 2025-07-01T01:00:00Z stands with other values.*import with --replace/,
    );
    expect(kept.code).toBe(0);
    const replaced = await importFile("GBP_JPY_H1.csv", right, "--replace");
    expect(replaced.stdout).toMatch(/^GBP_JPY_H1\.csv +2 +0 +1 +1 +0$/m);
    expect(await select("mid_c", "GBP_JPY")).toEqual([[1.1], [1.105]]);
    const versions = await select("mid_c, superseded_at > ingested_at, superseded_by = object_key", "GBP_JPY", "bar_versions");
    expect(versions).toEqual([[1.1, 1, 0]]);
  });

  it("counts the rejects of a file of junk, and keeps and shows the first of them", async () => {
    const junk = Array.from({ length: 12_000 }, (_, i) => `nothing ${i}`).join("\n");
    const { code, stdout } = await importFile("NZD_CAD_H1.csv.gz", gzipSync(`${CSV}\n${junk}\n`));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^NZD_CAD_H1\.csv\.gz +12,000 +0 +0 +12,000$/m);
    const listed = await workplace.run(["rejects", "--store", store, "--instrument", "NZD_CAD", "--limit", "1000", "--json"]);
    const { rejects, total_entries, counts } = JSON.parse(listed.stdout) as RejectCollection;
    expect([rejects.length, total_entries, counts]).toEqual([100, 100, [{ reason: "wrong_field_count", total: 12_000, kept: 100 }]]);
    const shown = await workplace.run(["rejects", "--store", store, "--instrument", "NZD_CAD", "--limit", "2"]);
    expect(shown.stdout).toMatch(/^wrong_field_count +12,000 +100$/m);
    expect(shown.stdout).toContain("  nothing 0\n");
    expect(shown.stdout).toContain("2 of 100 that are kept");
  });

  it("ends at a bomb of gzip and at a line without end, in one sentence each", async () => {
    const bomb = await importFile("NZD_CHF_H1.csv.gz", gzipSync(`${CSV}\n${`${" ".repeat(1_000)}\n`.repeat(40_000)}`));
    expect(bomb.stdout).toMatch(/Not read to its end: .*unpacks to more than 200 times its size/);
    const endless = await importFile("NZD_JPY_H1.csv", `${CSV}\n${"1".repeat(100_000)}`);
    expect(endless.stdout).toMatch(/Not read to its end: .*line 2 is longer than 64 kB/);
    expect([bomb.code, endless.code]).toEqual([1, 1]);
  });

  it("stops on Ctrl-C and leaves no process", async () => {
    stack.signal("SIGINT");
    expect((await stack.result).code).toBe(0);
    await workplace.untilNothingRuns();
  });
});
