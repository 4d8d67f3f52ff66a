import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { inboxFolder } from "../../../../functions/local/journal/inboxFolder.ts";

const store = mkdtempSync(join(tmpdir(), "fx-store-"));
afterAll(() => rmSync(store, { recursive: true }));

const TMPFS = 0x01021994;
const has_memory = existsSync("/dev/shm") && statfsSync("/dev/shm").type === TMPFS;

it("there is none where there is no memory to put it into", () => {
  expect(inboxFolder(store, { memory: join(store, "absent") })).toBeNull();
  if (statfsSync(store).type !== TMPFS) expect(inboxFolder(store, { memory: store })).toBeNull();
});

describe.skipIf(!has_memory)("the inbox of a store", () => {
  it("is one folder, for its owner only, and made when it is wanted", () => {
    expect(inboxFolder(store, { make: false })).toBeNull();
    const path = inboxFolder(store)!;
    expect([inboxFolder(store, { make: false }), statSync(path).mode & 0o777]).toEqual([path, 0o700]);
    rmSync(path, { recursive: true });
  });

  it("is not what somebody else could write to, or has put there", () => {
    const path = inboxFolder(store)!;
    chmodSync(path, 0o777);
    expect(inboxFolder(store)).toBeNull();
    rmSync(path, { recursive: true });
    symlinkSync(store, path);
    expect(inboxFolder(store)).toBeNull();
    rmSync(path);
  });
});
