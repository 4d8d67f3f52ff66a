import { setTimeout as sleep } from "node:timers/promises";
import type { RunFile, RunPart } from "../stack/runFile.ts";
import { partError } from "../text/localError.ts";
import { ownGroupMembers, signalGroup } from "./processIdentity.ts";

/** How long a leftover may take to end by itself before it is killed. */
const GRACE_MS = 3_000;

/**
 * Ends what a killed fx left behind: the process groups of its run file, after making sure that they are still the same
 * processes. Returns the names of those that were there.
 */
export async function clearLeftovers(run: RunFile): Promise<string[]> {
  const found = run.parts.filter(isAlive);
  for (const part of found) signalGroup(part.pid, "SIGTERM");
  const deadline = Date.now() + GRACE_MS;
  while (found.some(isAlive) && Date.now() < deadline) await sleep(50);
  for (const part of found.filter(isAlive)) signalGroup(part.pid, "SIGKILL");
  for (const killed_by = Date.now() + GRACE_MS; found.some(isAlive) && Date.now() < killed_by; ) await sleep(20);
  const stuck = found.find(isAlive);
  if (stuck)
    throw partError(`The ${stuck.name} of a killed run (process group ${stuck.pid}) does not end. End it by hand, then start again.`, "");
  return found.map((part) => part.name);
}

function isAlive(part: RunPart): boolean {
  return ownGroupMembers(part).length > 0;
}
