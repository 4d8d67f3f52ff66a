import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createCallbackOutbox } from "../../../functions/adapters/libsql/orchestration/callbackOutbox.ts";
import { createChannels } from "../../../functions/adapters/notify/createChannels.ts";
import { tellChannels } from "../../../functions/engine/tellChannels.ts";
import { readNotifySettings } from "../../../shared/notify/notifySettings.ts";
import type { Notification } from "../../../shared/ports/notifier.ts";
import { openMemoryDatabase } from "../../support/databases/memoryDatabase.ts";
import { startMessageServer } from "../../support/stack/messageServer.ts";

const MESSAGE: Notification = {
  id: "promotion:r",
  kind: "promotion",
  severity: "info",
  title: 'fx-usdsgd-predictor/3 is "in" Production',
  text: "why: 1 < 2 & <!channel>\nsecond line",
  labels: {},
  starts_at: 0,
};

let server: Awaited<ReturnType<typeof startMessageServer>>;
beforeAll(async () => {
  server = await startMessageServer();
});
afterAll(() => server.stop());
beforeEach(() => void server.received.splice(0));

const email = (change: object = {}) => ({
  NOTIFY_EMAIL_URL: `${server.url}/ok`,
  NOTIFY_EMAIL_TOKEN: "t0ken",
  NOTIFY_EMAIL_FROM: "fx@desk.example",
  NOTIFY_EMAIL_TO: "ann@desk.example, bob@desk.example",
  ...change,
});
const channels = (env: Record<string, unknown>, timeout_ms = 60_000) => createChannels(readNotifySettings(env), { fetch, timeout_ms });
const tell = async (env: Record<string, unknown>, timeout_ms?: number) => {
  for (const channel of channels(env, timeout_ms)) await channel.notify(MESSAGE);
};

