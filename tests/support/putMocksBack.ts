import { afterAll, vi } from "vitest";

/** Files that share their modules share what they have put in place of a method or of the clock, too: each puts it back. */
afterAll(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});
