import { createWorkerClient } from "../client/workerClient.ts";
import { residentMegabytes } from "../processes/residentMemory.ts";
import { type RunningStack, runningStacks } from "../stack/chooseStore.ts";
import { readSettings } from "../stack/settings.ts";
import { describeMarket, displayPath } from "../stack/store.ts";
import { EXIT_FAILED } from "../text/localError.ts";
import { renderTable } from "../text/table.ts";
import { type Command, type CommandContext, STORE_OPTION, textOption } from "./command.ts";

export const statusCommand: Command = {
  name: "status",
  summary: "what runs on this machine, and how it is",
  positionals: [],
  options: { store: STORE_OPTION },
  details: ["Ends with 1 when no stack runs."],
  async run(context, args) {
    const named = textOption(args, "store");
    const stacks = runningStacks(context, named);
    if (stacks.length === 0) {
      context.stdout.write(`No stack runs on ${named === null ? "a store under data/lake" : named}. Start one: npm start\n`);
      return EXIT_FAILED;
    }
    const texts: string[] = [];
    for (const stack of stacks) texts.push(`${renderProcesses(stack)}\n\n${await renderHealth(context, stack)}`);
    context.stdout.write(`${texts.join("\n\n")}\n`);
    return 0;
  },
};

function renderProcesses({ folder, run }: RunningStack): string {
  const parts = [{ name: "fx", ...run.fx }, ...run.parts];
  const rows = parts.map((part) => {
    const memory = part.name === "fx" ? residentMegabytes(part.pid, "process") : residentMegabytes(part.pid, "group");
    return [part.name, String(part.pid), memory === null ? "gone" : `${Math.round(memory)} MB`];
  });
  const table = renderTable([{ title: "process" }, { title: "pid", align: "right" }, { title: "memory", align: "right" }], rows);
  return `Store ${displayPath(folder)} (${describeMarket(run.market)}), since ${run.started_at}, at ${run.worker_url}\n\n${table}`;
}

async function renderHealth(context: CommandContext, { run }: RunningStack): Promise<string> {
  const admin_token = readSettings(context.env).admin_token ?? run.tokens["worker"] ?? null;
  const health = await createWorkerClient({ base_url: run.worker_url, admin_token }, context.cancelled).health();
  const rows = Object.entries(health.components).map(([name, { status, detail }]) => [name, status, detail]);
  return `Health: ${health.status}\n\n${renderTable([{ title: "component" }, { title: "status" }, { title: "detail" }], rows)}`;
}
