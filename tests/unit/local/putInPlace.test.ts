import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { putInPlace } from "../../../functions/local/assets/putInPlace.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fx-place-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const at = (name: string) => join(root, name);
const folder = (name: string, text: string) => {
  mkdirSync(at(name), { recursive: true });
  writeFileSync(join(at(name), "file"), text);
};
const put = (name: string) => putInPlace(at(name), at("some/place"), at("aside"));
const inPlace = () => readFileSync(at("some/place/file"), "utf8");

it("puts a folder where there is none, and into the place of another, of which nothing is left", () => {
  for (const text of ["one", "two"]) {
    folder("made", text);
    put("made");
    expect([inPlace(), readdirSync(root)]).toEqual([text, ["some"]]);
  }
});

it("leaves the former one where the new one cannot be put there, and says where and why", () => {
  folder("some/place", "former");
  expect(() => put("gone")).toThrow(/gone could not be put into .*some\/place: ENOENT/);
  expect([inPlace(), existsSync(at("aside"))]).toEqual(["former", false]);
});
