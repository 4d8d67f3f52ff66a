import { createVitest } from "vitest/node";
import { HANG_LIMIT_MS } from "../support/timeLimits.ts";

/**
 * A Vitest that stays, in a process of its own (argument: the folder): starting one costs more than most tests. To each message
 * { changed, tests } of absolute paths, it answers whether all of these test files pass; the first that fails ends them.
 */
export interface TestRequest {
  readonly changed: readonly string[];
  readonly tests: readonly string[];
}

const folder = process.argv[2];
if (folder === undefined || process.send === undefined) throw new Error("testServer.ts is started by runTests.ts, with a folder");

// Not the project's configuration: it also loads the runtime of the Worker, which no test of these needs.
const vitest = await createVitest({
  root: folder,
  config: false,
  watch: false,
  bail: 1,
  maxWorkers: 1,
  cache: false,
  reporters: [{}],
  include: ["tests/{unit,contract,leakage}/**/*.test.ts"],
  testTimeout: HANG_LIMIT_MS,
  hookTimeout: HANG_LIMIT_MS,
});
await vitest.standalone();

process.on("message", ({ changed, tests }: TestRequest) => {
  void runTests(changed, tests).then((is_passed) => process.send?.(is_passed));
});
process.send("ready");

async function runTests(changed: readonly string[], tests: readonly string[]): Promise<boolean> {
  for (const path of changed) vitest.invalidateFile(path);
  const all = await vitest.globTestSpecifications([...tests]);
  const wanted = all.filter(({ moduleId }) => tests.includes(moduleId));
  if (wanted.length !== tests.length) throw new Error(`Not all of these are test files: ${tests.join(", ")}`);
  // It keeps what earlier runs said, and would count their failures as a reason to bail.
  vitest.state.filesMap.clear();
  vitest.state.idMap.clear();
  vitest.state.errorsSet.clear();
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(wanted);
  return unhandledErrors.length === 0 && testModules.length === wanted.length && testModules.every((module) => module.ok());
}
