import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createInbox } from "../../../../functions/local/journal/createInbox.ts";
import { openJournal } from "../../../../functions/local/journal/openJournal.ts";
import { decodePredictions, encodePredictions } from "../../../../shared/contracts/predictionBatch.ts";
import { AppError } from "../../../../shared/errors.ts";
import { predictionRecord } from "../../../support/models/predictionRecord.ts";

const NOW = Date.UTC(2026, 0, 5);

let folder = "";
let inbox_folder = "";
let said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fx-inbox-"));
  inbox_folder = join(folder, "inbox");
  mkdirSync(inbox_folder);
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const say = (line: string) => void said.push(line);
const clock = { now: () => NOW };
const batch = (...ids: string[]) => encodePredictions(ids.map((id) => predictionRecord(id, { features: [1, 2] })));
const leave = (name: string, bytes: Uint8Array) => writeFileSync(join(inbox_folder, name), bytes);

it("moves whole batches into the journal, where the next run finds them too, and leaves nothing", () => {
  const journal = openJournal({ folder, sync: false, say });
  const inbox = createInbox({ folder: inbox_folder, journal, clock, say });
  expect(inbox.collect()).toBe(0);
  // More than are moved with one write.
  const ids = Array.from({ length: 1_100 }, (_, index) => `p${index}`);
  for (const id of ids) leave(id, batch(id, `${id}-b`));
  expect([inbox.collect(), readdirSync(inbox_folder), journal.waiting]).toEqual([1_100, [], 2_200]);
  // The file of a run that was killed: nobody closed it.
  const next = openJournal({ folder, sync: false, say });
  const found = next
    .peek(10_000_000)
    .flatMap((one) => decodePredictions(one))
    .map(({ prediction_id }) => prediction_id);
  expect(found.toSorted()).toEqual(ids.flatMap((id) => [id, `${id}-b`]).toSorted());
  expect(said).toEqual([]);
  inbox.remove();
  expect(existsSync(inbox_folder)).toBe(false);
  journal.close();
  next.close();
});

it("keeps what the journal does not take, for the next time", () => {
  const full = new AppError("store_unavailable", "The disk is full", { status: 503, retryable: true });
  const taken: Uint8Array[] = [];
  const refusals = [full];
  const journal = {
    appendAll: (batches: readonly Uint8Array[]) => {
      const refusal = refusals.shift();
      if (refusal !== undefined) throw refusal;
      taken.push(...batches);
    },
  };
  const inbox = createInbox({ folder: inbox_folder, journal, clock, say });
  leave("a", batch("a"));
  expect(() => inbox.collect()).toThrow(full);
  expect([inbox.collect(), taken.length, readdirSync(inbox_folder)]).toEqual([1, 1, []]);
});

it("removes files without content, and says so, and those that a killed runtime has begun", () => {
  const journal = openJournal({ folder, sync: false, say });
  const inbox = createInbox({ folder: inbox_folder, journal, clock, say });
  for (const [name, age_min] of [
    [".kj-tmp.1", 11],
    [".kj-tmp.2", 1],
  ] as const) {
    leave(name, batch(name));
    utimesSync(join(inbox_folder, name), NOW / 1_000, NOW / 1_000 - 60 * age_min);
  }
  leave("empty", new Uint8Array());
  leave("zeros", new Uint8Array(1_000));
  leave("whole", batch("whole"));
  expect(inbox.collect()).toBe(3);
  expect([journal.waiting, readdirSync(inbox_folder)]).toEqual([1, [".kj-tmp.2"]]);
  expect(said).toEqual([`${inbox_folder}: 2 files are no batches of predictions; they are removed`]);
  journal.close();
});
