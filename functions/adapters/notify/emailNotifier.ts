import { fillTemplate } from "../../../shared/notify/fillTemplate.ts";
import type { EmailSettings } from "../../../shared/notify/notifySettings.ts";
import type { Notifier } from "../../../shared/ports/notifier.ts";
import { type PostOptions, postMessage } from "./postMessage.ts";

/** E-mail by a provider's HTTP API, a request an address: none of them reads who else was told. */
export function createEmailNotifier(
  { url, token, token_header, from, to: addresses, template }: EmailSettings,
  options: PostOptions,
): Notifier {
  const headers = token_header === null ? { authorization: `Bearer ${token}` } : { [token_header]: token };
  return {
    async notify({ title, text }) {
      const send = (to: string) =>
        postMessage(
          options,
          "The e-mail provider",
          url,
          headers,
          fillTemplate(template, { from, to, subject: `[fx-medallion] ${title}`, text }),
        );
      const sent = await Promise.allSettled(addresses.map(send));
      const refused = sent.find((one) => one.status === "rejected");
      if (refused) throw refused.reason;
    },
  };
}
