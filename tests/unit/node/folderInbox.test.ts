import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createJournalInbox } from "../../../functions/adapters/journalInbox.ts";
import { folderInbox } from "../../../functions/node/folderInbox.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fx-inbox-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const BATCH = new Uint8Array([1, 2, 255]);

it("leaves a batch as a file of its name, also when the folder was taken away, and twice the same as one", async () => {
  const hand = createJournalInbox(folderInbox(folder), async () => "not asked");
  for (const name of ["a", "a", "b"]) {
    if (name === "b") rmSync(folder, { recursive: true });
    expect(await hand(BATCH, name)).toBeNull();
    expect(new Uint8Array(readFileSync(join(folder, name)))).toEqual(BATCH);
    expect(readdirSync(folder)).toEqual([name]);
  }
});

it("hands over what it cannot leave", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  const handed: string[] = [];
  const hand = createJournalInbox(folderInbox(file), async (_batch, name) => {
    handed.push(name);
    return null;
  });
  expect([await hand(BATCH, "a"), handed]).toEqual([null, ["a"]]);
});
