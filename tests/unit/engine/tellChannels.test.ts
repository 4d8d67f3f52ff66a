import { beforeEach, expect, it } from "vitest";
import { createCallbackOutbox } from "../../../functions/adapters/libsql/orchestration/callbackOutbox.ts";
import { tellChannels } from "../../../functions/engine/tellChannels.ts";
import { HOUR, SECOND } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import type { Channel, Notification } from "../../../shared/ports/notifier.ts";
import { openMemoryDatabase } from "../../support/databases/memoryDatabase.ts";

const message = (id: string): Notification => ({
  ...{ id, kind: "alert", severity: "error", title: "t", text: "x", labels: {}, starts_at: 0 },
});

let now: number;
let told: string[];
let fate: Record<string, AppError | null>;
let notify: (id: string) => Promise<void>;
beforeEach(async () => {
  [now, told, fate] = [0, [], {}];
  const channel = (name: string): Channel => ({
    name,
    notify: async ({ id }) => {
      if (fate[name]) throw fate[name];
      told.push(`${name} ${id}`);
    },
  });
  const channels = [channel("Slack"), channel("e-mail")];
  const book = createCallbackOutbox(await openMemoryDatabase());
  const notifier = tellChannels({ channelsOf: () => channels, told: book, clock: { now: () => now } });
  notify = (id) => notifier.notify(message(id));
});

it("tells every channel once, and again only the one that did not take it", async () => {
  fate["Slack"] = new AppError("source_rejected", "Slack answered 404: no_service");
  await expect(notify("a")).rejects.toThrow("Slack answered 404: no_service");
  await expect(notify("a")).rejects.toThrow("Slack answered 404: no_service");
  fate["Slack"] = null;
  await notify("a");
  await notify("a");
  expect(told).toEqual(["e-mail a", "Slack a"]);
});

it("leaves a channel alone that asks for a pause, with whatever comes next, and not for longer than an hour", async () => {
  fate["Slack"] = new AppError("source_unavailable", "Slack answered 429", { retryable: true, retry_after_ms: 30 * SECOND });
  await expect(notify("a")).rejects.toMatchObject({ message: "Slack answered 429", retry_after_ms: 30 * SECOND });
  fate["Slack"] = null;
  now = 10 * SECOND;
  await expect(notify("b")).rejects.toMatchObject({ message: "Slack asked for a pause", retry_after_ms: 20 * SECOND });
  expect(told).toEqual(["e-mail a", "e-mail b"]);
  now = 30 * SECOND;
  await notify("a");
  await notify("b");
  expect(told.slice(2)).toEqual(["Slack a", "Slack b"]);
  fate["Slack"] = new AppError("source_unavailable", "Slack answered 429", { retryable: true, retry_after_ms: 24 * HOUR });
  await expect(notify("c")).rejects.toThrow();
  fate["Slack"] = null;
  now += HOUR;
  await notify("c");
});
