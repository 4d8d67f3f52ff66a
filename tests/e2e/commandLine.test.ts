import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { createFxWorkplace } from "../support/stack/fxWorkplace.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

const workplace = createFxWorkplace();
const inside = (name: string) => join(workplace.folder, name);
afterAll(() => workplace.remove());

mkdirSync(inside("empty"));
mkdirSync(inside("documents"));
writeFileSync(inside("documents/letter.txt"), "Dear reader");
writeFileSync(inside("file"), "");
symlinkSync(inside("nowhere.csv"), inside("dead.csv"));
symlinkSync("/dev/zero", inside("zero.csv"));
for (const name of ["pipe.csv", "pipe.ndjson"]) execFileSync("mkfifo", [inside(name)]);
const HEADER = "time,open,high,low,close";

/** Exit code 2: the command line cannot be understood; 1: it can, and cannot be done. */
describe("fx", () => {
  it.each<[string, string[], number, string]>([
    ["no such command", ["fly"], 2, '"fly" is not a command. See: fx help'],
    ["an option in place of the command", ["--fast"], 2, '"--fast" stands where the command should be'],
    ["half of a command", ["import"], 2, '"import" is not a command; "import candles" and "import news" are'],
    ["an option that does not exist", ["start", "--fast"], 2, "fx start does not know --fast. It knows --store, --history"],
    ["a value that is missing", ["start", "--store"], 2, "--store needs a value"],
    ["a value that is one too many", ["demo", "--json=yes"], 2, "--json takes no value"],
    ["a word that is one too many", ["demo", "now"], 2, 'fx demo does not know what to do with "now"'],
    ["too little history", ["demo", "--history", "30"], 2, '--history: "30" is not a whole number of days from 126 to 730'],
    ["history that is no number", ["start", "--history", "year"], 2, '--history: "year" is not a whole number of days'],
    ["no pair", ["predict", "gold"], 2, '"gold" is not a pair such as USD_SGD'],
    ["no time", ["predict", "USD_SGD", "--at", "noon"], 2, '--at: "noon" is not a time'],
    ["no clock", ["import", "candles", inside("file"), "--time-zone", "Athens"], 2, '--time-zone: "Athens" is no offset such as +03:00'],
    ["no number of rejects", ["rejects", "--limit", "many"], 2, '--limit: "many" is not a whole number from 1 to 1000'],
    ["no file", ["import", "candles"], 2, "fx import candles needs FILE|DIR. See: fx help import candles"],
    ["a date that is none", ["backfill", "--from", "2025-02-30", "--to", "2025-03-01"], 2, '--from: "2025-02-30" is not a date'],
    [
      "days in the wrong order",
      ["backfill", "--from", "2025-02-01", "--to", "2025-01-01"],
      2,
      "--to 2025-01-01 lies before --from 2025-02-01",
    ],
    ["a store that is not there", ["predict", "USD_SGD", "--store", inside("nowhere")], 1, "There is no store at"],
    [
      "a folder of other things as store",
      ["start", "--store", inside("documents")],
      1,
      "is not a store and holds other things (letter.txt, for example)",
    ],
    [
      "a file as store",
      ["start", "--store", inside("file")],
      1,
      "cannot be written to (ENOTDIR). Make it writable, or choose another one with --store",
    ],
    ["a folder without candles", ["import", "candles", inside("empty")], 1, "the folder holds no candle file (expected .json, .ndjson"],
    ["a file that is not there", ["import", "candles", inside("absent.csv")], 1, "there is no such file or folder"],
    ["a link to nothing", ["import", "candles", inside("dead.csv")], 1, "dead.csv: a link to a file that is not there"],
    ["a named pipe", ["import", "candles", inside("pipe.csv")], 1, "pipe.csv: not a candle file but a named pipe"],
    ["a device, by a link", ["import", "candles", inside("zero.csv")], 1, "zero.csv: not a candle file but a device"],
    ["a named pipe of news", ["import", "news", inside("pipe.ndjson")], 1, "pipe.ndjson: not a news file but a named pipe"],
    ["a file of another kind", ["import", "candles", inside("documents/letter.txt")], 1, "not a candle file (expected .json, .ndjson"],
  ])("refuses %s in one sentence, and starts nothing", async (_name, words, expected_code, sentence) => {
    const { code, stdout, stderr } = await workplace.run(words);
    expect(stderr.trim()).toMatch(/^fx: [^\n]+$/);
    expect(stderr).toContain(sentence);
    expect({ code, stdout }).toEqual({ code: expected_code, stdout: "" });
    expect(workplace.processes()).toEqual([]);
  });

  it.each<[string, string]>([
    ["FX_CLOCK", "soon"],
    ["FX_WORKER_PORT", "http"],
    ["INSTRUMENTS", "dollars"],
    ["SANDBOX_SIGNAL", "2"],
    ["OANDA_API_URL", "oanda"],
  ])("names the variable %s when it is wrong", async (name, value) => {
    const { code, stderr } = await workplace.run(["start", "--store", inside("unmade")], { [name]: value });
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(new RegExp(`^fx: ${name}[: ].*"${value}"`));
    expect(existsSync(inside("unmade"))).toBe(false);
  });

  it("leaves the folders alone that it refused", () => {
    expect(readdirSync(inside("documents"))).toEqual(["letter.txt"]);
    expect(readdirSync(inside("empty"))).toEqual([]);
  });

  it(
    "imports what it can of a folder with broken files, and says what is wrong with each of the others",
    async () => {
      const folder = inside("candles");
      mkdirSync(folder);
      const good = [
        `${HEADER}`,
        "2025-03-03T10:00:00Z,1.1,1.2,1.0,1.15",
        "2025-03-03T11:00:00Z,1.1,0.9,1.0,1.15",
        "2025-03-01T10:00:00Z,1.1,1.2,1.0,1.15",
      ];
      const many = [HEADER, ...Array.from({ length: 400 }, (_, i) => `2025-03-03T10:00:00Z,1.1${i},1.2,1.0,1.15`)];
      writeFileSync(join(folder, "EUR_USD_H1.csv"), good.join("\n"));
      writeFileSync(join(folder, "GBP_USD_H1.csv"), "hello\nworld\n");
      writeFileSync(join(folder, "USD_JPY_H1.csv.gz"), gzipSync(many.join("\n")).subarray(0, 300));
      writeFileSync(join(folder, "NZD_USD_H1.csv.gz"), "no gzip at all");
      writeFileSync(join(folder, "nameless.csv"), good.slice(0, 2).join("\n"));
      const { code, stdout } = await workplace.run(["import", "candles", folder, "--store", inside("market")]);
      expect(code).toBe(1);
      expect(stdout).toMatch(/^EUR_USD_H1\.csv +3 +1 +0 +2$/m);
      expect(stdout).toMatch(/high_below_low: 1/);
      expect(stdout).toMatch(/market_closed: 1/);
      expect(stdout).toMatch(/GBP_USD_H1\.csv: line 1: the header has no column time/);
      expect(stdout).toMatch(/USD_JPY_H1\.csv\.gz: .*the gzip data is cut off or damaged/);
      expect(stdout).toMatch(/NZD_USD_H1\.csv\.gz: .*the gzip data is cut off or damaged/);
      expect(stdout).toMatch(/nameless\.csv: line 2: nothing says which instrument it is\. Give --instrument/);
      await workplace.untilNothingRuns();
    },
    TIME_LIMIT_MS,
  );
});
