import { sha256Hex } from "../../../shared/domain/hash.ts";
import type { EmailSettings, NotifySettings } from "../../../shared/notify/notifySettings.ts";
import type { Channel } from "../../../shared/ports/notifier.ts";
import { createLogNotifier } from "../logNotifier.ts";
import { createEmailNotifier } from "./emailNotifier.ts";
import type { PostOptions } from "./postMessage.ts";
import { createSlackNotifier } from "./slackNotifier.ts";

/** Every channel that is set; the log where none is. */
export function createChannels({ slack_webhook_url, email }: NotifySettings, options: PostOptions): readonly Channel[] {
  const channels = [
    ...(slack_webhook_url === null ? [] : [{ name: "Slack", ...createSlackNotifier(slack_webhook_url, options) }]),
    ...(email === null ? [] : emailChannels(email, options)),
  ];
  return channels.length > 0 ? channels : [{ name: "the log", ...createLogNotifier(console.info) }];
}

/**
 * A channel an address, so that one that is refused makes nobody else be told again. Its name stands in logs and in the book of who was told: it gives no
 * address away, and stays when others come or go.
 */
function emailChannels(email: EmailSettings, options: PostOptions): Channel[] {
  const first_places = email.to.map((address, at) => [address, at] as const).filter(([address, at]) => email.to.indexOf(address) === at);
  return first_places.map(([address, at]) => ({
    name: `e-mail ${sha256Hex(address).slice(0, 8)}`,
    ...createEmailNotifier(email, at, options),
  }));
}
