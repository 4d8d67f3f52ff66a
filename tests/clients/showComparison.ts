import type { Comparison } from "./compareAnswers.ts";

/** Prints what is equal, what is meant to differ and why, and what differs. */
export function showComparison(name: string, { equal, known, unknown, gone }: Comparison): void {
  const total = equal.length + known.length + unknown.length;
  console.log(`\n${name}: ${equal.length} of ${total} actions answer as on the real server`);
  for (const { action, reason } of known) console.log(`  meant   ${action}: ${reason}`);
  for (const action of gone) console.log(`  equal, though listed as a difference: ${action}`);
  for (const { action, ours, theirs } of unknown)
    console.log(`  DIFFERS ${action}\n    ours   ${JSON.stringify(ours)}\n    theirs ${JSON.stringify(theirs)}`);
}
