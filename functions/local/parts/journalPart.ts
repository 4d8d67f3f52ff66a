import { join } from "node:path";
import { SECOND } from "../../../shared/domain/instant.ts";
import { JOURNAL_CONFIG_VARIABLE, type JournalConfig } from "../journal/journalConfig.ts";
import { GIVE_BACK_MEMORY, nodeArguments } from "../nodeCommand.ts";
import type { PartSpec } from "../part.ts";
import { HOST } from "../ports.ts";
import { urlOf } from "../settings.ts";
import { childEnvironment, type StackPlan } from "../stackPlan.ts";

const HEAP_MB = 64;

export function journalFolder({ store }: Pick<StackPlan, "store">): string {
  return join(store.folder, "journal");
}

/** The journal of served predictions. */
export function journalPart(plan: StackPlan): PartSpec {
  const [port, token] = [plan.journal_port, plan.tokens.journal];
  const config: JournalConfig = {
    folder: journalFolder(plan),
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
      OANDA_API_TOKEN: undefined,
      ADMIN_TOKEN: undefined,
    }),
    cwd: plan.root,
    is_node: true,
    health: { url: `${urlOf(port)}/health`, statuses: [200] },
    drain: { url: `${urlOf(port)}/flush`, token, within_ms: 8 * SECOND },
    up_within_ms: 30 * SECOND,
    stop_within_ms: 3 * SECOND,
  };
}
