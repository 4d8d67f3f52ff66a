/** A process with the one that started it. */
export interface StartedProcess {
  readonly pid: number;
  readonly parent: number;
  /** Its command line, whole. */
  readonly command: string;
}

const SCRIPT = /([\w-]+\/[\w-]+\.(?:ts|mjs|cjs))(?: |$)/g;
const RUNTIME = /workerd serve /;

/**
 * What a process of a stack is: the last script in its command line with its folder (`journal/main.ts`: what comes before are those that it
 * requires), or its program. A runtime has no name of its own, and is its host's: `workerd of serve/main.ts`.
 */
export function nameOfProcess({ command, parent }: StartedProcess, all: readonly StartedProcess[]): string {
  if (RUNTIME.test(command)) {
    const host = all.find(({ pid }) => pid === parent);
    return `workerd of ${host ? nameOfProcess(host, all) : "nobody"}`;
  }
  const [, script] = [...command.matchAll(SCRIPT)].at(-1) ?? [];
  return script ?? command.split(" ", 1)[0]!.split("/").at(-1)!;
}
