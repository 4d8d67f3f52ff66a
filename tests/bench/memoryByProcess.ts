import { commandOf, parentOf } from "../support/stack/markedProcesses.ts";
import { nameOfProcess } from "./nameOfProcess.ts";
import { memoryOf } from "./processMemory.ts";

/** Memory of each process that is not shared with others, in MB by its name; of two with one name the sum. Linux only. */
export function memoryByProcess(pids: readonly number[]): Map<string, number> {
  const all = pids.map((pid) => ({ pid, parent: parentOf(pid), command: commandOf(pid) })).filter(({ command }) => command !== "");
  const by_name = new Map<string, number>();
  for (const one of all) {
    const name = nameOfProcess(one, all);
    by_name.set(name, (by_name.get(name) ?? 0) + memoryOf([one.pid]).private_mb);
  }
  return by_name;
}
