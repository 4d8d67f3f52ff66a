import { expect, it } from "vitest";
import { giveBack } from "../../../shared/domain/giveBack.ts";
import { createScratch } from "../../../shared/domain/scratch.ts";

it("an array that is the whole of its buffer is freed, and so is a buffer with all that lies on it", () => {
  const [whole, buffer] = [new Float64Array(4), new ArrayBuffer(32)];
  const part = new Float64Array(buffer, 8, 2);
  giveBack(whole, buffer);
  expect([whole.length, part.length, buffer.byteLength]).toEqual([0, 0, 0]);
});

it("an array that is a part of its buffer is left alone, and freeing twice is no fault", () => {
  const buffer = new ArrayBuffer(32);
  const part = new Float64Array(buffer, 8, 2);
  const gone = new Uint8Array(3);
  giveBack(part, gone, gone, new Uint8Array(0));
  expect([part.length, buffer.byteLength, gone.length]).toEqual([2, 32, 0]);
});

it("a scratch frees what it was given since it was last cleared", () => {
  const scratch = createScratch();
  const first = scratch.add(new Uint8Array(new ArrayBuffer(8), 2, 4));
  scratch.clear();
  const second = scratch.add(new ArrayBuffer(8));
  expect([first.length, second.byteLength]).toEqual([0, 8]);
  scratch.clear();
  expect(second.byteLength).toBe(0);
});
