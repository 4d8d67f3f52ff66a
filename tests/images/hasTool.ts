import { spawnSync } from "node:child_process";

/** Whether a program is installed. */
export function hasTool(name: string): boolean {
  return spawnSync("which", [name]).status === 0;
}
