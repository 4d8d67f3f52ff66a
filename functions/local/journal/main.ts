import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { byCount } from "../../../shared/domain/byCount.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { toAppError } from "../../../shared/errors.ts";
import { createDatabase } from "../../adapters/libsql/database.ts";
import { createPredictionLog } from "../../adapters/libsql/serving/predictionLog.ts";
import { createDelivery } from "./createDelivery.ts";
import { createInbox, type Inbox } from "./createInbox.ts";
import { createJournalServer } from "./createJournalServer.ts";
import { JOURNAL_CONFIG_VARIABLE, journalConfigSchema } from "./journalConfig.ts";
import { openJournal } from "./openJournal.ts";

/**
 * The durable twin of the prediction queue on one machine, whose local queues live in memory: the Worker answers when a record stands
 * in this process's file, and this process brings it into libSQL. On Cloudflare the queue itself is durable, and there is no journal.
 */
const config = journalConfigSchema.parse(JSON.parse(process.env[JOURNAL_CONFIG_VARIABLE] ?? "null"));
delete process.env[JOURNAL_CONFIG_VARIABLE];

const COLLECT_EVERY_MS = 200;

const say = (line: string) => console.log(`${new Date().toISOString()} ${line}`);
const journal = openJournal({ folder: config.folder, sync: config.sync, say });
if (journal.waiting > 0)
  say(`${counted(journal.waiting, "prediction")} of the last run ${byCount(journal.waiting, "is", "are")} here still`);
const aside = join(config.folder, "refused.ndjson");
const delivery = createDelivery({
  journal,
  log: createPredictionLog(createDatabase(config.sqld_url, config.sqld_auth_token)),
  sleep: (ms) => sleep(ms),
  say,
  putAside: (content, reason) => {
    const kept = content instanceof Uint8Array ? { batch: Buffer.from(content).toString("base64") } : { prediction: content };
    appendFileSync(aside, `${JSON.stringify({ reason, ...kept })}\n`);
    say(`a prediction was refused, and is kept in ${aside}: ${reason}`);
  },
});
const inbox = config.inbox === undefined ? null : createInbox({ folder: config.inbox, journal, clock: { now: () => Date.now() }, say });
const server = createJournalServer({ journal, delivery, inbox, token: config.token });
process.once("SIGTERM", () => {
  inbox?.remove();
  process.exit(0);
});
server.listen(config.port, config.host, () => say(`the journal ${config.folder} is at http://${config.host}:${config.port}`));
delivery.wake();
if (inbox !== null) await collectForEver(inbox);

async function collectForEver({ collect }: Inbox): Promise<never> {
  for (let problem: string | null = null; ; await sleep(COLLECT_EVERY_MS)) {
    try {
      if (collect() > 0) delivery.wake();
      problem = null;
    } catch (error) {
      // The batches stay where they are, and are moved once there is room.
      const { message } = toAppError(error);
      if (message !== problem) say(message);
      problem = message;
    }
  }
}
