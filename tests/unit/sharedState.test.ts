import { execSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findSharedState } from "../support/engine/sharedState.ts";

/**
 * In the Workers runtime an event (a request, a batch of a queue, a cron) that ends takes its promises and timers with it: whoever waits for
 * one of them waits for ever, and a place that it held in some limiter is never given back. So what all events of an isolate share may hold
 * neither, unless it can bear the end of any of them. What may, and why:
 */
const ALLOWED: Readonly<Record<string, string>> = {
  "functions/adapters/groupCommit.ts gathering (promise)":
    "each waiter's promise is its own, with a timer of its own, after which it gives up and opens the next group",
  "functions/adapters/groupCommit.ts under_way (promise)": "the same: only waited for through such a promise",
  "functions/adapters/libsql/writeGate.ts signs (places)": "a place is held by signs of life, and free 2 s after the last one",
  "functions/adapters/sidecars/sidecarFailures.ts failures (places)": "a sidecar rests for a minute at most, whoever noted it",
  "functions/drain.ts under_way (count)": "looked at once, as the Worker ends, for 6 s at most",
  "functions/engine/heartbeat.ts under_way (promise)": "of one slice, which alone waits for it",
  "functions/runHints.ts running (places)": "a place is free after 10 minutes, twice the longest a slice may take",
};

describe("what the events of an isolate share", () => {
  it("holds no promise and no place that the end of an event could keep for ever", () => {
    const files = execSync("git ls-files --cached --others --exclude-standard -- functions", { encoding: "utf8" }).split("\n");
    const found = files
      .filter((file) => file.endsWith(".ts") && !file.startsWith("functions/local/"))
      .flatMap((file) => findSharedState(file, readFileSync(file, "utf8")).map(({ name, kind }) => `${file} ${name} (${kind})`));
    expect(found.sort()).toEqual(Object.keys(ALLOWED).sort());
  });

  it.each([
    ["a promise of the module", "let loading: Promise<number> | null = null;", ["loading (promise)"]],
    ["one that is kept", "const ready = Promise.withResolvers<void>();", ["ready (promise)"]],
    ["a table of them", "const kept = new Map<string, Promise<number>>();", ["kept (promise)"]],
    ["one in an interface", "interface Turn { done: PromiseWithResolvers<void> }\nlet turn: Turn | null = null;", ["turn (promise)"]],
    ["a limiter of a library", "export const limit = promiseLimit(20);", ["limit (promise)"]],
    ["one that a factory keeps", "export function create() { let last = Promise.resolve(); return () => last; }", ["last (promise)"]],
    ["also in an object", "const create = () => { let last: Promise<void>; return { async run() { await last; } }; };", ["last (promise)"]],
    ["a count of who is in", "let inside = 0;\nexport async function run() { inside++; await work(); inside--; }", ["inside (count)"]],
    ["a set of them", "const busy = new Set();\nfunction run(job) { busy.add(job); busy.delete(job); }", ["busy (places)"]],
    ["nothing that ends with its event", "async function run() { const own = Promise.withResolvers(); await own.promise; }", []],
    ["no function", "const load = async (): Promise<number> => 1;\nconst names = new Set(['a']);\nlet calls = 0; calls++;", []],
  ])("finds %s", (_name, text, expected) => {
    expect(findSharedState("a.ts", text).map(({ name, kind }) => `${name} (${kind})`)).toEqual(expected);
  });
});
