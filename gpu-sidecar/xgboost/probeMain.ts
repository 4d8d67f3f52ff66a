import { loadCApi } from "./cApi.ts";
import { readLibraryFacts } from "./libraryFacts.ts";

/**
 * Entry of the probe process: opens the library named in argv and prints its facts as JSON. A process of its own, because a
 * library built for another machine may crash on loading, and because the idle sidecar need not map 20 MB of code.
 */
const path = process.argv[2] ?? "";
try {
  process.stdout.write(JSON.stringify(readLibraryFacts(loadCApi(path))));
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
