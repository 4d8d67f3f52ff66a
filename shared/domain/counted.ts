import { byCount } from "./byCount.ts";

/** A number of things in words: 1 trade, 2 trades. `others` is the plural of a noun that takes more than an s: 1 try, 2 tries. */
export function counted(count: number, noun: string, others = `${noun}s`): string {
  return `${count} ${byCount(count, noun, others)}`;
}
