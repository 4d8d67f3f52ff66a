import { join } from "node:path";
import { SECOND } from "../../../../shared/domain/instant.ts";
import { inboxFolder } from "../../journal/inboxFolder.ts";
import { JOURNAL_CONFIG_VARIABLE, type JournalConfig } from "../../journal/journalConfig.ts";
import { GIVE_BACK_MEMORY, nodeArguments } from "../../processes/nodeCommand.ts";
import type { PartSpec } from "../../processes/part.ts";
import { HOST } from "../../processes/ports.ts";
import { urlOf } from "../settings.ts";
import { childEnvironment, type StackPlan } from "../stackPlan.ts";
import { hasInbox } from "./hasInbox.ts";

const HEAP_MB = 64;

/** The journal of served predictions. */
export function journalPart(plan: StackPlan): PartSpec {
  const [port, token] = [plan.journal_port, plan.tokens.journal];
  // Another host than fx serve only takes over what was left there.
  const inbox = inboxFolder(plan.store.folder, { make: hasInbox(plan) });
  const config: JournalConfig = {
    folder: join(plan.store.folder, "journal"),
    ...(inbox === null ? {} : { inbox }),
    host: HOST,
    port,
    token,
    sync: plan.settings.predictions_sync,
    sqld_url: urlOf(plan.ports.sqld),
    sqld_auth_token: plan.tokens.sqld,
  };
  return {
    name: "journal",
    command: process.execPath,
    args: nodeArguments(join(plan.root, "functions", "local", "journal", "main.ts"), { heap_mb: HEAP_MB }),
    env: childEnvironment(plan, {
      ...GIVE_BACK_MEMORY,
      [JOURNAL_CONFIG_VARIABLE]: JSON.stringify(config),
    }),
    cwd: plan.root,
    is_node: true,
    health: { url: `${urlOf(port)}/health`, statuses: [200] },
    drain: { url: `${urlOf(port)}/flush`, token, within_ms: 8 * SECOND },
    up_within_ms: 30 * SECOND,
    stop_within_ms: 3 * SECOND,
  };
}
