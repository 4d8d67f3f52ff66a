import { describe, expect, it } from "vitest";
import { environmentDifferences } from "../../../shared/deployment/environmentDifferences.ts";

const TOP = {
  name: "fx",
  compatibility_flags: ["nodejs_compat"],
  kv_namespaces: [{ binding: "ONLINE", id: "a" }],
  queues: {
    producers: [{ binding: "HINTS", queue: "hints" }],
    consumers: [{ queue: "hints", max_batch_size: 1, max_retries: 0 }],
  },
  triggers: { crons: ["* * * * *"] },
};

describe("an environment's differences", () => {
  it("are none where only names, variables and ids of an account are its own, in whatever order", () => {
    const environment = {
      ...TOP,
      name: "fx-production",
      vars: { A: "b" },
      kv_namespaces: [{ binding: "ONLINE" }],
      queues: { consumers: [{ max_retries: 0, max_batch_size: 1, queue: "hints" }], producers: TOP.queues.producers },
    };
    expect(environmentDifferences(TOP, environment)).toEqual([]);
  });

  it.each([
    ["a consumer that is missing", { queues: { ...TOP.queues, consumers: [] } }, "queues.consumers has no hints"],
    [
      "a consumer's setting",
      { queues: { ...TOP.queues, consumers: [{ queue: "hints", max_batch_size: 1, max_retries: 3 }] } },
      'queues.consumers of hints is {"max_batch_size":1,"max_retries":3,"queue":"hints"}, and {"max_batch_size":1,"max_retries":0,"queue":"hints"} at the top level',
    ],
    ["a binding that is missing", { kv_namespaces: [] }, "kv_namespaces has no ONLINE"],
    [
      "a binding of its own",
      { kv_namespaces: [...TOP.kv_namespaces, { binding: "X" }] },
      "kv_namespaces has X, which the top level has not",
    ],
    ["a kind of binding that is missing", { queues: undefined }, "queues.producers is not set"],
    ["a cron", { triggers: { crons: [] } }, 'triggers is {"crons":[]}, and {"crons":["* * * * *"]} at the top level'],
    ["a flag", { compatibility_flags: [] }, "compatibility_flags"],
  ])("tell of %s", (_what, change, said) => {
    expect(environmentDifferences(TOP, { ...TOP, ...change }).join("\n")).toContain(said);
  });
});
