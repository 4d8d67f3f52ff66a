import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Stage {
  readonly name: string;
  /** The stage that it begins with, or an image. */
  readonly from: string;
  /** Its instructions with their arguments, lines that go on made one. */
  readonly steps: readonly (readonly [instruction: string, words: string])[];
}

const FILE = join(import.meta.dirname, "../../../Dockerfile");

/** The stages of the checkout's Dockerfile, as far as the tests read it. */
export function readDockerfile(): readonly Stage[] {
  const text = readFileSync(FILE, "utf8").replaceAll(/^\s*#.*\n/gm, "");
  const lines = text.replaceAll(/\\\n\s*/g, " ").split("\n");
  const stages: { name: string; from: string; steps: [string, string][] }[] = [];
  for (const line of lines) {
    const [, instruction, words] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (instruction === undefined || words === undefined) continue;
    const [, from, name] = instruction === "FROM" ? (/^(\S+) AS (\S+)$/.exec(words) ?? []) : [];
    if (from !== undefined && name !== undefined) stages.push({ name, from, steps: [] });
    else stages.at(-1)?.steps.push([instruction, words]);
  }
  return stages;
}

/** The variables that an image has, those of the stages below it too. */
export function environmentOf(stages: readonly Stage[], name: string): Readonly<Record<string, string>> {
  const stage = stages.find((one) => one.name === name);
  if (stage === undefined) return {};
  const own = stage.steps.filter(([instruction]) => instruction === "ENV").flatMap(([, words]) => [...words.matchAll(/(\w+)=(\S+)/g)]);
  return { ...environmentOf(stages, stage.from), ...Object.fromEntries(own.map(([, key, value]) => [key!, value!])) };
}
