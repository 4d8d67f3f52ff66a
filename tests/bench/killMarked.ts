import { markedProcesses } from "../support/stack/markedProcesses.ts";

/** Kills every living process whose environment holds the mark. */
export function killMarked(mark: string): void {
  for (const { pid } of markedProcesses(mark)) killIfThere(pid);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
