import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Journal, openJournal } from "../../../../functions/local/journal/openJournal.ts";
import { decodePredictions, encodePredictions } from "../../../../shared/contracts/predictionBatch.ts";
import { predictionRecord } from "../../../support/models/predictionRecord.ts";

let folder = "";
let said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fx-journal-"));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (segment_bytes = 1_000_000, sync = false) => openJournal({ folder, sync, say: (line) => void said.push(line), segment_bytes });
const batch = (...ids: string[]) => encodePredictions(ids.map((id) => predictionRecord(id, { features: [1, 2] })));
const ids = (batches: readonly Uint8Array[]) => batches.flatMap((one) => decodePredictions(one)).map(({ prediction_id }) => prediction_id);
const bytesOf = () => readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

/** Takes everything out, so many bytes at a time. */
function drain(journal: Journal, max_bytes: number): string[] {
  const found: string[] = [];
  for (let batches = journal.peek(max_bytes); batches.length > 0; batches = journal.peek(max_bytes)) {
    found.push(...ids(batches));
    journal.drop();
  }
  return found;
}

describe("the journal's files", () => {
  it("give back what was put in, in order, whatever the size of a look, and keep nothing of it afterwards", () => {
    for (const max_bytes of [1, 300, 1_000_000]) {
      const journal = open(500);
      const all = Array.from({ length: 30 }, (_, index) => [`${max_bytes}-${index}a`, `${max_bytes}-${index}b`]);
      for (const pair of all) journal.append(batch(...pair));
      expect(journal.waiting).toBe(60);
      expect(drain(journal, max_bytes)).toEqual(all.flat());
      expect([journal.waiting, readdirSync(folder).length, bytesOf()]).toEqual([0, 1, 0]);
      journal.close();
      rmSync(folder, { recursive: true });
    }
  });

  it("hold what came while the first of it was being delivered", () => {
    const journal = open();
    journal.append(batch("a"));
    expect(ids(journal.peek(1_000))).toEqual(["a"]);
    journal.append(batch("b"));
    journal.drop();
    expect([journal.waiting, drain(journal, 1_000)]).toEqual([1, ["b"]]);
    journal.close();
  });

  it("are read by the next run, in order, when this one was killed, and again by the one after it", () => {
    for (const id of ["a", "b", "c"]) {
      const journal = open(1);
      journal.append(batch(`${id}1`));
      journal.append(batch(`${id}2`));
      // Left open: nobody closes the file of a process that is killed.
    }
    const journal = open(1, true);
    expect(journal.waiting).toBe(6);
    journal.append(batch("d"));
    expect(drain(journal, 10)).toEqual(["a1", "a2", "b1", "b2", "c1", "c2", "d"]);
    journal.close();
  });

  it("lose only the last batch when that was not written to its end, wherever it was cut, and say so", () => {
    open().append(batch("a"));
    const whole = readFileSync(join(folder, readdirSync(folder)[0] as string));
    for (let length = 1; length < whole.length; length += 7) {
      writeFileSync(join(folder, "00000001.journal"), whole);
      appendFileSync(join(folder, "00000001.journal"), whole.subarray(0, length));
      const journal = open();
      expect([journal.waiting, drain(journal, 1_000)], String(length)).toEqual([1, ["a"]]);
      expect(said.pop()).toMatch(new RegExp(`the last ${length} bytes? (?:is|are) no whole batch`));
      journal.close();
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
    }
  });

  it("take a batch whose bytes are not what was written for none", () => {
    open().append(batch("a"));
    const path = join(folder, "00000001.journal");
    const bytes = readFileSync(path);
    bytes[20] = (bytes[20] as number) ^ 1;
    writeFileSync(path, bytes);
    expect(open().waiting).toBe(0);
  });

  it("go on with a number of their own, past what is left", () => {
    writeFileSync(join(folder, "00000041.journal"), "");
    const journal = open();
    expect(readdirSync(folder)).toEqual(["00000042.journal"]);
    journal.close();
  });
});
