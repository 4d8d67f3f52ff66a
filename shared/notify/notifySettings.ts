import { z } from "zod";
import { requireSendable } from "../contracts/sendableToken.ts";
import { AppError } from "../errors.ts";

/** What Resend takes, and with other names many others: see NOTIFY_EMAIL_TEMPLATE. */
const DEFAULT_TEMPLATE = '{"from": "{{from}}", "to": ["{{to}}"], "subject": "{{subject}}", "text": "{{text}}"}';
const NEEDED = ["NOTIFY_EMAIL_TOKEN", "NOTIFY_EMAIL_FROM", "NOTIFY_EMAIL_TO"] as const;

const address = z.url({ protocol: /^https?$/, error: "it is not an address such as https://hooks.slack.com/services/…" });
const templateSchema = z
  .string()
  .default(DEFAULT_TEMPLATE)
  .transform((text, issues): unknown => {
    try {
      if (text.includes("{{text}}")) return JSON.parse(text);
      issues.addIssue({ code: "custom", message: "it has no {{text}}, so that the e-mail would say nothing" });
    } catch {
      issues.addIssue({ code: "custom", message: "it is not JSON" });
    }
    return z.NEVER;
  });

/** Variables that say who is told of alerts, and of promotions and refusals. */
export const NOTIFY_VARIABLES = {
  /** The address by which those who are told reach this Worker: the links in what they are told begin with it. */
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: "it is not an address such as https://fx.example.com" }).optional(),
  NOTIFY_SLACK_WEBHOOK_URL: address.optional(),
  /** Alertmanager's address, which tells people of alerts then. */
  NOTIFY_ALERTMANAGER_URL: z.url({ protocol: /^https?$/, error: "it is not an address such as http://127.0.0.1:9093" }).optional(),
  NOTIFY_ALERTMANAGER_TOKEN: z
    .string()
    .transform((text) => requireSendable("NOTIFY_ALERTMANAGER_TOKEN", text))
    .optional(),
  /** Where the provider takes an e-mail by HTTP. */
  NOTIFY_EMAIL_URL: address.optional(),
  NOTIFY_EMAIL_TOKEN: z
    .string()
    .transform((text) => requireSendable("NOTIFY_EMAIL_TOKEN", text))
    .optional(),
  /** The header that the token goes in as it is; absent: Authorization, as a bearer token. */
  NOTIFY_EMAIL_TOKEN_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, "it is not the name of a header")
    .optional(),
  NOTIFY_EMAIL_FROM: z.string().optional(),
  /** Addresses with commas between them. */
  NOTIFY_EMAIL_TO: z.string().optional(),
  /** The provider's request as JSON, with {{from}}, {{to}}, {{subject}} and {{text}} in its texts. */
  NOTIFY_EMAIL_TEMPLATE: templateSchema,
} as const;

export interface EmailSettings {
  readonly url: string;
  readonly token: string;
  readonly token_header: string | null;
  readonly from: string;
  readonly to: readonly string[];
  readonly template: unknown;
}

export interface AlertmanagerSettings {
  readonly url: string;
  /** A bearer token; null: it asks for none. */
  readonly token: string | null;
}

export interface NotifySettings {
  /** Null: nobody has said what it is. */
  readonly public_url: string | null;
  readonly alertmanager: AlertmanagerSettings | null;
  readonly slack_webhook_url: string | null;
  readonly email: EmailSettings | null;
}

/** What the variables say; a mistake is an error that names its variable. */
export function readNotifySettings(env: Readonly<Record<string, unknown>>): NotifySettings {
  const given = Object.fromEntries(Object.keys(NOTIFY_VARIABLES).flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const read = z.object(NOTIFY_VARIABLES).safeParse(given);
  if (!read.success) throw wrong(String(read.error.issues[0]?.path[0]), read.error.issues[0]?.message ?? "it is wrong");
  const alertmanager = alertmanagerOf(read.data);
  const { NOTIFY_SLACK_WEBHOOK_URL, NOTIFY_EMAIL_URL: url, NOTIFY_EMAIL_TEMPLATE: template, ...email } = read.data;
  const slack_webhook_url = NOTIFY_SLACK_WEBHOOK_URL ?? null;
  const public_url = read.data.PUBLIC_URL ?? null;
  if (url === undefined) {
    const left = NEEDED.find((name) => email[name] !== undefined);
    if (left !== undefined) throw wrong("NOTIFY_EMAIL_URL", `it must be set with ${left}: it says where the provider takes e-mail`);
    return { public_url, alertmanager, slack_webhook_url, email: null };
  }
  const missing = NEEDED.find((name) => email[name] === undefined);
  if (missing !== undefined) throw wrong(missing, "it must be set with NOTIFY_EMAIL_URL");
  const to = email.NOTIFY_EMAIL_TO!.split(",").map((one) => one.trim());
  const bad = [email.NOTIFY_EMAIL_FROM!, ...to].findIndex((one) => !/@/.test(one));
  if (bad >= 0) throw wrong(bad === 0 ? "NOTIFY_EMAIL_FROM" : "NOTIFY_EMAIL_TO", "it is not an address of e-mail");
  const token_header = email.NOTIFY_EMAIL_TOKEN_HEADER ?? null;
  return {
    public_url,
    alertmanager,
    slack_webhook_url,
    email: { url, token: email.NOTIFY_EMAIL_TOKEN!, token_header, from: email.NOTIFY_EMAIL_FROM!, to, template },
  };
}

function alertmanagerOf(read: {
  readonly NOTIFY_ALERTMANAGER_URL?: string | undefined;
  readonly NOTIFY_ALERTMANAGER_TOKEN?: string | undefined;
}): AlertmanagerSettings | null {
  const { NOTIFY_ALERTMANAGER_URL: url, NOTIFY_ALERTMANAGER_TOKEN: token } = read;
  if (url !== undefined) return { url, token: token ?? null };
  if (token === undefined) return null;
  throw wrong("NOTIFY_ALERTMANAGER_URL", "it must be set with NOTIFY_ALERTMANAGER_TOKEN: it says where Alertmanager is");
}

function wrong(variable: string, message: string): AppError {
  return new AppError("invalid_request", `${variable}: ${message}. See docs/configuration.md.`, {
    status: 422,
    details: { field: variable },
  });
}
