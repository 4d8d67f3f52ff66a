import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FillStore, keptStore } from "../../bench/keptStore.ts";

let folder = "";
let filled: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fx-kept-"));
  filled = [];
  mkdirSync(join(folder, "schema"));
  writeFileSync(join(folder, "schema/0000.sql"), "CREATE TABLE one (x)");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fill: FillStore = async (place, { env }) => {
  filled.push(env["FX_CLOCK"]!);
  mkdirSync(join(place, "store/logs"), { recursive: true });
  writeFileSync(join(place, "store/rows"), `filled ${filled.length}`);
  return "2026-03-03T13:11:00Z";
};
const take = (name: string, by = fill) => keptStore(join(folder, name), by, join(folder, "kept"), [join(folder, "schema")]);
const rowsOf = (name: string) => readFileSync(join(folder, name, "store/rows"), "utf8");

describe("the store of a bench", () => {
  it("is filled once, and goes on from there with its clock in each later bench", async () => {
    const sizes = [await take("one"), await take("two")];
    expect(filled).toEqual(["2026-03-03T13:05:00Z"]);
    expect(sizes.map(({ env }) => env["FX_CLOCK"])).toEqual(["2026-03-03T13:11:00Z", "2026-03-03T13:11:00Z"]);
    writeFileSync(join(folder, "two/store/rows"), "what a bench has done");
    await take("three");
    expect([rowsOf("one"), rowsOf("three")]).toEqual(["filled 1", "filled 1"]);
    expect(existsSync(join(folder, "one/store/logs"))).toBe(false);
  });

  it("is filled anew when what fills it is another, and the former one goes", async () => {
    await take("one");
    writeFileSync(join(folder, "schema/0001.sql"), "CREATE TABLE two (x)");
    await take("two");
    expect([rowsOf("one"), rowsOf("two")]).toEqual(["filled 1", "filled 2"]);
    expect(readdirSync(join(folder, "kept"))).toHaveLength(1);
  });

  it("is not kept where its filling was broken off", async () => {
    const broken: FillStore = async (place, size) => {
      await fill(place, size);
      throw new Error("killed");
    };
    await expect(take("one", broken)).rejects.toThrow("killed");
    await take("two");
    expect(rowsOf("two")).toBe("filled 2");
  });
});
