import type { NotifySettings } from "../../../shared/notify/notifySettings.ts";
import type { Channel } from "../../../shared/ports/notifier.ts";
import { createLogNotifier } from "../logNotifier.ts";
import { createEmailNotifier } from "./emailNotifier.ts";
import type { PostOptions } from "./postMessage.ts";
import { createSlackNotifier } from "./slackNotifier.ts";

/** Every channel that is set; the log where none is. */
export function createChannels({ slack_webhook_url, email }: NotifySettings, options: PostOptions): readonly Channel[] {
  const channels = [
    ...(slack_webhook_url === null ? [] : [{ name: "Slack", ...createSlackNotifier(slack_webhook_url, options) }]),
    ...(email === null ? [] : [{ name: "e-mail", ...createEmailNotifier(email, options) }]),
  ];
  return channels.length > 0 ? channels : [{ name: "the log", ...createLogNotifier(console.info) }];
}
