/**
 * Limits bound a hang and judge no speed: what takes a quiet machine some seconds may take minutes beside other work. So they are many
 * times what is expected, and no test is right or wrong by them.
 */

/** One test or hook that starts no stack, beside others that go first (tests/runTests.ts). */
export const HANG_LIMIT_MS = 900_000;
/** One that starts a whole stack, or several. */
export const TIME_LIMIT_MS = 900_000;
/** Waiting for one thing to happen: an answer, a state, a line. Less than the limit of the test, so that it can say what did not come. */
export const WAIT_LIMIT_MS = 400_000;
