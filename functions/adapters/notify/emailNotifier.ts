import { fillTemplate } from "../../../shared/notify/fillTemplate.ts";
import type { EmailSettings } from "../../../shared/notify/notifySettings.ts";
import type { Notifier } from "../../../shared/ports/notifier.ts";
import { type PostOptions, postMessage } from "./postMessage.ts";

/** E-mail to the address `to[at]` by a provider's HTTP API: nobody reads who else was told. Errors name the address by its place. */
export function createEmailNotifier(
  { url, token, token_header, from, to, template }: EmailSettings,
  at: number,
  options: PostOptions,
): Notifier {
  const headers = token_header === null ? { authorization: `Bearer ${token}` } : { [token_header]: token };
  const receiver = `The e-mail provider (address ${at + 1} of NOTIFY_EMAIL_TO)`;
  return {
    async notify({ title, text }) {
      const body = fillTemplate(template, { from, to: to[at]!, subject: `[fx-medallion] ${title}`, text });
      await postMessage(options, receiver, url, headers, body);
    },
  };
}
