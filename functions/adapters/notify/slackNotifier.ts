import type { Notifier } from "../../../shared/ports/notifier.ts";
import { type PostOptions, postMessage } from "./postMessage.ts";

/** Slack cuts a message at 40,000 characters; nobody reads so much. */
const MOST = 3_500;

/** An incoming webhook: the channel is the webhook's own. */
export function createSlackNotifier(webhook_url: string, options: PostOptions): Notifier {
  return {
    notify: ({ title, text }) =>
      postMessage(options, "Slack", webhook_url, {}, { text: `*${escaped(title)}*\n${escaped(text.slice(0, MOST))}` }),
  };
}

/** What Slack wants escaped; else <!channel> in a reason would wake everybody. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
