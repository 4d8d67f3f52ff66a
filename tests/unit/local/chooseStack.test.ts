import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CommandContext } from "../../../functions/local/commands/command.ts";
import { chooseStack, findStore, runningStacks } from "../../../functions/local/stack/chooseStore.ts";
import { claimStore } from "../../../functions/local/stack/runFile.ts";
import { readSettings } from "../../../functions/local/stack/settings.ts";
import { openStore, type StoreMarket } from "../../../functions/local/stack/store.ts";

let root: string;
let context: CommandContext;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fx-choose-"));
  const screen = { say: () => undefined, progress: () => undefined };
  context = { root, cwd: root, env: {}, stdout: { write: () => undefined }, screen, cancelled: new AbortController().signal };
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function make(name: string, market: StoreMarket): string {
  const folder = join(root, "data", "lake", name);
  mkdirSync(join(root, "data", "lake"), { recursive: true });
  return openStore(folder, market).folder;
}

/** As if a stack ran on it: this process holds the store. */
function run(name: string, market: StoreMarket): string {
  const folder = make(name, market);
  const facts = { market, worker_url: `http://127.0.0.1/${name}`, ports: {}, tokens: {}, started_at: "2025-06-25T00:00:00Z" };
  claimStore(folder, facts);
  return folder;
}

const choose = (store: string | null, market: "real" | "any" = "any", brings?: string) =>
  chooseStack(context, readSettings({}), { store, market, ...(brings === undefined ? {} : { brings }) });
const folderOf = (chosen: ReturnType<typeof choose>) => [chosen.folder, "run" in chosen ? "runs" : "is to be started"];

describe("a job on what is there", () => {
  it("is done on the stack that runs, by whatever name its store goes", () => {
    make("market", "real");
    const folder = run("mine", "real");
    expect(folderOf(choose(null))).toEqual([folder, "runs"]);
    expect(folderOf(choose("market"))).toEqual([join(root, "data/lake/market"), "is to be started"]);
  });

  it("asks which one, where several run or several lie there, and chooses none silently", () => {
    make("market", "real");
    expect(folderOf(choose(null))).toEqual([join(root, "data/lake/market"), "is to be started"]);
    make("sandbox", "sandbox");
    expect(() => choose(null)).toThrow(
      "No stack runs, and there are several stores. Say which one is meant: --store market (the real market) or --store sandbox (the simulated market).",
    );
    run("sandbox", "sandbox");
    expect(folderOf(choose(null))).toEqual([join(root, "data/lake/sandbox"), "runs"]);
    run("market", "real");
    expect(() => choose(null)).toThrow("Stacks run on several stores. Say which one is meant: --store market");
    expect(runningStacks(context).map(({ folder }) => folder)).toEqual(["market", "sandbox"].map((name) => join(root, "data/lake", name)));
    expect(runningStacks(context, "market")).toHaveLength(1);
  });

  it("makes no store", () => {
    expect(() => choose(null)).toThrow("There is no store yet. One is made by fx start");
    expect(() => choose("mine")).toThrow(/There is no store at .*mine\. One is made by fx start --store mine/);
  });
});

describe("a store to look after", () => {
  it("is the named one, that which runs, or the only one there is, whatever market the settings are of", () => {
    expect(() => findStore(context, null)).toThrow("There is no store yet. One is made by fx start");
    const sandbox = make("sandbox", "sandbox");
    const of_oanda = { ...context, env: { OANDA_API_URL: "https://api-fxtrade.oanda.com", OANDA_API_TOKEN: "t" } };
    expect(findStore(of_oanda, null)).toEqual({ folder: sandbox, market: "sandbox" });
    make("copy.123.partial", "real");
    expect(findStore(context, null)).toEqual({ folder: sandbox, market: "sandbox" });
    const market = make("market", "real");
    expect(() => findStore(context, null)).toThrow("No stack runs, and there are several stores. Say which one is meant: --store market");
    expect(findStore(context, "market")).toEqual({ folder: market, market: "real" });
    run("sandbox", "sandbox");
    expect(findStore(context, null)).toEqual({ folder: sandbox, market: "sandbox" });
    expect(() => findStore(context, "mine")).toThrow(/There is no store at .*mine/);
  });
});

describe("an import", () => {
  it("goes to the market store, also while another one runs", () => {
    run("sandbox", "sandbox");
    expect(folderOf(choose(null, "real"))).toEqual([join(root, "data/lake/market"), "is to be started"]);
    const folder = run("market", "real");
    expect(folderOf(choose(null, "real"))).toEqual([folder, "runs"]);
  });

  it.each([
    ["candles", true],
    ["candles", false],
    ["news", true],
    ["news", false],
  ])("of %s is refused by a store of the simulated market, in its own words (running: %s)", (brings, isRunning) => {
    const folder = isRunning ? run("sandbox", "sandbox") : make("sandbox", "sandbox");
    expect(folder).toContain("sandbox");
    expect(() => choose("sandbox", "real", brings)).toThrow(
      `holds the simulated market, and a store holds one market. Real ${brings} go to another store: leave --store out, or name a new one.`,
    );
  });
});
