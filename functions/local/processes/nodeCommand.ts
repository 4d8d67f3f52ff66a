import { fileURLToPath } from "node:url";

/** Node flags that run TypeScript directly, and quietly. */
const TYPESCRIPT_FLAGS = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];
const EXIT_WITH_PARENT = fileURLToPath(new URL("./exitWithParent.cjs", import.meta.url));

/**
 * Compiled code of earlier starts (NODE_COMPILE_CACHE). With it a Node process never loads the TypeScript stripper, which
 * takes 13 to 25 MB of each.
 */
export const COMPILE_CACHE = fileURLToPath(new URL("../../../node_modules/.cache/fx-medallion/compile-cache", import.meta.url));

/**
 * glibc keeps freed memory for later, in an arena for each thread. What a process needs only while it starts, or for one
 * large answer, goes back to the system with these: 40 MB of wrangler, 50 MB of sqld after a bootstrap.
 */
export const GIVE_BACK_MEMORY = { MALLOC_ARENA_MAX: "1", MALLOC_TRIM_THRESHOLD_: "65536", MALLOC_MMAP_THRESHOLD_: "65536" };

export interface NodeMemory {
  /** Limit of the JavaScript heap. Buffers live outside of it. */
  readonly heap_mb: number;
  /** Of each half of its young generation; 2 unless given. */
  readonly young_mb?: number;
}

/** Arguments for `node` to run a TypeScript file as a part of the stack: in modest memory, ending with its parent. */
export function nodeArguments(file: string, memory: NodeMemory): string[] {
  return [...memoryFlags(memory), ...TYPESCRIPT_FLAGS, ...exitWithParentFlags(), file];
}

/** Flags that end the process with its parent, for a program that is not ours too. */
export function exitWithParentFlags(): string[] {
  return ["--require", EXIT_WITH_PARENT];
}

/** A small young generation keeps the resident size near what is in use; these processes are idle most of the time. */
export function memoryFlags(memory: NodeMemory): string[] {
  return [`--max-old-space-size=${memory.heap_mb}`, `--max-semi-space-size=${memory.young_mb ?? 2}`];
}

/** A program of functions/local by its path there. */
export function localFile(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
