import { flushCompileCache } from "node:module";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { ownGroupMembers, type ProcessIdentity, signalGroup } from "./processIdentity.ts";

/**
 * Ends the stack's process groups when fx is gone, even by kill -9: its stdin is a pipe that only fx holds, and the end
 * of that pipe is the sign. fx writes one line for each part: its identity as JSON. It runs in a group of its own, so that
 * Ctrl-C in the terminal does not reach it.
 */
const GRACE_MS = 1_500;
const parts: ProcessIdentity[] = [];

flushCompileCache();

for await (const line of createInterface({ input: process.stdin })) {
  parts.push(JSON.parse(line) as ProcessIdentity);
}
await endAll();

async function endAll(): Promise<void> {
  const living = () => parts.filter((part) => ownGroupMembers(part).length > 0);
  for (const part of living()) signalGroup(part.pid, "SIGTERM");
  for (const deadline = Date.now() + GRACE_MS; living().length > 0 && Date.now() < deadline; ) await sleep(50);
  for (const part of living()) signalGroup(part.pid, "SIGKILL");
}
