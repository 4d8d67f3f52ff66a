import { z } from "zod";

/** What the journal is told, as JSON in its environment: the arguments of a process are for all users to see. */
export const JOURNAL_CONFIG_VARIABLE = "FX_JOURNAL";

export const journalConfigSchema = z.strictObject({
  folder: z.string(),
  /** Where the runtime of `fx serve` leaves batches (inboxFolder.ts). */
  inbox: z.string().optional(),
  host: z.string(),
  port: z.int().positive(),
  token: z.string().min(1),
  sync: z.boolean(),
  /** The log: libSQL. */
  sqld_url: z.url(),
  sqld_auth_token: z.string().min(1).optional(),
});
export type JournalConfig = z.infer<typeof journalConfigSchema>;
