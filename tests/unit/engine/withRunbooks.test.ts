import { expect, it } from "vitest";
import { withRunbooks } from "../../../functions/engine/withRunbooks.ts";
import type { Notification } from "../../../shared/ports/notifier.ts";

const ALERT: Notification = {
  id: "alert:1",
  kind: "alert",
  severity: "warning",
  title: "Alert: bar_age_h of USD_SGD (freshness)",
  text: "It is old.",
  labels: { check: "freshness", subject: "USD_SGD", metric: "bar_age_h" },
  starts_at: 0,
};

async function textOf(notification: Notification, public_url: string | null): Promise<string | undefined> {
  const told: Notification[] = [];
  await withRunbooks({ notify: async (one) => void told.push(one) }, public_url).notify(notification);
  return told[0]?.text;
}

it("tells with an alert where to read what to do", async () => {
  const runbook = "https://fx.example.com/api/runbooks/BarsStale";
  expect(await textOf(ALERT, "https://fx.example.com")).toBe(`It is old.\nWhat to do: ${runbook}`);
  expect(await textOf(ALERT, "https://fx.example.com/")).toContain(runbook);
});

it("adds nothing where nobody says where that is, to what has ended, and to what is no alert", async () => {
  expect(await textOf(ALERT, null)).toBe("It is old.");
  expect(await textOf({ ...ALERT, ends_at: 1 }, "https://fx.example.com")).toBe("It is old.");
  expect(await textOf({ ...ALERT, kind: "on_failure" }, "https://fx.example.com")).toBe("It is old.");
});
