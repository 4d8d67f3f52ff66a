import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { createReprocessQueue } from "../../functions/adapters/queueReprocess.ts";
import { deliverEach } from "../../functions/deliverEach.ts";
import { DEAD_REPROCESS_QUEUE, REPROCESS_QUEUE } from "../../functions/engine/reprocess.ts";

const MESSAGE = { pipeline: "d", instruments: ["EUR_USD"], from: "a", to: "b", reason: "c" };

describe("deliverEach", () => {
  it("acknowledges what was taken, and has what failed delivered again, and it alone", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    const done: string[] = [];
    const messages = ["1", "2", "3"].map((id) => ({
      id,
      body: null,
      ack: () => void done.push(`ack ${id}`),
      retry: () => void done.push(`retry ${id}`),
    }));
    await deliverEach(messages, async ({ id }) => (id === "2" ? Promise.reject(new Error("the store is away")) : null));
    expect(done).toEqual(["ack 1", "retry 2", "ack 3"]);
    expect(said).toHaveBeenCalledExactlyOnceWith("Message 2 is to be delivered again: the store is away");
    said.mockRestore();
  });
});

describe("the reprocess queue", () => {
  it("carries JSON, and says so when it takes nothing", async () => {
    const sent: unknown[] = [];
    await createReprocessQueue({ send: async (...args) => void sent.push(args) }).send(MESSAGE);
    expect(sent).toEqual([[MESSAGE, { contentType: "json" }]]);
    const away = createReprocessQueue({ send: async () => Promise.reject(new Error("x")) });
    await expect(away.send(MESSAGE)).rejects.toMatchObject({ code: "store_unavailable", status: 503, retryable: true });
  });

  it("has its consumer and its dead-letter queue in wrangler.toml, neither of which retries for ever", () => {
    const toml = readFileSync(new URL("../../wrangler.toml", import.meta.url), "utf8");
    const consumers = toml.split("[[queues.consumers]]").slice(1);
    const consumerOf = (queue: string) => consumers.find((text) => text.startsWith(`\nqueue = "${queue}"\n`)) ?? "";
    expect(consumerOf(REPROCESS_QUEUE)).toContain(`dead_letter_queue = "${DEAD_REPROCESS_QUEUE}"`);
    for (const queue of [REPROCESS_QUEUE, DEAD_REPROCESS_QUEUE]) expect(consumerOf(queue)).toMatch(/max_retries = \d+/);
    expect(toml).toContain(`binding = "REPROCESS"\nqueue = "${REPROCESS_QUEUE}"`);
  });
});
