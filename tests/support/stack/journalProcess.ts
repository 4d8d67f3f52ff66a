import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { JOURNAL_CONFIG_VARIABLE, type JournalConfig } from "../../../functions/local/journal/journalConfig.ts";
import { waitForHealth } from "../../../functions/local/processes/waitForHealth.ts";
import { WAIT_LIMIT_MS } from "../timeLimits.ts";

const MAIN = fileURLToPath(new URL("../../../functions/local/journal/main.ts", import.meta.url));
const NODE_FLAGS = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];

export interface JournalProcess {
  /** kill -9. */
  kill(): Promise<void>;
  /** Asks it to bring everything into the log; returns what it says of the rest. */
  flush(): Promise<string | null>;
}

/** The journal as the stack starts it. */
export async function startJournal(config: JournalConfig): Promise<JournalProcess> {
  const env = { ...process.env, [JOURNAL_CONFIG_VARIABLE]: JSON.stringify(config) };
  const child: ChildProcess = spawn(process.execPath, [...NODE_FLAGS, MAIN], { env, stdio: ["ignore", "ignore", "inherit"] });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const url = `http://${config.host}:${config.port}`;
  const problem = await waitForHealth({ url: `${url}/health`, statuses: [200] }, WAIT_LIMIT_MS, hasEnded);
  if (problem !== null) throw new Error(`the journal did not come up: ${problem}`);
  return {
    async kill() {
      if (hasEnded()) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
    async flush() {
      const response = await fetch(`${url}/flush`, { method: "POST", headers: { authorization: `Bearer ${config.token}` } });
      return ((await response.json()) as { say: string | null }).say;
    },
  };
}