describe("a message", () => {
  it("goes to Slack's webhook, with nothing in it that would call anybody", async () => {
    await tell({ NOTIFY_SLACK_WEBHOOK_URL: `${server.url}/ok` });
    expect(server.received).toMatchObject([{ path: "/ok", headers: { "content-type": "application/json" } }]);
    expect(server.received[0]!.body).toEqual({
      text: '*fx-usdsgd-predictor/3 is "in" Production*\nwhy: 1 &lt; 2 &amp; &lt;!channel&gt;\nsecond line',
    });
  });

  it("goes to each address by the provider, in its usual form", async () => {
    await tell(email());
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(["Bearer t0ken", "Bearer t0ken"]);
    expect(server.received.map(({ body }) => body)).toEqual(
      ["ann@desk.example", "bob@desk.example"].map((to) => ({
        from: "fx@desk.example",
        to: [to],
        subject: '[fx-medallion] fx-usdsgd-predictor/3 is "in" Production',
        text: MESSAGE.text,
      })),
    );
  });

  it("goes in another provider's form, with its own header for the token", async () => {
    const template =
      '{"From": "{{from}}", "To": "{{to}}", "parts": [{"type": "text/plain", "value": "{{subject}}: {{text}} {{other}}"}], "Track": false}';
    await tell(email({ NOTIFY_EMAIL_TEMPLATE: template, NOTIFY_EMAIL_TOKEN_HEADER: "X-Token", NOTIFY_EMAIL_TO: "a@b.example" }));
    const [{ headers, body }] = server.received as [(typeof server.received)[number]];
    expect([headers["x-token"], headers.authorization]).toEqual(["t0ken", undefined]);
    expect(body).toEqual({
      ...{ From: "fx@desk.example", To: "a@b.example", Track: false },
      parts: [{ type: "text/plain", value: `[fx-medallion] ${MESSAGE.title}: ${MESSAGE.text} {{other}}` }],
    });
  });

  it("goes to the log where nothing is set, and to all that is", async () => {
    const info = vi.spyOn(console, "info").mockImplementation(() => {});
    await tell({});
    expect(JSON.parse(info.mock.calls[0]![0])).toMatchObject({ event: "notification", id: "promotion:r" });
    info.mockRestore();
    const names = channels({ NOTIFY_SLACK_WEBHOOK_URL: server.url, ...email() }).map(({ name }) => name);
    expect(names).toEqual(["Slack", expect.stringMatching(/^e-mail [0-9a-f]{8}$/), expect.stringMatching(/^e-mail [0-9a-f]{8}$/)]);
  });

  it.each([
    ["/404", "source_rejected", /^Slack answered 404: no_service$/],
    ["/500", "source_rejected", /^Slack answered 500: no_service$/],
    ["/302", "source_rejected", /^Slack answered 302/],
    ["/429", "source_unavailable", /^Slack answered 429: it is to be asked again in 30 s$/],
    ["/never", "source_unavailable", /^Slack could not be reached: no answer in 300 ms$/],
  ])("that %s does not take is an error, which does not give the address away", async (path, code, message) => {
    await expect(tell({ NOTIFY_SLACK_WEBHOOK_URL: `${server.url}${path}` }, path === "/never" ? 300 : undefined)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(server.received).toHaveLength(1);
  });

  it("that finds nobody is an error", async () => {
    const gone = await startMessageServer();
    await gone.stop();
    const error: Error = await tell(email({ NOTIFY_EMAIL_URL: `${gone.url}/secret` })).then(
      () => expect.unreachable(),
      (failure) => failure,
    );
    expect(error).toMatchObject({
      code: "source_unavailable",
      message: expect.stringMatching(/^The e-mail provider \(address 1 of NOTIFY_EMAIL_TO\) could not be reached: /),
    });
    expect(error.message).not.toContain("secret");
  });
});

describe("e-mail", () => {
  const to = (...addresses: string[]) => email({ NOTIFY_EMAIL_TO: addresses.join(",") });
  const names = (...addresses: string[]) => channels(to(...addresses)).map(({ name }) => name);

  it("to one address that is always refused tells the others once, however often it comes again", async () => {
    const sent: string[] = [];
    const fetched: typeof fetch = async (_url, init) => {
      const [address] = (JSON.parse(String(init?.body)) as { to: string[] }).to;
      sent.push(address!);
      return address === "gone@desk.example" ? new Response("no such mailbox", { status: 422 }) : new Response("");
    };
    const settings = readNotifySettings(to("ann@desk.example", "gone@desk.example", "bob@desk.example"));
    const all = createChannels(settings, { fetch: fetched });
    const book = createCallbackOutbox(await openMemoryDatabase());
    const notifier = tellChannels({ channelsOf: () => all, told: book, clock: { now: () => 0 } });
    for (let tries = 0; tries < 3; tries++)
      await expect(notifier.notify(MESSAGE)).rejects.toThrow(
        /^The e-mail provider \(address 2 of NOTIFY_EMAIL_TO\) answered 422: no such mailbox$/,
      );
    const count = (address: string) => sent.filter((one) => one === address).length;
    expect(["ann@desk.example", "bob@desk.example", "gone@desk.example"].map(count)).toEqual([1, 1, 3]);
  });

  it("knows an address by a name that stays when others come or go, and gives it away to nobody", () => {
    const [ann, bob] = names("ann@desk.example", "bob@desk.example");
    expect(ann).not.toBe(bob);
    expect(names("bob@desk.example")).toEqual([bob]);
    expect(names("bob@desk.example", "ann@desk.example", "bob@desk.example")).toEqual([bob, ann]);
    expect([ann, bob].join()).not.toMatch(/ann|bob|desk/);
  });
});

describe("settings", () => {
  it.each<[string, object, RegExp]>([
    ["NOTIFY_SLACK_WEBHOOK_URL", { NOTIFY_SLACK_WEBHOOK_URL: "hooks.slack.com/x" }, /not an address/],
    ["NOTIFY_SLACK_WEBHOOK_URL", { NOTIFY_SLACK_WEBHOOK_URL: "file:///etc/passwd" }, /not an address/],
    ["NOTIFY_ALERTMANAGER_URL", { NOTIFY_ALERTMANAGER_URL: "alertmanager:9093" }, /not an address/],
    ["NOTIFY_ALERTMANAGER_URL", { NOTIFY_ALERTMANAGER_TOKEN: "t" }, /must be set with NOTIFY_ALERTMANAGER_TOKEN/],
    ["NOTIFY_EMAIL_URL", { NOTIFY_EMAIL_TO: "a@b.example" }, /must be set with NOTIFY_EMAIL_TO/],
    ["NOTIFY_EMAIL_TOKEN", { ...email0(), NOTIFY_EMAIL_TOKEN: "" }, /must be set with NOTIFY_EMAIL_URL/],
    ["NOTIFY_EMAIL_TOKEN", { ...email0(), NOTIFY_EMAIL_TOKEN: "a\nb" }, /cannot be sent/],
    ["NOTIFY_EMAIL_TOKEN_HEADER", { ...email0(), NOTIFY_EMAIL_TOKEN_HEADER: "X Token" }, /not the name of a header/],
    ["NOTIFY_EMAIL_FROM", { ...email0(), NOTIFY_EMAIL_FROM: "desk" }, /not an address of e-mail/],
    ["NOTIFY_EMAIL_TO", { ...email0(), NOTIFY_EMAIL_TO: "a@b.example,bob" }, /not an address of e-mail/],
    ["NOTIFY_EMAIL_TEMPLATE", { ...email0(), NOTIFY_EMAIL_TEMPLATE: "{{text}}" }, /not JSON/],
    ["NOTIFY_EMAIL_TEMPLATE", { ...email0(), NOTIFY_EMAIL_TEMPLATE: "{}" }, /no \{\{text\}\}/],
  ])("a wrong %s is named (%o)", (name, env, message) => {
    expect(() => readNotifySettings(env as Record<string, unknown>)).toThrow(new RegExp(`^${name}.*${message.source}`));
  });

  it("nothing is nobody", () => {
    expect(readNotifySettings({ NOTIFY_EMAIL_URL: "", HOME: "/root" })).toEqual({
      public_url: null,
      alertmanager: null,
      slack_webhook_url: null,
      email: null,
    });
  });

  it("the address of this installation is one", () => {
    expect(readNotifySettings({ PUBLIC_URL: "https://fx.example.com" })).toMatchObject({ public_url: "https://fx.example.com" });
    expect(() => readNotifySettings({ PUBLIC_URL: "fx.example.com" })).toThrow(/^PUBLIC_URL: it is not an address/);
  });
});

function email0() {
  return {
    NOTIFY_EMAIL_URL: "https://a.example",
    NOTIFY_EMAIL_TOKEN: "t",
    NOTIFY_EMAIL_FROM: "a@b.example",
    NOTIFY_EMAIL_TO: "a@b.example",
  };
}
